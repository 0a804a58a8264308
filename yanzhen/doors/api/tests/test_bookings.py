"""Bookings over the API: every channel, once for a key, and nobody else's."""

import datetime as dt

import pytest

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.booking.models import Booking
from yanzhen.culture.booking.tests import makers
from yanzhen.doors.api.shapes.bookings import BookingLine, SessionPlaces
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.tests.calling import Caller, reader_account, refused, told
from yanzhen.groundwork import clock

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def session(place):
    now = clock.now()
    split = {"online": 2, "telephone": 1, "group": 4, "walk_in": 2}
    yield makers.opened(place, split, starts_at=now + HOUR, at=now - HOUR)
    assert list(invariants.broken()) == []


@pytest.fixture
def neighbour(place):
    return Caller(reader_account(county.reader(place, name="李四").person, "neighbour"))


def test_book_see_and_cancel(nobody, reader, neighbour, session):
    path = f"/sessions/{session.pk}/bookings"
    refused(nobody.post(path, {}), 401, "not-signed-in")
    made = told(reader.post(path, {}), BookingLine, 201)
    assert (made["state"]["code"], made["who"], len(made["code"])) == ("confirmed", "张小禾", 5)
    refused(reader.post(path, {}), 409, "booking-exists")
    assert told(reader.get("/me/bookings"), Page[BookingLine])["items"] == [made]
    assert told(neighbour.get("/me/bookings"), Page[BookingLine])["total"] == 0
    end = f"/bookings/{made['id']}/cancellation"
    refused(neighbour.post(end), 404, "booking-unknown")
    assert told(reader.post(end), BookingLine, 201)["state"]["code"] == "cancelled"
    refused(reader.post(end), 409, "booking-ended")


def test_the_same_key_is_the_same_booking(clerk, session):
    path = f"/sessions/{session.pk}/bookings"
    order = {"channel": "telephone", "name": "演示大爷", "phone": "00001234567"}
    first = clerk.post(path, order, **{"Idempotency-Key": "a"})
    again = clerk.post(path, order, **{"Idempotency-Key": "a"})
    assert (first.status_code, again.json()) == (201, first.json())
    assert Booking.objects.count() == 1
    said = refused(clerk.post(path, order | {"name": "别人"}), 409, "full")
    assert "现场还留着 2 个" in said["remedy"]


def test_what_is_left_is_public(nobody, clerk, place, session):
    clerk.post(f"/sessions/{session.pk}/bookings", {"channel": "walk_in", "heads": 2})
    left = told(nobody.get(f"/sessions/{session.pk}/places"), SessionPlaces)
    by_channel = {each["channel"]["code"]: each["left"] for each in left["channels"]}
    assert by_channel == {
        "online": 2, "counter": 0, "telephone": 1, "group": 4, "walk_in": 0, "reserve": 0
    }  # fmt: skip
    refused(nobody.get("/sessions/987654/places"), 404, "session-unknown")
    free = makers.session(place)
    refused(nobody.get(f"/sessions/{free.pk}/places"), 409, "booking-not-needed")


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"channel": "telephone", "name": "甲", "phone": "00001234567"}, 403, "no-permission"),
        ({"channel": "walk_in"}, 403, "no-permission"),
        ({"channel": "reserve"}, 422, "unfit-request"),
        ({"heads": 0}, 422, "unfit-request"),
        ({"heads": 400}, 422, "heads-unfit"),
        ({"person_id": 987654}, 403, "not-your-reader"),
        ({"name": "x", "phone": "不知道"}, 422, "phone-missing"),
    ],
)
def test_what_a_reader_cannot_do(reader, session, order, status, code):
    refused(reader.post(f"/sessions/{session.pk}/bookings", order), status, code)
    assert not Booking.objects.exists()


def test_another_branch_opens_no_door_here(stranger, session):
    path = f"/sessions/{session.pk}/bookings"
    refused(stranger.post(path, {"channel": "walk_in"}), 403, "not-your-branch")
    told(
        stranger.post(
            path,
            {"channel": "group", "name": "王老师", "phone": "00001234567",
             "organisation": "演示小学", "heads": 4},
        ),
        BookingLine,
        201,
    )  # fmt: skip
