"""The waiting list: in order, whole, offered in the transaction that frees the places."""

import datetime as dt

import pytest

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.booking import drawing, rules, waiting
from yanzhen.culture.booking.cancelling import cancel_all_of, cancel_booking
from yanzhen.culture.booking.expiring import expire_due
from yanzhen.culture.booking.models import Booking, WaitingEntry
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.queries import before
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.booking.tests.test_placing import online, refused
from yanzhen.culture.booking.transferring import transfer
from yanzhen.groundwork.models import Fact

AT = makers.AT
SPLIT = {"online": 4, "counter": 1, "walk_in": 2}
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def session(place):
    yield makers.opened(place, SPLIT)
    assert list(invariants.broken()) == []


def join(session, by=None, **fields):
    by = by or makers.resident()
    return waiting.join(
        session_id=session.pk, channel="online", party=makers.oneself(by, **fields), by=by, at=AT
    )


def states(*entries):
    for entry in entries:
        entry.refresh_from_db()
    return [str(entry.state) for entry in entries]


def test_nobody_waits_while_there_are_places(session):
    refused("places-free", join, session)
    refused(
        "no-waiting-at-the-door", waiting.join, session_id=session.pk, channel="walk_in",
        party=Party(name="x"), by=makers.resident(), at=AT,
    )  # fmt: skip


def test_freed_places_are_offered_to_the_first_whom_they_fit(place, session):
    """A group too large for what is free keeps its place; nobody passes a fitting entry."""
    by = makers.resident()
    small, big = online(session, by, heads=1), online(session, heads=3)
    group, single, last = join(session, heads=3), join(session), join(session)
    assert [before(each) for each in (group, single, last)] == [0, 1, 2]
    cancel_booking(booking_id=small.pk, by=by, at=AT)
    assert states(group, single, last) == ["waiting", "offered", "waiting"]
    assert Fact.objects.filter(kind="PlaceOffered").count() == 1
    refused("full", online, session)  # the place is kept for whom it was offered
    cancel_booking(booking_id=big.pk, by=makers.operator(place), at=AT)
    assert states(group, single, last) == ["offered", "offered", "waiting"]
    assert makers.taken(session) == {"online": 4}


def test_an_offer_is_accepted_declined_or_lapses_to_the_next(place, session):
    held = online(session, heads=4)
    people = [makers.resident() for _ in range(3)]
    first, second, third = (join(session, by, heads=4) for by in people)
    cancel_booking(booking_id=held.pk, by=makers.operator(place), at=AT)
    waiting.withdraw(entry_id=first.pk, by=people[0], at=AT)
    assert states(first, second, third) == ["declined", "offered", "waiting"]
    refused("waiting-unknown", waiting.accept, entry_id=second.pk, by=people[0], at=AT)
    late = AT + 24 * HOUR
    refused("offer-lapsed", waiting.accept, entry_id=second.pk, by=people[1], at=late)
    assert expire_due(late) == 1
    assert states(second, third) == ["lapsed", "offered"]
    booking = waiting.accept(entry_id=third.pk, by=people[2], at=late + HOUR)
    assert (booking.state, states(third)) == ("confirmed", ["accepted"])
    refused("waiting-ended", waiting.withdraw, entry_id=third.pk, by=people[2], at=late)


def test_one_leaves_by_oneself_and_waits_only_once(session):
    online(session, heads=4)
    by = makers.resident()
    entry = join(session, by)
    refused("waiting-already", join, session, by)
    waiting.withdraw(entry_id=entry.pk, by=by, at=AT)
    assert states(entry) == ["withdrawn"]
    join(session, by)


def test_whoever_gets_a_place_otherwise_waits_no_longer(place, session):
    online(session, heads=4)
    by = makers.resident()
    entry = join(session, by)
    book(
        session_id=session.pk, channel="counter", party=makers.oneself(by),
        by=makers.operator(place), at=AT,
    )  # fmt: skip
    assert states(entry) == ["closed"]
    refused("booking-exists", join, session, by)


def test_transferred_places_serve_the_waiting_list(place, session):
    online(session, heads=4)
    entry = join(session)
    transfer(
        session_id=session.pk, source="counter", target="online", places=1, reason="网上有人等",
        by=makers.planner(place), at=AT,
    )  # fmt: skip
    assert states(entry) == ["offered"]


@pytest.mark.parametrize(
    ("order", "served"), [("first_come", 0), ("groups_first", 1), ("residents_first", 2)]
)
def test_the_order_named_on_the_session_decides(place, order, served):
    session = makers.opened(place, {"online": 5, "walk_in": 2}, manner={"order": order})
    full = online(session, heads=5)
    local = county.person("本地人")
    local.division = place.zhonghe.site.division
    local.save()
    entries = [
        join(session), join(session, heads=5), join(session, makers.resident(local)),
    ]  # fmt: skip
    cancel_booking(booking_id=full.pk, by=makers.operator(place), at=AT)
    offered = [n for n, state in enumerate(states(*entries)) if state == "offered"]
    assert served in offered
    assert list(invariants.broken()) == []


def test_a_draw_is_a_function_of_the_sealed_list_and_the_seed(place):
    session = makers.opened(place, {"online": 4, "walk_in": 2}, manner={"order": "draw"})
    refused("draw-to-come", online, session)
    entries = [join(session) for _ in range(12)]
    told = {"session_id": session.pk, "by": makers.planner(place), "at": AT}
    refused("list-not-sealed", drawing.draw, seed="20361121", **told)
    terms = drawing.seal_list(**told)
    refused("sealed-already", drawing.seal_list, **told)
    refused("list-sealed", join, session)
    refused("seed-missing", drawing.draw, seed=" ", **told)
    assert drawing.draw(seed="20361121", **told) == 4
    refused("drawn-already", drawing.draw, seed="20361122", **told)
    digest = rules.seal((entry.pk, 1) for entry in reversed(entries))
    assert digest == terms.list_digest
    drawn = rules.drawn_order([entry.pk for entry in entries], digest, "20361121")
    offered = WaitingEntry.objects.filter(state="offered").values_list("pk", flat=True)
    assert set(offered) == set(drawn[:4])
    assert rules.drawn_order([1, 2, 3, 4, 5], digest, "a") != rules.drawn_order(
        [1, 2, 3, 4, 5], digest, "b"
    )
    assert list(invariants.broken()) == []


def test_who_applied_and_left_is_not_drawn(place):
    session = makers.opened(place, {"online": 1, "walk_in": 1}, manner={"order": "draw"})
    by = makers.resident()
    gone, stays = join(session, by), join(session)
    waiting.withdraw(entry_id=gone.pk, by=by, at=AT)
    told = {"session_id": session.pk, "by": makers.planner(place), "at": AT}
    drawing.seal_list(**told)
    drawing.draw(seed="彩票 0123", **told)
    assert states(gone, stays) == ["withdrawn", "offered"]


def test_a_session_called_off_closes_the_list(place, session):
    online(session, heads=4)
    entry = join(session)
    cancel_all_of(session_id=session.pk, by=makers.planner(place), at=AT)
    assert states(entry) == ["closed"]
    assert not Booking.objects.live().exists()
