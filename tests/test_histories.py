"""Random histories of lending, returning, renewing, undoing and travelling over a small county.

After every step the invariants of these packages are checked against the database, at the end of
each history all there are. The same run with one guard removed must fail: otherwise it would prove
nothing.
"""

import datetime as dt
import sys
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests import county as makers
from tests.playing import play, play_until_it_breaks
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import closing, lending, losing, returning, rules
from yanzhen.library.circulation import invariants as circulation
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.circulation.undoing import undo_lending, undo_return
from yanzhen.library.holdings import invariants as holdings
from yanzhen.library.holdings import travelling
from yanzhen.library.holdings.models import Transit
from yanzhen.library.holds import capturing, expiring, queueing, targeting
from yanzhen.library.holds import invariants as holds
from yanzhen.library.holds.cancelling import cancel_hold, change_pickup
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.holds.reordering import move_hold

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WING = (*holdings.INVARIANTS, *holds.INVARIANTS, *circulation.INVARIANTS)
COPIES, READERS = 4, 3
copies = st.integers(0, COPIES - 1)
readers = st.integers(0, READERS - 1)
nodes = st.sampled_from(["hub", "zhonghe", "linjiang", "danshan"])
hours = st.integers(0, 60 * 24)
what_to_holds = st.sampled_from(["cancel", "fetch elsewhere", "move", "not found"])


