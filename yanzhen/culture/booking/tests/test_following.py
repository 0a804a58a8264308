"""A moved session takes along when its booking opens and closes, and blames nobody for it."""

import datetime as dt

import pytest

from yanzhen.config import invariants
from yanzhen.culture.activities.moving import move
from yanzhen.culture.booking import holding, rules, sheets, waiting
from yanzhen.culture.booking.following import follow_the_session
from yanzhen.culture.booking.models import BookingTerms, NoShow
from yanzhen.culture.booking.releasing import release_due
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.booking.tests.test_placing import online, refused
from yanzhen.groundwork import clock

AT, STARTS = makers.AT, makers.STARTS
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
SPLIT = {"online": 2, "group": 4, "walk_in": 3}


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


def opened(place, **manner):
    return makers.opened(place, SPLIT, manner=manner)


def moved(place, session, by):
    session.refresh_from_db()
    move(
        session_id=session.pk, starts_at=session.starts_at + by, ends_at=session.ends_at + by,
        site=session.site, reason="下雨", by=makers.planner(place), at=AT + MINUTE,
    )  # fmt: skip
    return {"session_id": session.pk}


def moments(session):
    terms = BookingTerms.objects.get(session=session)
    return terms.opens_at, terms.closes_at


def test_closing_goes_along_however_often_and_in_whatever_order_it_is_heard(place):
    session = opened(place, closes_at=STARTS - DAY)
    first, second = moved(place, session, DAY), moved(place, session, DAY)
    for body in (second, first, second):
        follow_the_session(body)
    assert moments(session) == (AT, STARTS + DAY)
    assert list(invariants.broken()) == []


def test_a_session_without_booking_is_left_alone(place):
    follow_the_session(moved(place, makers.session(place), DAY))
    assert not BookingTerms.objects.exists()


def test_what_has_opened_never_closes_before_it_opened():
    follow = rules.moments_follow_the_start
    assert follow(AT - DAY, AT + DAY, -3 * DAY, AT) == (AT - DAY, AT - DAY + MINUTE)
    assert follow(AT + DAY, AT + 2 * DAY, HOUR, AT) == (AT + DAY + HOUR, AT + 2 * DAY + HOUR)


@pytest.mark.parametrize(("by", "ends"), [(DAY, STARTS + DAY), (-DAY, STARTS - DAY)])
def test_holds_that_end_with_the_start_end_with_the_new_one(place, by, ends):
    session = opened(place)
    held = holding.hold_for_organisation(
        session_id=session.pk, party=makers.caller(organisation="演示小学", heads=3),
        until=STARTS + DAY, by=makers.operator(place), at=AT,
    )  # fmt: skip
    sheet = sheets.print_sheet(session_id=session.pk, lines=1, by=makers.planner(place), at=AT)
    follow_the_session(moved(place, session, by))
    held.refresh_from_db()
    part = type(held).objects.get(sheet=sheet)
    assert (held.held_until, part.held_until - sheet.booking.held_until) == (ends, by)


def test_an_offers_deadline_stays_as_it_was_told(place):
    session = opened(place, offer_minutes=60)
    by = makers.resident()
    booking = online(session, heads=2)
    entry = waiting.join(
        session_id=session.pk, channel="online", party=makers.oneself(by), by=by, at=AT
    )
    makers.cancel(booking, makers.operator(place))
    follow_the_session(moved(place, session, DAY))
    entry.refresh_from_db()
    assert entry.booking.held_until == AT + HOUR


def test_who_booked_before_the_move_is_not_blamed_who_booked_after_is(place):
    session = opened(place)
    online(session, makers.resident())
    body = moved(place, session, HOUR)
    follow_the_session(body)
    late = makers.resident()
    makers.book_online(session, late, at=AT + HOUR)
    release_due(STARTS + 2 * HOUR)
    assert list(NoShow.objects.values_list("person", flat=True)) == [late.person_id]


def test_who_cannot_come_at_the_new_time_gives_the_place_up(place):
    session = opened(place)
    by = makers.resident()
    booking = online(session, by)
    follow_the_session(moved(place, session, HOUR))
    makers.cancel(booking, by, at=STARTS + 30 * MINUTE)
    release_due(STARTS + 2 * HOUR)
    assert not NoShow.objects.exists()
    refused("booking-ended", makers.cancel, booking, by, at=AT)
