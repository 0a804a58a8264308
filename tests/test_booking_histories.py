"""Random histories of one session: booking, holding, waiting, moving places, the door, paper.

After every step the invariants of booking are checked against the database. The same run with one
piece of the ledger removed must fail: otherwise it would prove nothing.
"""

import datetime as dt
import sys
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests import county
from tests.playing import play, play_until_it_breaks
from yanzhen.config import invariants as everything
from yanzhen.culture.booking import (
    cancelling,
    entering,
    invariants,
    ledger,
    placing,
    sheets,
    waiting,
)
from yanzhen.culture.booking.expiring import expire_due
from yanzhen.culture.booking.holding import confirm
from yanzhen.culture.booking.models import Booking, Channel, SignInSheet, WaitingEntry
from yanzhen.culture.booking.releasing import release_due
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.booking.transferring import resize, transfer
from yanzhen.groundwork.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SPLIT = {"online": 4, "counter": 2, "telephone": 2, "group": 4, "walk_in": 3}
START = makers.STARTS - dt.timedelta(hours=3)
channels = st.sampled_from(["online", "counter", "telephone", "group"])
any_channel = st.sampled_from(list(Channel))
people = st.integers(0, 4)
heads = st.integers(1, 4)
which = st.integers(0, 7)
minutes = st.integers(0, 25)


class Bookings(RuleBasedStateMachine):
    """One session and another to move to, wound back after each history."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.place = county.county()
        manner = {"offer_minutes": 30}
        self.session = makers.opened(self.place, SPLIT, manner=manner)
        self.other = makers.opened(self.place, SPLIT)
        self.people = [makers.resident() for _ in range(5)]
        self.staff = makers.planner(self.place)
        self.at = START

    def teardown(self):
        try:
            if sys.exc_info()[0] is None:
                assert list(everything.broken()) == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def _now(self, minutes: int) -> dt.datetime:
        """Never past the start by itself: `begin` does that."""
        last = makers.STARTS + dt.timedelta(hours=1)
        last = last if self.at >= makers.STARTS else makers.STARTS - dt.timedelta(minutes=1)
        self.at = min(self.at + dt.timedelta(minutes=minutes), last)
        return self.at

    def _who(self, channel: str, person: int, n: int):
        by = self.people[person] if channel == "online" else self.staff
        organisation = "演示单位" if channel == "group" else ""
        party = (
            makers.caller(person, organisation=organisation, heads=n)
            if channel in {"telephone", "group"}
            else makers.oneself(self.people[person], heads=n)
        )
        return {"session_id": self.session.pk, "channel": channel, "party": party, "by": by}

    def _some(self, rows, number: int):
        return rows.order_by("pk")[number : number + 1].first()

    @rule(channel=channels, person=people, n=heads, wait=minutes, hold=st.integers(0, 40))
    def book(self, channel, person, n, wait, hold):
        at = self._now(wait)
        until = at + dt.timedelta(minutes=hold) if channel == "group" and hold else None
        with suppress(Refused):
            placing.place(**self._who(channel, person, n), at=at, hold_until=until)

    @rule(number=which, names=st.integers(0, 4), wait=minutes)
    def confirm_a_hold(self, number, names, wait):
        held = self._some(Booking.objects.filter(state="held", sheet=None), number)
        if held:
            with suppress(Refused):
                confirm(booking_id=held.pk, names=["名"] * names, by=self.staff, at=self._now(wait))

    @rule(number=which, wait=minutes, what=st.sampled_from(["cancel", "move"]))
    def end_a_booking(self, number, wait, what):
        rows = Booking.objects.live().filter(session=self.session, sheet=None)
        booking = self._some(rows, number)
        if booking:
            told = {"booking_id": booking.pk, "by": self.staff, "at": self._now(wait)}
            with suppress(Refused):
                if what == "cancel":
                    cancelling.cancel_booking(**told)
                else:
                    cancelling.move_booking(to_session_id=self.other.pk, reason="改天", **told)

    @rule(channel=channels, person=people, n=heads, wait=minutes)
    def wait_for_it(self, channel, person, n, wait):
        with suppress(Refused):
            waiting.join(**self._who(channel, person, n), at=self._now(wait))

    @rule(number=which, wait=minutes, what=st.sampled_from([waiting.accept, waiting.withdraw]))
    def answer_an_offer(self, number, wait, what):
        entry = self._some(WaitingEntry.objects.filter(state__in=waiting.ALIVE), number)
        if entry:
            with suppress(Refused):
                what(entry_id=entry.pk, by=self.staff, at=self._now(wait))

    @rule(source=any_channel, goal=any_channel, n=heads)
    def move_places(self, source, goal, n):
        with suppress(Refused):
            transfer(
                session_id=self.session.pk, source=source, target=goal, places=n,
                reason="试试", by=self.staff, at=self._now(1),
            )  # fmt: skip

    @rule(capacity=st.integers(1, 25))
    def change_the_room(self, capacity):
        with suppress(Refused):
            resize(
                session_id=self.session.pk, capacity=capacity, reason="换场地", by=self.staff,
                at=self._now(1),
            )  # fmt: skip

    @rule(wait=minutes)
    def sweep(self, wait):
        at = self._now(wait)
        expire_due(at)
        release_due(at)

    @rule()
    def begin(self):
        """The hour has come, and the grace with it."""
        self.at = max(self.at, makers.STARTS + dt.timedelta(minutes=15))
        expire_due(self.at)
        release_due(self.at)

    @rule(n=heads, child=st.integers(0, 2))
    def just_come(self, n, child):
        with suppress(Refused):
            entering.admit(
                session_id=self.session.pk, count=entering.Heads(n, under_18=child),
                by=self.staff, at=self._now(1),
            )  # fmt: skip

    @rule(number=which, n=st.none() | heads, back=st.booleans())
    def at_the_door(self, number, n, back):
        rows = Booking.objects.filter(session=self.session, sheet=None)
        booking = self._some(rows.filter(state="checked_in") if back else rows, number)
        if booking:
            told = {"booking_id": booking.pk, "by": self.staff, "at": self._now(1)}
            with suppress(Refused):
                if back:
                    entering.undo(**told)
                else:
                    entering.check_in(heads=n, **told)

    @rule(lines=st.integers(1, 3), line=st.integers(1, 4), number=st.integers(0, 1))
    def paper(self, lines, line, number):
        told = {"by": self.staff, "at": self._now(1)}
        sheet = self._some(SignInSheet.objects.filter(returned_at=None), number)
        with suppress(Refused):
            if sheet is None:
                sheets.print_sheet(session_id=self.session.pk, lines=lines, **told)
            elif line > sheet.lines:
                sheets.take_back(sheet_id=sheet.pk, **told)
            else:
                sheets.type_in(sheet_id=sheet.pk, line=line, name="演示", **told)

    @invariant()
    def everything_holds(self):
        assert [said for each in invariants.INVARIANTS for said in each()] == []


def test_histories_keep_the_invariants():
    play(Bookings, examples=12, steps=30)


def test_with_a_piece_of_the_ledger_removed_a_history_fails(monkeypatch):
    monkeypatch.setattr(ledger, "give_back", lambda *args, **kwargs: None)
    with pytest.raises((AssertionError, IntegrityError)):
        play_until_it_breaks(Bookings, steps=30)
