"""The network as programs read it."""

import datetime as dt

import pytest

from tests import county
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.shapes.network import NodeDetail, NodeLine, TownList
from yanzhen.doors.api.tests.calling import Caller, refused, told
from yanzhen.groundwork import clock
from yanzhen.network.models import AccessFeature, Closure, Node


def test_nodes_are_listed_from_the_hub_down(nobody, place):
    listed = told(nobody.get("/nodes"), Page[NodeLine])
    assert listed["total"] == 4
    hub, branch = listed["items"][:2]
    assert (hub["code"], hub["parent"], hub["level"]["code"]) == ("main-library", None, "hub")
    assert branch["parent"] == "main-library"
    assert branch["level"] == {"code": "branch", "label": "分馆"}


def test_nodes_come_in_pages_and_by_tree_and_level(nobody, place):
    second = told(nobody.get("/nodes?page=2&page_size=3"), Page[NodeLine])
    assert (len(second["items"]), second["page"], second["total"]) == (1, 2, 4)
    assert told(nobody.get("/nodes?page=99"), Page[NodeLine])["items"] == []
    assert told(nobody.get("/nodes?level=hub"), Page[NodeLine])["total"] == 1
    assert told(nobody.get("/nodes?tree=culture"), Page[NodeLine])["total"] == 0


def test_a_closed_node_is_not_listed(nobody, place):
    Node.objects.filter(code="danshan").update(status="closed")
    assert told(nobody.get("/nodes"), Page[NodeLine])["total"] == 3


def test_listing_nodes_costs_two_queries(nobody, place, django_assert_num_queries):
    with django_assert_num_queries(2):
        nobody.get("/nodes")


def test_one_node_tells_its_hours_closures_and_accessibility(nobody, place):
    today = clock.today()
    tomorrow = today + dt.timedelta(days=1)
    Closure.objects.create(
        node=place.zhonghe,
        first_day=tomorrow,
        last_day=tomorrow,
        notice="停电检修",
        announced_at=county.MONDAY,
    )
    AccessFeature.objects.create(
        site=place.zhonghe.site, kind="ramp", state="present", checked_on=today
    )
    node = told(nobody.get("/nodes/zhonghe"), NodeDetail)
    assert node["division_name"] == "中和镇"
    assert [(each["weekday"], each["opens"], each["closes"]) for each in node["hours"]] == [
        (n, "09:00", "18:00") for n in range(1, 8)
    ]
    assert [bool(each["openings"]) for each in node["week"]] == [True, False, *[True] * 5]
    assert node["week"][1]["notice"] == node["closures"][0]["notice"] == "停电检修"
    ramp = next(each for each in node["accessibility"] if each["feature"]["code"] == "ramp")
    assert ramp["state"] == {"code": "present", "label": "有"}
    assert ramp["checked_on"] == today.isoformat()


def test_names_follow_the_language_asked_for(nobody, place):
    Node.objects.filter(code="zhonghe").update(name_en="Zhonghe Branch")
    english = Caller(**{"Accept-Language": "en-GB,en;q=0.9"})
    answered = english.get("/nodes/zhonghe")
    assert told(answered, NodeDetail)["name"] == "Zhonghe Branch"
    assert answered["Content-Language"] == "en"
    assert "Accept-Language" in answered["Vary"]
    plain = nobody.get("/nodes/zhonghe")
    assert (plain.json()["name"], plain["Content-Language"]) == ("中和镇分馆", "zh-hans")


def test_towns_say_which_branches_they_have(nobody, place):
    towns = told(nobody.get("/towns"), TownList)["items"]
    assert [town["name"] for town in towns] == ["临江镇", "中和镇", "丹山镇"]
    assert towns[1]["library"] == {"node": "zhonghe", "status": {"code": "open", "label": "已开放"}}
    assert towns[1]["culture"]["node"] is None
    assert towns[1]["culture"]["status"]["code"] == "none"


@pytest.mark.parametrize("code", ["nowhere", "x" * 10_000])
def test_an_unknown_node_is_said(nobody, place, code):
    refused(nobody.get(f"/nodes/{code}"), 404, "node-unknown")


@pytest.mark.parametrize("code", ["中和", "🐼", "a%00b"])
def test_what_cannot_be_a_code_is_no_address(nobody, code):
    refused(nobody.get(f"/nodes/{code}"), 404, "not-found")


@pytest.mark.parametrize(
    ("query", "field"),
    [("page=0", "page"), ("page=x", "page"), ("page_size=101", "page_size"),
     (f"page={10**40}", "page"), ("tree=oak", "tree")],
)  # fmt: skip
def test_a_parameter_that_does_not_fit_is_named(nobody, place, query, field):
    said = refused(nobody.get(f"/nodes?{query}"), 422, "unfit-request")
    assert [(each["where"], each["field"]) for each in said["errors"]] == [("query", field)]
    assert all(each["message"].endswith("。") for each in said["errors"])
