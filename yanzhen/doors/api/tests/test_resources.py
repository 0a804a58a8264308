"""Facilities and claims over the API."""

import datetime as dt

import pytest

from tests import county
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.resources.tests import makers
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.shapes.resources import ClaimLine, FacilityLine, UseClaimed
from yanzhen.doors.api.tests.calling import Caller, refused, told
from yanzhen.groundwork import clock

WEEK = "2026-12-02"


@pytest.fixture
def things(place):
    return makers.things(place)


@pytest.fixture
def order(things):
    return {
        "purpose": "声乐课", "use": "class", "starts_at": "2026-11-30T10:00:00+08:00",
        "ends_at": "2026-11-30T12:00:00+08:00",
        "wants": [{"resource_id": things.square.pk}, {"resource_id": things.singer.pk}],
    }  # fmt: skip


def test_everybody_sees_the_register(nobody, things):
    page = told(nobody.get("/facilities"), Page[FacilityLine])
    assert [each["name"] for each in page["items"]] == ["礼堂", "礼堂东厅", "礼堂西厅", "丹山广场"]
    squares = told(nobody.get("/facilities?kind=square&town=512002107"), Page[FacilityLine])
    assert squares["items"][0]["seats"] == 500


def test_uses_are_counted_once_for_the_whole_and_its_parts(nobody, things):
    start = clock.now() - dt.timedelta(hours=1)
    makers.claim(things.by, things.left, things.right, start=start, at=start)
    makers.claim(
        things.by, things.left, reference="b", start=start - dt.timedelta(hours=3), at=start
    )
    rows = told(nobody.get("/facilities"), Page[FacilityLine])["items"]
    assert {each["name"]: each["uses"] for each in rows} == {
        "礼堂": 2, "礼堂东厅": 2, "礼堂西厅": 1, "丹山广场": 0,
    }  # fmt: skip


def test_a_use_is_claimed_once_however_often_it_is_sent(stranger, order):
    """The clerk of 丹山镇 claims the square and a teacher."""
    key = {"Idempotency-Key": "one"}
    made = told(stranger.post("/claims", order, **key), UseClaimed, 201)
    again = told(stranger.post("/claims", order, **key), UseClaimed, 201)
    assert made == again
    assert Claim.objects.count() == 2
    conflict = refused(stranger.post("/claims", order), 409, "already-claimed")
    assert "在丹山镇“声乐课”" in conflict["title"]


def test_only_staff_sees_the_claims_of_a_week(stranger, nobody, reader, order):
    stranger.post("/claims", order)
    week = told(stranger.get(f"/claims?week={WEEK}"), Page[ClaimLine])
    assert week["total"] == 2
    one = order["wants"][1]["resource_id"]
    only = told(stranger.get(f"/claims?week={WEEK}&resource_id={one}"), Page[ClaimLine])
    assert [each["sort"]["code"] for each in only["items"]] == ["teacher"]
    assert told(stranger.get("/claims?week=2026-12-07"), Page[ClaimLine])["total"] == 0
    refused(nobody.get(f"/claims?week={WEEK}"), 401, "not-signed-in")
    refused(reader.get(f"/claims?week={WEEK}"), 403, "no-permission")


def test_what_cannot_be_claimed(place, stranger, order, things):
    for wrong, status, code in (
        ({"site": "nowhere"}, 404, "site-unknown"),
        ({"wants": []}, 422, "unfit-request"),
        ({"wants": [{"resource_id": 987654}]}, 404, "resource-unknown"),
        ({"wants": [{"resource_id": things.hall.pk}]}, 403, "not-your-resource"),
        ({"starts_at": "2026-11-30T10:00:00"}, 422, "unfit-request"),
        ({"ends_at": "2026-11-30T10:00:00+08:00"}, 422, "ends-before-start"),
        ({"for_minors": True, "starts_at": "2027-11-30T10:00:00+08:00",
          "ends_at": "2027-11-30T11:00:00+08:00"}, 409, "record-check-missing"),
    ):  # fmt: skip
        refused(stranger.post("/claims", order | wrong), status, code)
    assert not Claim.objects.exists()
    librarian = Caller(county.account("librarian", place.hub, "librarian"))
    refused(librarian.post("/claims", order), 403, "no-permission")
