"""A name and a number left for a session are forgotten after it; what is counted stays."""

import datetime as dt

import pytest

from yanzhen.config import invariants
from yanzhen.culture.booking import entering, holding, waiting
from yanzhen.culture.booking.forgetting import forget_due
from yanzhen.culture.booking.models import Booking, RosterName, WaitingEntry
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.releasing import release_due
from yanzhen.culture.booking.tests import makers
from yanzhen.groundwork.models import AuditEntry

AT, STARTS = makers.AT, makers.STARTS
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
SPLIT = {"online": 2, "telephone": 2, "group": 3, "walk_in": 2}


@pytest.fixture
def session(place):
    return makers.opened(place, SPLIT)


@pytest.fixture
def held(place, session):
    """A session that took place: two rang up, one came; a school; one booked for a father; one
    resident; one of the street; somebody waited in vain."""
    by = makers.operator(place)
    told = {"session_id": session.pk, "by": by, "at": AT}
    came = book(channel="telephone", party=makers.caller(1), **told)
    also = book(channel="telephone", party=makers.caller(2), **told)
    waiting.join(channel="telephone", party=makers.caller(3), **told)
    school = holding.hold_for_organisation(
        party=makers.caller(4, organisation="演示小学", heads=2), until=STARTS, **told
    )
    holding.confirm(booking_id=school.pk, by=by, at=AT, names=["甲", "乙"])
    daughter = makers.resident()
    makers.book_online(session, daughter)
    book(
        session_id=session.pk, channel="online", by=daughter, at=AT,
        party=Party(name="演示父亲", phone="00009999999", relation="parent"),
    )  # fmt: skip
    door = {"by": makers.planner(place), "at": STARTS}
    for booking in (came, also):
        entering.check_in(booking_id=booking.pk, **door)
    entering.admit(session_id=session.pk, count=entering.Heads(1), name="演示路人", **door)
    release_due(STARTS + HOUR)
    return daughter


def named():
    rows = Booking.objects.exclude(name="", phone="")
    return sorted(rows.values_list("name", flat=True))


def test_names_and_numbers_go_when_the_days_are_over(session, held, settings):
    settings.YANZHEN_FORGET_CALLERS_DAYS = 90
    assert forget_due(STARTS + 90 * DAY) == 0
    heads = sorted(Booking.objects.values_list("channel", "heads", "state"))
    assert forget_due(STARTS + 91 * DAY) == 6
    assert forget_due(STARTS + 91 * DAY) == 0
    assert sorted(Booking.objects.values_list("channel", "heads", "state")) == heads
    assert [each for each in named() if each] == ["张小禾"]  # has an account, and a file of her own
    assert Booking.objects.get(channel="group").organisation == "演示小学"
    assert not RosterName.objects.exists()
    assert WaitingEntry.objects.get().name == ""
    line = AuditEntry.objects.get(action="booking.forgotten")
    assert (line.detail["bookings"], line.detail["waiting"]) == (5, 1)
    assert list(invariants.broken()) == []


def test_what_is_still_to_come_or_unsettled_is_remembered(place, session, settings):
    settings.YANZHEN_FORGET_CALLERS_DAYS = 0
    book(
        session_id=session.pk, channel="telephone", party=makers.caller(1),
        by=makers.operator(place), at=AT,
    )  # fmt: skip
    assert forget_due(AT) == 0
    assert forget_due(STARTS + 3 * HOUR) == 0  # nobody has said yet who came
    release_due(STARTS + 3 * HOUR)
    assert forget_due(STARTS + 3 * HOUR) == 1
