"""Placing bookings: every channel from its own places, whole or not at all, once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import ledger, opening, placing, rules, situation
from yanzhen.culture.booking.cancelling import cancel_all_of, cancel_booking, move_booking
from yanzhen.culture.booking.expiring import expire_due
from yanzhen.culture.booking.holding import confirm, hold_for_organisation
from yanzhen.culture.booking.models import (
    Allotment,
    AllotmentTransfer,
    Booking,
    Channel,
    NoShow,
    RosterName,
)
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.booking.transferring import resize, transfer
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Guardianship

AT = makers.AT
SPLIT = {"online": 4, "counter": 1, "telephone": 1, "group": 2, "walk_in": 2}


@pytest.fixture
def session(place):
    yield makers.opened(place, SPLIT)
    assert list(invariants.broken()) == []


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


def online(session, by=None, **fields):
    by = by or makers.resident()
    return book(
        session_id=session.pk, channel="online", party=makers.oneself(by, **fields), by=by, at=AT
    )


def test_the_default_split_keeps_a_fifth_for_the_door():
    assert rules.default_split(50)["walk_in"] == 10
    for capacity in range(1, 200):
        split = rules.default_split(capacity)
        assert sum(split.values()) == capacity
        assert min(split.values()) >= 0
        assert rules.a_session_keeps_walk_in_places(split, capacity) is None


def test_walk_in_places_are_never_sold_online(place, session):
    """R19, by the use-cases and, with every function out of the way, by the database itself."""
    for _ in range(4):
        online(session)
    said = refused("full", online, session)
    assert "现场还留着 2 个" in said.remedy
    refused(
        "walk-in-places-stay", transfer, session_id=session.pk, source="walk_in", target="online",
        places=1, reason="试试", by=makers.planner(place), at=AT,
    )  # fmt: skip
    door, web = makers.allotment(session, Channel.WALK_IN), makers.allotment(session)
    booking = Booking.objects.first()
    doings = (
        lambda: Allotment.objects.filter(pk=door.pk).update(places=1),
        lambda: Allotment.objects.filter(pk=door.pk).update(channel="reserve"),
        lambda: Booking.objects.filter(pk=booking.pk).update(allotment=door),
        lambda: Booking.objects.create(
            session=session, allotment=door, channel="online", state="confirmed", name="某人",
            code="99999", placed_at=AT,
        ),
        lambda: AllotmentTransfer.objects.create(
            session=session, source=door, target=web, places=1, at=AT, by_name="x", reason="x"
        ),
        lambda: Allotment.objects.filter(pk=web.pk).update(taken=F("taken") + 1),
    )  # fmt: skip
    for doing in doings:
        with pytest.raises(IntegrityError), transaction.atomic():
            doing()


def test_each_channel_draws_from_its_own(place, session):
    by = makers.operator(place)
    online(session)
    for channel in ("telephone", "counter"):
        told = {"session_id": session.pk, "channel": channel, "by": by, "at": AT}
        book(party=makers.caller(len(channel)), **told)
        refused("full", book, party=makers.caller(99), **told)
    assert makers.taken(session) == {"online": 1, "telephone": 1, "counter": 1}
    assert len(set(Booking.objects.values_list("code", flat=True))) == 3


def test_a_telephone_booking_needs_a_name_and_a_number_only(place, session):
    told = {
        "session_id": session.pk, "channel": "telephone", "by": makers.operator(place), "at": AT
    }  # fmt: skip
    refused("name-missing", book, party=Party(phone="00001234567"), **told)
    refused("phone-missing", book, party=Party(name="演示大爷"), **told)
    booking = book(party=Party(name="演示大爷", phone="0000 123 4567"), **told)
    assert (booking.state, booking.operator_name, booking.phone) == (
        "confirmed", "赵话务", "00001234567"
    )  # fmt: skip
    assert len(booking.code) == 5
    assert booking.code.isdigit()


def test_one_live_booking_a_beneficiary_and_session(place, session):
    by = makers.resident()
    booking = online(session, by)
    refused("booking-exists", online, session, by)
    told = {"session_id": session.pk, "at": AT}
    desk = makers.operator(place)
    refused("booking-exists", book, channel="telephone", party=makers.oneself(by), by=desk, **told)
    other = Booking.objects.get(pk=booking.pk)
    other.pk, other.code = None, "99999"
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)
    cancel_booking(booking_id=booking.pk, by=by, at=AT)
    online(session, by)


def test_a_session_called_off_while_somebody_books_gives_out_no_place(session, monkeypatch):
    """What was read before the claim may be old; the claim itself looks again."""
    seen = situation.load(session.pk, "online")
    Session.objects.filter(pk=session.pk).update(state=Session.State.CANCELLED)
    answers = iter([seen, situation.load(session.pk, "online")])
    monkeypatch.setattr(placing.situation, "load", lambda *_: next(answers))
    refused("session-cancelled", online, session)
    assert makers.allotment(session).taken == 0


def test_an_organisation_books_a_session_once(place, session):
    party = Party(name="王队长", phone="13000000000", organisation="演示村老年协会", heads=1)
    told = {"session_id": session.pk, "channel": "group", "by": makers.operator(place), "at": AT}
    book(party=party, **told)
    refused("booking-exists", book, party=party, **told)
    assert makers.allotment(session, Channel.GROUP).taken == 1


def test_the_same_key_is_the_same_booking(place, session):
    told = {"session_id": session.pk, "channel": "telephone", "at": AT, "key": "one"}
    desk = makers.operator(place)
    first = book(party=makers.caller(), by=desk, **told)
    assert book(party=makers.caller(), by=desk, **told) == first
    refused("idempotency-key-reused", book, party=makers.caller(), by=makers.resident(), **told)
    assert makers.taken(session) == {"telephone": 1}


def test_two_at_once_with_one_key_have_the_last_place_both(place, session, monkeypatch):
    """The second did not see the booking of the first before, and finds the session full."""
    told = {"session_id": session.pk, "channel": "telephone", "by": makers.operator(place),
            "party": makers.caller(1), "at": AT, "key": "k1"}  # fmt: skip
    first = book(**told)
    look, looks = placing._sent_before, iter([True])
    monkeypatch.setattr(
        placing, "_sent_before", lambda *asked: None if next(looks, False) else look(*asked)
    )
    assert book(**told) == first
    assert makers.allotment(session, Channel.TELEPHONE).taken == 1


def test_a_family_comes_whole_or_not_at_all(session):
    online(session, heads=3)
    said = refused("full", online, session, heads=2)
    assert "只剩 1 个" in said.message
    assert makers.taken(session) == {"online": 3}
    refused("heads-unfit", online, session, heads=0)
    refused("heads-unfit", online, session, heads=6)


def test_a_guardian_a_proxy_and_a_stranger(place, session):
    mother, child = makers.resident(), county.person("小雨", born_on=dt.date(2030, 1, 1))
    told = {"session_id": session.pk, "channel": "online", "by": mother, "at": AT}
    refused("not-your-reader", book, party=Party(beneficiary_id=child.pk), **told)
    Guardianship.objects.create(
        child=child, guardian_id=mother.person_id, relation="parent", channel="paper",
        consented_at=AT,
    )  # fmt: skip
    own = book(party=Party(beneficiary_id=child.pk), **told)
    assert (own.applicant_id, own.beneficiary_id) == (mother.person_id, child.pk)
    father = book(party=Party(name="演示父亲", relation="parent"), **told)
    assert (father.who, father.beneficiary_id, father.relation) == ("演示父亲", None, "parent")
    refused("booking-unknown", cancel_booking, booking_id=own.pk, by=makers.resident(), at=AT)
    cancel_booking(booking_id=own.pk, by=mother, at=AT)
    assert own.steps.last() is not None
    assert Booking.objects.get(pk=own.pk).steps.last().by_name == "申请人"


def test_one_person_books_for_a_few_others(session):
    by = makers.resident()
    told = {"session_id": session.pk, "channel": "online", "by": by, "at": AT}
    for number in range(3):
        book(party=makers.caller(number), **told)
    refused("proxy-limit-reached", book, party=makers.caller(9), **told)


def test_when_booking_is_open(place):
    day = dt.timedelta(days=1)
    session = makers.opened(
        place, manner={"opens_at": AT + day, "closes_at": makers.STARTS - day / 2}
    )
    for at, code in (
        (AT, "booking-not-open-yet"),
        (makers.STARTS - day / 4, "booking-closed"),
        (makers.STARTS, "session-begun"),
    ):
        by = makers.resident()
        party = makers.oneself(by)
        refused(code, book, session_id=session.pk, channel="online", party=party, by=by, at=at)
    shut = makers.session(place)
    by = makers.resident()
    refused(
        "booking-not-needed", book, session_id=shut.pk, channel="online",
        party=makers.oneself(by), by=by, at=AT,
    )  # fmt: skip


def test_children_of_the_right_age(place):
    session = makers.opened(place, age_from=6, age_to=12)
    too_old = makers.resident(county.person(born_on=dt.date(2000, 1, 1)))
    refused("age-unfit", online, session, too_old)


def test_opening_asks_for_walk_in_places_and_the_capacity(place):
    session = makers.session(place, capacity=10)
    told = {"session_id": session.pk, "by": makers.planner(place), "at": AT}
    few = {"online": 9, "walk_in": 1}
    refused("walk-in-share-too-small", opening.open_booking, split=few, **told)
    many = {"online": 9, "walk_in": 2}
    refused("places-over-capacity", opening.open_booking, split=many, **told)
    stranger = county.staff(place.danshan, "culture_officer")
    refused("not-your-branch", opening.open_booking, **told | {"by": stranger})
    opening.open_booking(**told)
    refused("booking-open-already", opening.open_booking, **told)
    session.refresh_from_db()
    assert session.allotted == 10


def test_an_organisation_holds_names_its_people_and_keeps_no_more(place, session):
    told = {"by": makers.operator(place), "at": AT}
    until = AT + dt.timedelta(hours=5)
    party = makers.caller(organisation="演示小学", heads=2)
    booking = hold_for_organisation(session_id=session.pk, party=party, until=until, **told)
    assert makers.taken(session) == {"group": 2}
    refused("roster-unfit", confirm, booking_id=booking.pk, names=["甲", "乙", "丙"], **told)
    confirm(booking_id=booking.pk, names=["甲", " "], **told)
    assert makers.taken(session) == {"group": 1}
    assert [each.name for each in RosterName.objects.all()] == ["甲"]


def test_a_hold_nobody_confirms_ends_by_itself_or_when_somebody_needs_it(place, session):
    told = {"by": makers.operator(place), "session_id": session.pk}
    until = AT + dt.timedelta(hours=5)
    first = hold_for_organisation(
        party=makers.caller(organisation="演示小学", heads=2), until=until, at=AT, **told
    )
    second = hold_for_organisation(
        party=makers.caller(2, organisation="演示中学", heads=2),
        until=until + dt.timedelta(days=1), at=until, **told,
    )  # fmt: skip
    first.refresh_from_db()
    assert (first.state, second.state) == ("expired", "held")
    assert expire_due(until) == 0
    assert expire_due(until + dt.timedelta(days=1)) == 1
    assert makers.taken(session) == {}


def test_cancelling_and_moving_frees_the_places(place, session):
    other = makers.opened(place, SPLIT)
    by = makers.resident()
    booking = online(session, by, heads=2)
    told = {"booking_id": booking.pk, "to_session_id": other.pk, "by": by, "at": AT}
    refused("reason-missing", move_booking, reason=" ", **told)
    new = move_booking(reason="改天", **told)
    booking.refresh_from_db()
    assert (booking.state, booking.moved_to) == ("moved", new)
    assert (makers.taken(session), makers.taken(other)) == ({}, {"online": 2})
    refused("booking-ended", move_booking, reason="改天", **told)
    cancel_booking(booking_id=new.pk, by=by, at=AT)
    refused("booking-ended", cancel_booking, booking_id=new.pk, by=by, at=AT)
    assert makers.taken(other) == {}


def test_moving_into_a_full_session_keeps_the_old_places(place, session):
    other = makers.opened(place, {"online": 1, "walk_in": 1})
    booking = online(session, heads=2)
    refused(
        "full", move_booking, booking_id=booking.pk, to_session_id=other.pk, reason="改天",
        by=makers.operator(place), at=AT,
    )  # fmt: skip
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_the_host_calls_it_off_and_nobody_is_blamed(place, session):
    online(session)
    told = {"session_id": session.pk, "at": AT}
    refused("no-permission", cancel_all_of, by=makers.operator(place), **told)
    assert cancel_all_of(by=makers.planner(place), **told) == 1
    assert Booking.objects.get().state == "cancelled_by_host"
    assert not NoShow.objects.exists()
    assert makers.taken(session) == {}


def test_places_move_between_channels_with_a_reason(place, session):
    told = {
        "session_id": session.pk, "source": "counter", "target": "online",
        "by": makers.planner(place), "at": AT,
    }  # fmt: skip
    refused("reason-missing", transfer, places=1, reason="", **told)
    refused("not-so-many-free", transfer, places=2, reason="网上不够", **told)
    refused("transfer-unfit", transfer, places=0, reason="网上不够", **told)
    transfer(places=1, reason="网上不够", **told)
    assert makers.allotment(session).places == 5
    assert makers.allotment(session, Channel.COUNTER).places == 0
    stranger = county.staff(place.danshan, "culture_officer")
    refused("not-your-branch", transfer, places=1, reason="x", **told | {"by": stranger})


def test_a_session_never_becomes_smaller_than_what_is_taken(place, session):
    online(session, heads=4)
    told = {"session_id": session.pk, "by": makers.planner(place), "at": AT, "reason": "换场地"}
    refused("capacity-below-taken", resize, capacity=3, **told)
    resize(capacity=5, **told)
    assert Session.objects.get(pk=session.pk).allotted == 5
    assert makers.allotment(session, Channel.WALK_IN).places == 1
    resize(capacity=20, **told)
    assert makers.allotment(session, Channel.WALK_IN).places == 4
    assert makers.allotment(session, Channel.RESERVE).places == 12


def test_the_ledger_would_say_if_it_were_wrong(place):
    session = makers.opened(place, SPLIT)
    online(session)
    Allotment.objects.filter(session=session, channel="online").update(taken=2)
    assert [name for name, _said in invariants.broken()] == ["taken_is_the_sum_of_live_heads"]
    ledger.give_back(makers.allotment(session).pk, 1)
    assert list(invariants.broken()) == []
