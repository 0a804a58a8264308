"""A reader's own holds over the API: listed, placed once, cancelled, and nobody else's."""

import datetime as dt

import pytest

from tests import county
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.shapes.holds import HoldLine
from yanzhen.doors.api.tests.calling import Caller, reader_account, refused, told
from yanzhen.groundwork import clock
from yanzhen.library.circulation.models import LoanRule
from yanzhen.library.holds.models import Hold, HoldRule
from yanzhen.people.models import Guardianship


@pytest.fixture
def copy(place):
    return county.copy(place, at=place.danshan)


@pytest.fixture
def order(copy):
    return {"record_id": copy.bib_id, "pickup": "zhonghe"}


@pytest.fixture
def neighbour(place):
    return Caller(reader_account(county.reader(place, name="李四").person, "neighbour"))


def test_a_reader_holds_sees_and_cancels(reader, neighbour, order):
    held = told(reader.post("/me/holds", order), HoldLine, 201)
    assert (held["state"]["code"], held["position"]) == ("waiting", 1)
    assert held["pickup_node"]["code"] == "zhonghe"
    assert {each["name"]: each["value"] for each in held["explain"]}["pickup_days"] == 7
    assert told(reader.get("/me/holds"), Page[HoldLine])["items"] == [held]
    assert told(neighbour.get("/me/holds"), Page[HoldLine])["total"] == 0
    path = f"/me/holds/{held['id']}/cancellation"
    refused(neighbour.post(path), 404, "hold-unknown")
    assert told(reader.post(path), HoldLine, 201)["state"]["code"] == "cancelled"
    refused(reader.post(path), 409, "hold-ended")
    assert told(reader.get("/me/holds"), Page[HoldLine])["total"] == 0


def test_the_same_order_sent_twice_is_one_hold(reader, order):
    first = reader.post("/me/holds", order, **{"Idempotency-Key": "a"}).json()
    again = reader.post("/me/holds", order, **{"Idempotency-Key": "a"})
    assert (again.status_code, again.json()) == (201, first)
    assert Hold.objects.count() == 1
    refused(reader.post("/me/holds", order), 409, "hold-exists")


def test_refusals_say_what_they_rest_on(reader, order):
    HoldRule.objects.update(max_holds=0)
    said = refused(reader.post("/me/holds", order), 409, "hold-limit-reached")
    assert [(each["name"], each["value"]) for each in said["explain"]] == [("max_holds", 0)]


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"pickup": "nowhere"}, 422, "pickup-unknown"),
        ({"record_id": 987654}, 404, "title-not-found"),
        ({"wanted_until": "2020-01-01"}, 422, "wanted-until-past"),
        ({"wanted_until": "昨天"}, 422, "unfit-request"),
        ({"person_id": 0}, 422, "unfit-request"),
    ],
)
def test_what_cannot_be_held(reader, order, more, status, code):
    refused(reader.post("/me/holds", order | more), status, code)
    assert not Hold.objects.exists()


def test_a_guardian_holds_for_the_child_and_for_nobody_elses(place, reader, card, order):
    child = county.reader(place, name="小雨", category=place.child, born_on=dt.date(2018, 1, 1))
    refused(
        reader.post("/me/holds", order | {"person_id": child.person_id}), 403, "not-your-reader"
    )
    Guardianship.objects.create(
        child=child.person, guardian=card.person, relation="parent", channel="in_person",
        consented_at=clock.now(),
    )  # fmt: skip
    told(reader.post("/me/holds", order | {"person_id": child.person_id}), HoldLine, 201)
    assert Hold.objects.get().person_id == child.person_id


def test_staff_hold_here_only_for_themselves(clerk, card, order):
    said = clerk.post("/me/holds", order | {"person_id": card.person_id})
    refused(said, 403, "not-your-reader")


def test_nobody_holds_without_signing_in(nobody, order):
    refused(nobody.post("/me/holds", order), 401, "not-signed-in")
    refused(nobody.get("/me/holds"), 401, "not-signed-in")


def test_a_hold_ready_is_on_top(place, reader, clerk, copy, order):
    LoanRule.objects.update(max_loans=5)
    other = county.copy(place, at=place.danshan, title=county.bib("水浒传"))
    reader.post("/me/holds", order | {"record_id": other.bib_id})
    reader.post("/me/holds", order)
    clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode})
    items = told(reader.get("/me/holds"), Page[HoldLine])["items"]
    assert [each["state"]["code"] for each in items] == ["ready", "waiting"]
