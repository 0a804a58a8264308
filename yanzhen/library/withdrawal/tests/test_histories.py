"""Random histories of the stock: registering, transferring, losing and finding, mending, counting,
proposing, approving, undoing.

After every step every invariant is checked against the database. The same run with one guard
removed must fail: otherwise it would prove nothing.
"""

import datetime as dt
import itertools
from contextlib import suppress

import pytest
from django.db import DatabaseError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests import county as makers
from tests.playing import play, play_until_it_breaks
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import invariants as circulation
from yanzhen.library.circulation import lending, losing, returning
from yanzhen.library.holdings import accessioning, flagging, stock, transferring
from yanzhen.library.holdings import invariants as holdings
from yanzhen.library.holdings.models import Copy
from yanzhen.library.stocktaking import counting
from yanzhen.library.stocktaking.models import Count
from yanzhen.library.withdrawal import deciding, proposing, rules
from yanzhen.library.withdrawal import invariants as withdrawal
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.people.roles import Actor, Grant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

which = st.integers(0, 3)
nodes = st.sampled_from(["hub", "zhonghe", "linjiang"])
minutes = st.integers(0, 60 * 24 * 3)
MENDING = (flagging.mark_damaged, flagging.mend, flagging.send_to_repair,
           flagging.mark_missing, flagging.mark_seen)  # fmt: skip


class Stock(RuleBasedStateMachine):
    """One small stock, wound back after each history."""

    def __init__(self):
        super().__init__()
        self.undo_all = transaction.atomic()
        self.undo_all.__enter__()
        self.place = makers.county()
        self.serial = itertools.count(1)
        self.at = makers.MONDAY
        self.clerk = makers.staff(self.place.hub)
        grant = Grant("director", self.place.hub.path, self.place.hub.code)
        self.chief = Actor(9, 9, "李馆长", (grant,))
        self.card = makers.reader(self.place)
        for home in (self.place.zhonghe, self.place.hub):
            makers.copy(self.place, at=home)

    def teardown(self):
        transaction.set_rollback(True)
        self.undo_all.__exit__(None, None, None)

    def _told(self, later: int = 1, by: Actor | None = None) -> dict:
        self.at += dt.timedelta(minutes=later, seconds=1)
        return {"by": by or self.clerk, "at": self.at}

    def _copy(self, number: int) -> Copy:
        found = list(Copy.objects.order_by("pk"))
        return found[number % len(found)]

    @rule(node=nodes)
    def register(self, node):
        if Copy.objects.count() < 4:
            accessioning.add_copy(
                bib=makers.bib(), barcode=f"S{next(self.serial)}", kind=self.place.book,
                node=getattr(self.place, node), **self._told(),
            )  # fmt: skip

    @rule(copy=which, node=nodes)
    def transfer(self, copy, node):
        with suppress(Refused):
            transferring.transfer(
                copy_id=self._copy(copy).pk, to_node=getattr(self.place, node), document="8号",
                **self._told(),
            )  # fmt: skip

    @rule(copy=which)
    def lose(self, copy):
        with suppress(Refused):
            losing.declare_lost(copy_id=self._copy(copy).pk, note="找不到", **self._told())

    @rule(copy=which, node=nodes, later=minutes)
    def scan(self, copy, node, later):
        """Finds what was lost, receives what travels, takes back what is on loan."""
        node = getattr(self.place, node)
        returning.take_back(barcode=self._copy(copy).barcode, node=node, **self._told(later))

    @rule(copy=which)
    def lend(self, copy):
        copy = self._copy(copy)
        with suppress(Refused):
            lending.lend(
                barcode=copy.barcode, card_number=self.card.number, node=copy.current_node,
                **self._told(),
            )  # fmt: skip

    @rule(copy=which, what=st.sampled_from(MENDING))
    def mend(self, copy, what):
        with suppress(Refused):
            what(copy_id=self._copy(copy).pk, note="看过", **self._told())

    @rule(copy=which)
    def propose(self, copy):
        copy, told = self._copy(copy), self._told()
        with suppress(Refused), transaction.atomic():
            made = proposing.open_list(node=copy.home_node, **told)
            proposing.add_scanned(list_id=made.pk, barcode=copy.barcode, reason="damaged", **told)
            proposing.submit(list_id=made.pk, **told)

    @rule()
    def approve(self):
        self._decide_all(approves=True)

    @rule()
    def refuse(self):
        self._decide_all(approves=False)

    def _decide_all(self, *, approves: bool):
        for made in WithdrawalList.objects.waiting():
            lines = made.lines.undecided().values_list("pk", flat=True)
            told = {"list_id": made.pk, "line_ids": list(lines), **self._told(by=self.chief)}
            if approves:
                deciding.approve(**told)
            else:
                deciding.refuse(note="留着", **told)

    @rule(later=minutes)
    def undo(self, later):
        line = WithdrawalLine.objects.in_force().last()
        if line:
            with suppress(Refused):
                deciding.undo(line_id=line.pk, note="批错了", **self._told(later, self.chief))

    @rule(node=nodes, copies=st.sets(which))
    def count(self, node, copies):
        """A whole count: what is scanned is seen, what is not is missed, no state changes."""
        before = dict(Copy.objects.values_list("pk", "state"))
        with suppress(Refused):
            count = counting.open_count(node=getattr(self.place, node), **self._told())
            for copy in copies:
                counting.record_scan(
                    count_id=count.pk, barcode=self._copy(copy).barcode, **self._told()
                )
            counting.close_count(count_id=count.pk, **self._told())
        assert dict(Copy.objects.values_list("pk", "state")) == before
        assert not Count.objects.filter(closed_at=None).exists()

    @invariant()
    def every_invariant_holds(self):
        assert list(invariants.broken()) == []


