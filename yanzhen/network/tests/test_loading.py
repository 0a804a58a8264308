"""The files of the network become rows, once, and say what is invented."""

import datetime as dt

import pytest

from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.network import invariants, loading
from yanzhen.network.models import (
    CentralTown,
    Cluster,
    ClusterMembership,
    Division,
    DivisionAlias,
    Holiday,
    Node,
    OpeningHours,
    ResidentCount,
    Site,
)

AT = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
HUB = {
    "code": "main-library",
    "name": "资阳市雁江区图书馆",
    "name_en": "Yanjiang District Library",
    "address": "书香路1号",
    "phone": "028-0000-0101",
    "area_m2": "6200",
    "seats": "420",
    "opened_on": "2008-04-23",
    "note": "",
}
CENTRE = HUB | {"code": "culture-centre", "name": "资阳市雁江区文化馆", "seats": ""}


def station(code: str, name: str, opened_on: str = "2022-09-01") -> dict[str, str]:
    return HUB | {"code": code, "name": f"{name}综合文化站", "opened_on": opened_on}


def load_all(site_rows: list[dict[str, str]]) -> None:
    loading.load_divisions(at=AT)
    loading.load_aliases(at=AT)
    loading.load_holidays(at=AT)
    loading.load_residents(at=AT)
    loading.load_central_towns(at=AT)
    loading.load_clusters(at=AT)
    loading.load_sites(site_rows, at=AT)
    loading.load_service_points(at=AT)
    loading.load_hours(at=AT)
    loading.load_access_features(at=AT)


@pytest.fixture
def network(db):
    towns = [
        station(loading.sites.slug_of(Division(name=row["name"])), row["name"])
        for row in loading.divisions.rows_of("towns.csv")
        if row["code"] != "512002400"
    ]
    load_all([*towns, HUB, CENTRE])


@pytest.mark.django_db
def test_towns_and_villages_have_kinds_and_english_names():
    loading.load_divisions(at=AT)

    assert Division.objects.towns().count() == 22
    assert Division.objects.filter(kind__in=["village", "community"]).count() == 361
    zhonghe = Division.objects.get(code="512002106")
    assert (zhonghe.name_en, zhonghe.kind) == ("Zhonghe Town", "town")
    assert Division.objects.get(code="512002001").kind == "subdistrict"
    mingyue = Division.objects.get(code="512002106201")
    assert (mingyue.kind, mingyue.parent, mingyue.everyday_name) == ("village", zhonghe, "明月村")
    assert Division.objects.get(code="512002001002").everyday_name == "雁北社区"


@pytest.mark.django_db
def test_a_statistics_only_unit_is_never_a_town():
    loading.load_divisions(at=AT)

    odd = Division.objects.filter(code__startswith="512002400")
    assert {unit.kind for unit in odd} == {"statistics_only"}
    assert odd.count() == 2
    assert not Division.objects.towns().filter(code="512002400").exists()


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_keeps_what_staff_changed(network):
    models = (
        Division,
        DivisionAlias,
        Holiday,
        ResidentCount,
        CentralTown,
        ClusterMembership,
        Site,
        Node,
        OpeningHours,
    )
    before = {model: model.objects.count() for model in models}
    Site.objects.filter(code="zhonghe").update(phone="028-1111-1111")

    load_all([HUB, CENTRE, station("zhonghe", "中和镇")])

    assert {model: model.objects.count() for model in models} == before
    assert Site.objects.get(code="zhonghe").phone == "028-1111-1111"


def test_a_town_station_is_one_site_with_two_nodes(network):
    site = Site.objects.get(code="zhonghe")
    library, culture = site.nodes.order_by("-tree")

    assert (library.code, library.path) == ("zhonghe", "main-library.zhonghe.")
    assert library.name == "资阳市雁江区图书馆中和镇分馆"
    assert library.name_en == "Zhonghe Town Branch, Yanjiang District Library"
    assert (culture.code, culture.path) == ("zhonghe-culture", "culture-centre.zhonghe-culture.")
    assert culture.name == "资阳市雁江区文化馆中和镇分馆"
    assert library.short_name == culture.short_name == "中和"
    assert site.verification == "demo"


