"""Coverage, old names, sets of nodes, one branch."""

import datetime as dt

import pytest

from tests.county import LONG_AGO, MONDAY
from yanzhen.network import queries
from yanzhen.network.models import (
    AccessFeature,
    CentralTown,
    Division,
    DivisionAlias,
    Node,
    ResidentCount,
    Site,
)

TODAY = MONDAY.date()


def culture_branch(place, node: Node, **fields) -> Node:
    code = f"{node.code}-culture"
    site = Site.objects.get_or_create(
        code="culture-centre", name="雁江区文化馆", kind="culture_centre", division=place.district
    )[0]
    hub = Node.objects.get_or_create(
        code="culture-centre",
        name="雁江区文化馆",
        short_name="文化馆",
        site=site,
        tree="culture",
        level="hub",
        path="culture-centre.",
        status="open",
    )[0]
    made = {"status": "open", **fields}
    return Node.objects.create(
        code=code,
        name="文化馆分馆",
        short_name="分馆",
        site=node.site,
        tree="culture",
        level="branch",
        parent=hub,
        path=f"{hub.path}{code}.",
        **made,
    )


def service_point(node: Node, name: str = "明月村村民委员会", code: str = "512002106201") -> Node:
    village = Division.objects.create(
        code=code, name=name, kind="village", parent=node.site.division
    )
    slug = f"{node.code}-{code[-3:]}"
    site = Site.objects.create(code=slug, name="文化室", kind="village_room", division=village)
    return Node.objects.create(
        code=slug,
        name="文化室",
        short_name="明月村",
        site=site,
        tree="library",
        level="service_point",
        parent=node,
        path=f"{node.path}{slug}.",
        status="open",
    )


def central(node: Node, since: dt.date = LONG_AGO) -> None:
    CentralTown.objects.create(
        division=node.site.division, valid_from=since, document="演示", verification="demo"
    )


def test_a_central_town_with_only_a_library_branch_counts_one_of_two(place):
    central(place.danshan)
    central(place.zhonghe)
    culture_branch(place, place.zhonghe)

    covered, due, lacking = queries.central_coverage(queries.coverage(TODAY))

    assert (covered, due) == (3, 4)
    assert [(cover.division.name, cover.missing) for cover in lacking] == [("丹山镇", ("culture",))]


def test_a_town_is_central_from_its_date_on(place):
    central(place.danshan, since=TODAY)

    assert queries.is_central(place.danshan.site.division, TODAY)
    assert not queries.is_central(place.danshan.site.division, TODAY - dt.timedelta(1))
    marks = {cover.division.name: bool(cover.central) for cover in queries.coverage(TODAY)}
    assert marks == {"临江镇": False, "中和镇": False, "丹山镇": True}


def test_a_town_without_a_branch_is_listed_with_none(place):
    Division.objects.create(code="512002117", name="迎接镇", kind="town", parent=place.district)
    Division.objects.create(
        code="512002400", name="统计单位", kind="statistics_only", parent=place.district
    )
    covers = {cover.division.name: cover for cover in queries.coverage(TODAY)}

    assert (covers["迎接镇"].library, covers["迎接镇"].culture) == ("none", "none")
    assert covers["迎接镇"].missing == ("library", "culture")
    assert "统计单位" not in covers


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "planned"}, "planned"),
        ({"opened_on": TODAY + dt.timedelta(1)}, "building"),
        ({"opened_on": TODAY}, "open"),
        ({"status": "closed"}, "none"),
    ],
)
def test_a_branch_counts_as_open_only_when_it_is(place, fields, status):
    culture_branch(place, place.zhonghe, **fields)
    covers = {cover.division.name: cover for cover in queries.coverage(TODAY)}
    assert covers["中和镇"].culture == status


def test_coverage_counts_places_below_a_town_in_five_queries(place, django_assert_num_queries):
    service_point(place.zhonghe)
    with django_assert_num_queries(5):
        covers = {cover.division.name: cover.service_points for cover in queries.coverage(TODAY)}
    assert covers == {"临江镇": 0, "中和镇": 1, "丹山镇": 0}


def test_serving_library_nodes_are_open_ones_town_by_town(place):
    point = service_point(place.zhonghe)
    culture_branch(place, place.zhonghe)
    Node.objects.filter(code="danshan").update(status="building")

    assert list(queries.serving_library_nodes()) == [
        place.hub,
        place.linjiang,
        place.zhonghe,
        point,
    ]


def test_nodes_of_a_town_include_its_villages(place):
    point, culture = service_point(place.zhonghe), culture_branch(place, place.zhonghe)
    assert set(queries.nodes_of(place.zhonghe.site.division)) == {place.zhonghe, culture, point}


@pytest.mark.parametrize("typed", ["512002106", "中和镇", " 中和 ", "zhonghe town"])
def test_a_place_is_found_by_name_and_code(place, typed):
    Division.objects.filter(code="512002106").update(name_en="Zhonghe Town")
    assert queries.resolve_place(typed).division.name == "中和镇"


@pytest.mark.parametrize("typed", ["碑记镇", "碑记", "512002115"])
def test_an_old_name_resolves_to_what_is_known_of_it(place, typed):
    alias = DivisionAlias.objects.create(name="碑记镇", code="512002115", note="已撤销")

    assert queries.resolve_place(typed) == queries.Place(None, alias)
    alias.merged_into = place.danshan.site.division
    alias.save()
    assert queries.resolve_place(typed).division.name == "丹山镇"


@pytest.mark.parametrize("typed", ["", "  ", "没有的镇", "'); DROP", "x" * 10_000])
def test_a_place_that_does_not_exist_is_nothing(place, typed):
    assert queries.resolve_place(typed) is None


@pytest.mark.parametrize(
    "typed", ["中和", "中", "zhonghe", "zhong he", "zhz", "ＺＨＯＮＧ", "明月村"]
)
def test_towns_are_found_by_what_people_type(place, typed):
    service_point(place.zhonghe)
    assert queries.towns_matching(typed) == {place.zhonghe.site.division_id}


def test_a_branch_comes_with_all_its_page_needs(place, django_assert_num_queries):
    culture = culture_branch(place, place.zhonghe)
    point = service_point(place.zhonghe)
    central(place.zhonghe)
    AccessFeature.objects.create(site=place.zhonghe.site, kind="ramp", state="present")
    ResidentCount.objects.create(
        division=place.zhonghe.site.division, year=2020, residents=27310, verification="demo"
    )
    queries.branch("zhonghe", on=TODAY)
    with django_assert_num_queries(9):  # the calendar is in memory by now
        found = queries.branch("zhonghe", on=TODAY)

    assert (found.twin, found.service_points) == (culture, [point])
    assert found.residents.residents == 27310
    assert found.central is not None
    states = {feature.kind: feature.state for feature in found.features}
    assert (states["ramp"], states["lift"]) == ("present", "unknown")
    assert found.calendar.is_open_on(TODAY)


def test_a_service_points_town_is_the_one_its_village_lies_in(place):
    point = service_point(place.zhonghe)
    assert queries.branch(point.code, on=TODAY).town.name == "中和镇"


def test_an_unknown_branch_is_nothing(place):
    assert queries.branch("nowhere", on=TODAY) is None
