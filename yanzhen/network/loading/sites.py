"""Load sites and put them into the two trees."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.text import romanise
from yanzhen.network.loading.tables import day_or_none, note_in_trail, rows_of
from yanzhen.network.models import Division, Node, Site, Verification
from yanzhen.network.rules import a_statistics_only_unit_is_never_a_town

Placed = TypeVar("Placed", Site, Node)
Tree, Level, Kind = Node.Tree, Node.Level, Site.Kind
HUBS: dict[str, tuple[str, list[str]]] = {
    "main-library": (Kind.LIBRARY, [Tree.LIBRARY]),
    "culture-centre": (Kind.CULTURE_CENTRE, [Tree.CULTURE]),
}
HUB_OF: dict[str, str] = {Tree.LIBRARY: "main-library", Tree.CULTURE: "culture-centre"}
INSTITUTION: dict[str, tuple[str, str]] = {
    Tree.LIBRARY: ("图书馆", "Library"),
    Tree.CULTURE: ("文化馆", "Culture Centre"),
}


@dataclass(frozen=True)
class _Standing:
    """A site about to be stored, with what its nodes need and the site has no field for."""

    site: Site
    trees: Sequence[str]
    level: str
    opened_on: dt.date | None
    short_name: str = ""
    short_name_en: str = ""
    above: str = ""


@transaction.atomic
def load_sites(rows: Iterable[Mapping[str, str]], *, at: dt.datetime) -> None:
    """Add the two hubs and the town stations.

    Each row has code, name, name_en, address, phone, area_m2, seats, opened_on and note. The
    code is `main-library`, `culture-centre` or a town's name in pinyin (`zhonghe`); a station
    without a day of opening is planned. Hubs come before the stations that stand under them.
    Raises KeyError for a code that is no living town.
    """
    district = Division.objects.get(kind=Division.Kind.COUNTY)
    towns = {slug_of(town): town for town in Division.objects.towns()}
    standings = [
        _hub(row, district) if row["code"] in HUBS else _station(row, towns[row["code"]])
        for row in rows
    ]
    standings.sort(key=lambda standing: standing.level != Level.HUB)
    _store(standings)
    note_in_trail("sites", len(standings), at)


@transaction.atomic
def load_service_points(*, at: dt.datetime) -> None:
    """Add village rooms (both trees) and farm bookrooms (library tree) under their town's nodes."""
    villages = Division.objects.in_bulk(field_name="code")
    towns = Division.objects.in_bulk()
    standings = [
        _point(row, village, towns[village.parent_id])
        for row in rows_of("service_points.csv")
        for village in [villages[row["code"]]]
    ]
    _store(standings)
    note_in_trail("service-points", len(standings), at)


def slug_of(division: Division) -> str:
    """中和镇 -> zhonghe."""
    return romanise(division.name)[0].lower().replace("'", "").replace("ü", "v")


def node_code(site_code: str, tree: str) -> str:
    """The node of a station's culture tree has its own code beside the library's."""
    plain = tree == Tree.LIBRARY or site_code in HUBS
    return site_code if plain else f"{site_code}-culture"


def _site(row: Mapping[str, str], kind: str, division: Division) -> Site:
    return Site(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        kind=kind,
        division=division,
        address=row["address"],
        phone=row["phone"],
        area_m2=row["area_m2"] or None,
        seats=row["seats"] or None,
        introduction=row["note"],
        verification=Verification.DEMO,
    )


def _hub(row: Mapping[str, str], district: Division) -> _Standing:
    kind, trees = HUBS[row["code"]]
    short = ("总馆", "Main Library") if kind == Kind.LIBRARY else ("文化馆", "Culture Centre")
    opened_on = day_or_none(row["opened_on"])
    return _Standing(_site(row, kind, district), trees, Level.HUB, opened_on, *short)


def _station(row: Mapping[str, str], town: Division) -> _Standing:
    short = town.name.removesuffix("街道").removesuffix("镇"), romanise(town.name)[0]
    site = _site(row, Kind.CULTURE_STATION, town)
    return _Standing(site, list(Tree), Level.BRANCH, day_or_none(row["opened_on"]), *short)


def _point(row: Mapping[str, str], village: Division, town: Division) -> _Standing:
    room = row["kind"] == Kind.VILLAGE_ROOM
    words, words_en = ("文化室", "Culture Room") if room else ("农家书屋", "Farm Bookroom")
    above, everyday = slug_of(town), village.everyday_name
    site = Site(
        code=f"{above}-{slug_of(village)}",
        kind=row["kind"],
        division=village,
        name=f"{town.name}{everyday}{words}",
        name_en=f"{village.name_en} {words_en}",
        verification=Verification.DEMO,
    )
    trees = list(Tree) if room else [Tree.LIBRARY]
    short = everyday, romanise(village.name)[0]
    return _Standing(site, trees, Level.SERVICE_POINT, day_or_none(row["opened_on"]), *short, above)


def _store(standings: list[_Standing]) -> None:
    """Add what is missing, level by level, so that a parent has its path before its children."""
    refuse_first(
        *(a_statistics_only_unit_is_never_a_town(each.site.division.kind) for each in standings)
    )
    sites = _added(Site, [standing.site for standing in standings])
    for level in dict.fromkeys(standing.level for standing in standings):
        nodes = Node.objects.in_bulk(field_name="code")
        _added(
            Node,
            [
                _node(standing, tree, sites[standing.site.code], nodes)
                for standing in standings
                if standing.level == level
                for tree in standing.trees
            ],
        )


def _added(model: type[Placed], rows: list[Placed]) -> dict[str, Placed]:
    """Insert the rows whose code is new, leave the others alone; return all of them by code."""
    model._default_manager.bulk_create(rows, ignore_conflicts=True)
    return model._default_manager.in_bulk([row.code for row in rows], field_name="code")


def _node(standing: _Standing, tree: str, site: Site, nodes: dict[str, Node]) -> Node:
    code = node_code(site.code, tree)
    above_level: dict[str, str | None] = {
        Level.HUB: None,
        Level.BRANCH: HUB_OF[tree],
        Level.SERVICE_POINT: node_code(standing.above, tree),
    }
    above = above_level[standing.level]
    parent = nodes[above] if above else None
    name, name_en = _name(standing, tree, site)
    return Node(
        code=code,
        name=name,
        name_en=name_en,
        short_name=standing.short_name,
        short_name_en=standing.short_name_en,
        site=site,
        tree=tree,
        level=standing.level,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}.",
        status=Node.Status.OPEN if standing.opened_on else Node.Status.PLANNED,
        opened_on=standing.opened_on,
    )


def _name(standing: _Standing, tree: str, site: Site) -> tuple[str, str]:
    """某区图书馆某某镇分馆, as the sign at the door reads (R44); others keep the site's name."""
    if standing.level != Level.BRANCH:
        return site.name, site.name_en
    [county] = rows_of("county.csv")
    (chinese, english), town = INSTITUTION[tree], site.division
    return (
        f"{county['full_name']}{chinese}{town.name}分馆",
        f"{town.name_en} Branch, {county['name_en']} {english}",
    )