class Histories(RuleBasedStateMachine):
    """One county, wound back after each history."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.place = makers.county()
        self.place.rule.max_loans = 2
        self.place.rule.save()
        title = makers.bib()
        homes = [self.place.zhonghe, self.place.danshan, self.place.hub, self.place.hub]
        self.copies = [makers.copy(self.place, at=home, title=title) for home in homes]
        self.cards = [makers.reader(self.place, name=f"读者{n}") for n in range(READERS)]
        self.at = makers.MONDAY

    def teardown(self):
        try:
            # After a step that failed PostgreSQL answers nothing more in this transaction.
            if sys.exc_info()[0] is None:
                assert list(invariants.broken()) == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def _now(self, minutes: int) -> dt.datetime:
        self.at += dt.timedelta(minutes=minutes, seconds=1)
        return self.at

    @rule(copy=copies, reader=readers, node=nodes, minutes=hours)
    def lend(self, copy, reader, node, minutes):
        node = getattr(self.place, node)
        with suppress(Refused):
            lending.lend(
                barcode=self.copies[copy].barcode,
                card_number=self.cards[reader].number,
                node=node,
                by=makers.staff(node),
                at=self._now(minutes),
            )

    @rule(copy=copies, node=nodes, minutes=hours)
    def take_back(self, copy, node, minutes):
        node = getattr(self.place, node)
        returning.take_back(
            barcode=self.copies[copy].barcode,
            node=node,
            by=makers.staff(node),
            at=self._now(minutes),
        )

    @rule(copy=copies, minutes=hours)
    def renew(self, copy, minutes):
        loan = Loan.objects.filter(copy=self.copies[copy]).last()
        if loan:
            with suppress(Refused):
                renew(loan_id=loan.pk, by=makers.staff(self.place.hub), at=self._now(minutes))

    @rule(
        copy=copies, minutes=st.integers(0, 40), what=st.sampled_from([undo_lending, undo_return])
    )
    def take_it_all_back(self, copy, minutes, what):
        loan = Loan.objects.filter(copy=self.copies[copy]).last()
        if loan:
            with suppress(Refused):
                what(loan_id=loan.pk, by=makers.staff(self.place.hub), at=self._now(minutes))

    @rule(copy=copies, minutes=hours)
    def abort_a_journey(self, copy, minutes):
        journey = Transit.objects.filter(copy=self.copies[copy]).last()
        if journey:
            with suppress(Refused):
                travelling.abort(
                    journey, note="误扫", by=makers.staff(self.place.hub), at=self._now(minutes)
                )

    @rule(reader=readers, copy=copies, node=nodes, one_copy=st.booleans(), minutes=hours)
    def place_a_hold(self, reader, copy, node, one_copy, minutes):
        self._hold(reader, copy, node, one_copy, minutes)

    def _hold(self, reader, copy, node, one_copy, minutes):
        with suppress(Refused):
            place_hold(
                person_id=self.cards[reader].person_id,
                bib_id=self.copies[copy].bib_id,
                copy_id=self.copies[copy].pk if one_copy else None,
                pickup=getattr(self.place, node),
                by=makers.staff(self.place.hub),
                at=self._now(minutes),
            )

    @rule(
        which=st.integers(0, READERS - 1), node=nodes, move_to=st.integers(1, 3), what=what_to_holds
    )
    def change_a_hold(self, which, node, move_to, what):
        hold = Hold.objects.live().order_by("pk")[which : which + 1].first()
        if hold is None:
            return
        told = {"hold_id": hold.pk, "by": makers.staff(self.place.hub), "at": self._now(5)}
        with suppress(Refused):
            if what == "cancel":
                cancel_hold(**told)
            elif what == "fetch elsewhere":
                change_pickup(pickup=getattr(self.place, node), **told)
            elif what == "move":
                move_hold(position=move_to, reason="馆长同意", **told)
            elif hold.target_id:
                targeting.not_found(copy_id=hold.target_id, node=self.place.hub, **told)

    @rule(days=st.integers(0, 9))
    def time_goes_by(self, days):
        at = self._now(days * 24 * 60)
        expiring.expire(at)
        expiring.recover(at)
        targeting.refresh(at)

    @rule(copy=copies, reader=readers, node=nodes)
    def lend_although_held(self, copy, reader, node):
        node = getattr(self.place, node)
        with suppress(Refused):
            lending.lend(
                barcode=self.copies[copy].barcode,
                card_number=self.cards[reader].number,
                node=node,
                by=makers.staff(node),
                at=self._now(3),
                although_held="馆长同意",
            )

    @rule(copy=copies)
    def declare_lost(self, copy):
        """On its shelf, on loan or on the road: a copy may be lost anywhere, once."""
        with suppress(Refused):
            losing.declare_lost(
                copy_id=self.copies[copy].pk,
                note="找不到了",
                by=makers.staff(self.place.hub),
                at=self._now(1),
            )

    @invariant()
    def every_invariant_holds(self):
        for check in WING:
            assert list(check()) == [], check.__name__


class Holding(Histories):
    """Only what makes holds and lends: a rule about held copies is met within a few steps."""

    renew = take_it_all_back = abort_a_journey = time_goes_by = declare_lost = None
    change_a_hold = None


class Queueing(Histories):
    """Only what makes and ends holds; three wait from the beginning."""

    renew = take_it_all_back = abort_a_journey = time_goes_by = declare_lost = None
    lend = take_back = lend_although_held = None

    def __init__(self):
        super().__init__()
        for reader in range(READERS):
            self._hold(reader, 0, "linjiang", one_copy=False, minutes=1)


def test_no_history_breaks_an_invariant():
    """Two thousand steps."""
    play(Histories, examples=50, steps=40)


@pytest.mark.parametrize("effect", ["close_loan", "send_home", "receive", "send_to_pickup"])
def test_without_one_effect_the_run_fails(monkeypatch, effect):
    monkeypatch.setitem(returning.EFFECTS, effect, lambda scan: None)
    monkeypatch.setattr(closing, "plain_return", lambda **_told: iter(()))  # has them in one write
    with pytest.raises((AssertionError, IntegrityError)):
        play_until_it_breaks(Histories, steps=40)


def test_without_the_closing_of_the_loan_a_plain_return_fails(monkeypatch):
    whole = closing._steps

    def without_the_loan(*told):
        return [step for step in whole(*told) if step.name != "loan"]

    monkeypatch.setattr(closing, "_steps", without_the_loan)
    with pytest.raises((AssertionError, IntegrityError)):
        play_until_it_breaks(Histories, steps=40)


def test_without_the_rule_for_held_copies_the_run_fails(monkeypatch):
    name = "a_copy_held_for_another_is_lent_with_a_reason"
    monkeypatch.setattr(rules, name, lambda *args: None)
    monkeypatch.setattr(capturing, "put_back", lambda *args, **kwargs: None)
    with pytest.raises(AssertionError):
        play_until_it_breaks(Holding, steps=40)


def test_without_moving_up_the_run_fails(monkeypatch):
    monkeypatch.setattr(queueing, "close_gap", lambda *args: None)
    with pytest.raises((AssertionError, IntegrityError)):
        play_until_it_breaks(Queueing, steps=40)


def test_without_the_rule_against_lending_twice_the_run_fails(monkeypatch):
    monkeypatch.setattr(rules, "a_copy_on_loan_is_not_lent_again", lambda *args, **kwargs: None)
    with pytest.raises(IntegrityError):
        play_until_it_breaks(Histories, steps=40)