class Focused(Stock):
    """Few rules, and only the invariants of the stock: a missing guard is met within seconds."""

    transfer = lose = mend = count = register = scan = lend = undo = None
    propose = approve = refuse = None

    @invariant()
    def every_invariant_holds(self):
        for check in (*holdings.INVARIANTS, *withdrawal.INVARIANTS, *circulation.INVARIANTS):
            assert list(check()) == []


class Withdrawing(Focused):
    lend, propose, approve = Stock.lend, Stock.propose, Stock.approve


class Approving(Focused):
    propose, approve = Stock.propose, Stock.approve


class Finding(Focused):
    lose, scan = Stock.lose, Stock.scan


class Transferring(Focused):
    transfer = Stock.transfer


def test_no_history_breaks_an_invariant():
    play(Stock, examples=3, steps=25)


def test_without_the_rule_about_what_is_out_the_run_fails(monkeypatch):
    monkeypatch.setattr(rules, "only_what_stands_on_its_shelf_is_withdrawn", lambda state: None)
    with pytest.raises((AssertionError, DatabaseError)):
        play_until_it_breaks(Withdrawing, steps=15)


def test_without_an_approved_line_the_database_stops_the_run(monkeypatch):
    """The use-case forgets to write the decision down: the trigger speaks at the first approval."""
    monkeypatch.setattr(deciding, "_decide", lambda *args: None)
    with pytest.raises(DatabaseError, match="approved list"):
        play_until_it_breaks(Approving, steps=15)


def test_without_the_event_of_a_find_the_run_fails(monkeypatch):
    monkeypatch.setitem(returning.EFFECTS, "note_found", lambda scan: None)
    with pytest.raises(AssertionError, match="add up"):
        play_until_it_breaks(Finding, steps=15)


def test_a_transfer_booked_on_one_side_only_fails_the_run(monkeypatch):
    record = stock.record

    def half(copy, kind, **told):
        return None if kind == stock.Kind.TRANSFER_IN else record(copy, kind, **told)

    monkeypatch.setattr(transferring.stock, "record", half)
    with pytest.raises(AssertionError, match="add up"):
        play_until_it_breaks(Transferring, steps=15)