def test_a_village_room_hangs_under_its_town_in_both_trees(network):
    codes = Node.objects.filter(site__code="zhonghe-mingyue").values_list("path", flat=True)

    assert set(codes) == {
        "main-library.zhonghe.zhonghe-mingyue.",
        "culture-centre.zhonghe-culture.zhonghe-mingyue-culture.",
    }
    assert Site.objects.filter(division__parent__kind__in=["town", "subdistrict"]).count() == 24


def test_the_loaded_network_breaks_no_invariant(network):
    assert list(invariants.broken_rows()) == []


def test_residents_of_the_towns_are_demo_and_add_up_to_the_reported_district(network):
    district = ResidentCount.objects.get(division__kind="county")
    parts = ResidentCount.objects.exclude(division__kind="county")

    assert (district.residents, district.verification) == (867_119, "reported")
    assert sum(part.residents for part in parts) == 867_119
    assert {part.verification for part in parts} == {"demo"}


def test_every_town_is_in_one_demo_cluster_and_central_towns_are_demo(network):
    assert ClusterMembership.objects.values("division").distinct().count() == 22
    assert set(Cluster.objects.values_list("verification", flat=True)) == {"demo"}
    central = CentralTown.objects.order_by("division")
    assert {spell.division.name for spell in central} == {
        "丹山镇",
        "伍隍镇",
        "中和镇",
        "丰裕镇",
        "临江镇",
        "保和镇",
    }
    assert {spell.verification for spell in central} == {"demo"}


def test_holidays_are_those_of_the_notice(network):
    assert Holiday.objects.filter(kind="off", day__year=2026).count() == 33
    working = Holiday.objects.filter(kind="working").values_list("day", flat=True)
    assert [f"{day:%m-%d}" for day in working] == [
        "01-04",
        "02-14",
        "02-28",
        "05-09",
        "09-20",
        "10-10",
    ]


def test_every_node_has_hours_and_the_library_keeps_56_a_week(network):
    assert not Node.objects.filter(opening_hours=None).exists()
    spans = OpeningHours.objects.filter(node__code="main-library")
    assert sum(span.closes.hour - span.opens.hour for span in spans) >= 56


@pytest.mark.django_db
def test_a_station_without_an_opening_day_is_planned():
    loading.load_divisions(at=AT)
    loading.load_sites([HUB, CENTRE, station("yingjie", "迎接镇", "")], at=AT)

    assert Node.objects.get(code="yingjie").status == "planned"
    assert Node.objects.get(code="main-library").status == "open"


@pytest.mark.django_db
def test_a_station_in_no_living_town_is_not_loaded():
    loading.load_divisions(at=AT)

    with pytest.raises(KeyError):
        loading.load_sites([HUB, CENTRE, station("sichuandayan", "四川大堰")], at=AT)
    assert not Site.objects.exists()


@pytest.mark.django_db
def test_a_service_point_in_a_statistics_only_unit_is_refused(monkeypatch):
    loading.load_divisions(at=AT)
    loading.load_sites([HUB, CENTRE], at=AT)
    row = {"code": "512002400498", "kind": "village_room", "opened_on": "2024-01-01"}
    monkeypatch.setattr(loading.sites, "rows_of", lambda name: [row])

    with pytest.raises(Refused, match="statistics-only-unit"):
        loading.load_service_points(at=AT)
    assert not Site.objects.filter(division__code="512002400498").exists()


def test_each_load_leaves_a_line_in_the_trail(network):
    subjects = set(AuditEntry.objects.values_list("subject", flat=True))
    assert {"network:divisions", "network:sites", "network:hours"} <= subjects
