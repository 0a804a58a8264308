"""Load the administrative divisions and what is known, reported or invented about them."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from yanzhen.groundwork.text import english_place_name
from yanzhen.network.loading.tables import day_or_none, note_in_trail, rows_of, settle
from yanzhen.network.models import (
    CentralTown,
    Cluster,
    ClusterMembership,
    Division,
    DivisionAlias,
    Holiday,
    ResidentCount,
    Verification,
)

Kind = Division.Kind
_TOWN_KINDS = {"街道": Kind.SUBDISTRICT, "镇": Kind.TOWN, "乡": Kind.TOWN}
_VILLAGE_KINDS = {"居民委员会": Kind.COMMUNITY, "村民委员会": Kind.VILLAGE}
HOLIDAY_SOURCE = "国务院办公厅关于2026年部分节假日安排的通知"


def kind_by_name(name: str, kinds: Mapping[str, str]) -> str:
    """A unit whose name has none of the known endings exists for the statistics only (d.1)."""
    return next((kind for end, kind in kinds.items() if name.endswith(end)), Kind.STATISTICS_ONLY)


@transaction.atomic
def load_divisions(*, at: dt.datetime) -> None:
    """The county, its towns, and their villages and communities."""
    [county] = rows_of("county.csv")
    [district] = _settle(
        [
            Division(
                code=county["code"],
                name=county["name"],
                name_en=county["name_en"],
                kind=Kind.COUNTY,
            )
        ]
    )
    towns = _settle(
        [
            _division(row, kind_by_name(row["name"], _TOWN_KINDS), district)
            for row in rows_of("towns.csv")
        ]
    )
    of_code = {town.code: town for town in towns}
    villages = _settle(
        [
            _division(row, kind_by_name(row["name"], _VILLAGE_KINDS), of_code[row["parent_code"]])
            for row in rows_of("villages.csv")
        ]
    )
    note_in_trail("divisions", 1 + len(towns) + len(villages), at)


def _division(row: dict[str, str], kind: str, parent: Division) -> Division:
    known = kind != Kind.STATISTICS_ONLY
    name_en = english_place_name(row["name"]) if known else ""
    return Division(code=row["code"], name=row["name"], name_en=name_en, kind=kind, parent=parent)


def _settle(rows: list[Division]) -> list[Division]:
    return settle(rows, by=["code"], change=["name", "name_en", "kind", "parent"])


@transaction.atomic
def load_aliases(*, at: dt.datetime) -> None:
    """Towns that were abolished; where each went is left open until somebody verifies it."""
    of_code = _divisions()
    rows = [
        DivisionAlias(
            code=row["code"],
            name=row["name"],
            merged_into=of_code.get(row["merged_into"]),
            valid_to=day_or_none(row["valid_to"]),
            note=row["note"],
        )
        for row in rows_of("aliases.csv")
    ]
    settle(rows, by=["name", "code"], change=["note"])
    note_in_trail("aliases", len(rows), at)


@transaction.atomic
def load_holidays(*, at: dt.datetime) -> None:
    """The State Council's days off and the working days given in exchange (d.4)."""
    rows = [
        Holiday(**row, source=HOLIDAY_SOURCE, verification=Verification.VERIFIED)
        for row in rows_of("holidays-2026.csv")
    ]
    settle(rows, by=["day"], change=["name", "kind", "source", "verification"])
    note_in_trail("holidays", len(rows), at)


@transaction.atomic
def load_residents(*, at: dt.datetime) -> None:
    """Residents of the district as reported, of each town as 演示 numbers that add up to it."""
    of_code = _divisions()
    rows = [
        ResidentCount(
            division=of_code[row["code"]],
            year=row["year"],
            residents=row["residents"],
            verification=row["verification"],
            source=row["source"],
        )
        for row in rows_of("residents.csv")
    ]
    settle(rows, by=["division", "year"], change=["residents", "verification", "source"])
    note_in_trail("residents", len(rows), at)


@transaction.atomic
def load_central_towns(*, at: dt.datetime) -> None:
    """Central towns for the demonstration: the true list is not published (d.3)."""
    of_code = _divisions()
    rows = [
        CentralTown(
            division=of_code[row["code"]],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            document=row["document"],
            verification=Verification.DEMO,
        )
        for row in rows_of("central_towns.csv")
    ]
    settle(rows, by=["division", "valid_from"], change=["document", "verification"])
    note_in_trail("central-towns", len(rows), at)


@transaction.atomic
def load_clusters(*, at: dt.datetime) -> None:
    """Clusters for the demonstration; every town is in one of them."""
    of_code, rows = _divisions(), rows_of("clusters.csv")
    english = {row["name"]: row["name_en"] for row in rows}
    clusters = settle(
        [Cluster(name=n, name_en=e, verification=Verification.DEMO) for n, e in english.items()],
        by=["name"],
        change=["name_en", "verification"],
    )
    of_name = {cluster.name: cluster for cluster in clusters}
    settle(
        [
            ClusterMembership(
                cluster=of_name[row["name"]],
                division=of_code[row["code"]],
                valid_from=dt.date.fromisoformat(row["valid_from"]),
            )
            for row in rows
        ],
        by=["division", "valid_from"],
        change=["cluster"],
    )
    note_in_trail("clusters", len(clusters), at)


def _divisions() -> dict[str, Division]:
    return Division.objects.in_bulk(field_name="code")
