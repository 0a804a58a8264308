"""Random histories of ordering, allocating, receiving, paying and cancelling.

After every step the invariants of the wing are checked. The same run with one guard removed must
fail: otherwise it would prove nothing.
"""

import itertools
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests import county
from tests.playing import play, play_until_it_breaks
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import gathering, invariants, ordering, paying, receiving, wishing
from yanzhen.library.acquisitions.models import Invoice, Order, OrderLine, Wish
from yanzhen.library.acquisitions.receiving import Came
from yanzhen.library.acquisitions.tests.makers import DREAM, MONDAY, NAMELESS, buying, draft, placed
from yanzhen.library.holdings import invariants as holdings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

some = st.integers(0, 3)
few = st.integers(0, 4)
places = st.sampled_from(["hub", "zhonghe", "linjiang"])
titles = st.sampled_from([DREAM, NAMELESS])


def _pick(rows, number):
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


class Purchases(RuleBasedStateMachine):
    """One county with some money, wound back after each history."""

    yuan = 300

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.place = county.county()
        self.buyer = buying(self.place, yuan=self.yuan)
        self.serial = itertools.count(1)
        self.act = {"by": self.buyer.by, "at": MONDAY}

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(title=titles, node=places, copies=st.integers(1, 3))
    def wish(self, title, node, copies):
        node = getattr(self.place, node)
        with suppress(Refused):
            wishing.wish(title, node=node, quantity=copies, by=county.staff(node), at=MONDAY)

    @rule(extra=st.booleans())
    def gather(self, extra):
        order = Order.objects.drafts().first() or draft(self.buyer)
        ids = list(Wish.objects.undecided().values_list("pk", flat=True))
        with suppress(Refused):
            gathering.gather(
                ids, order_id=order.pk, fund=self.buyer.fund, extra=ids if extra else (),
                **self.act,
            )  # fmt: skip

    @rule(which=some, fen=st.integers(0, 9000), shares=st.tuples(few, few, few))
    def allocate(self, which, fen, shares):
        line = _pick(OrderLine.objects.all(), which)
        if line:
            nodes = (self.place.hub, self.place.zhonghe, self.place.linjiang)
            split = {node.pk: count for node, count in zip(nodes, shares, strict=True)}
            with suppress(Refused):
                ordering.revise_line(
                    line.pk, fund=self.buyer.fund, list_fen=fen, discount=8000, shares=split,
                    extra=split, **self.act,
                )  # fmt: skip

    @rule(which=some)
    def place_order(self, which):
        order = _pick(Order.objects.all(), which)
        if order:
            with suppress(Refused):
                ordering.place(order.pk, **self.act)

    @rule(which=some, copies=few, damaged=few)
    def receive(self, which, copies, damaged):
        line = _pick(OrderLine.objects.all(), which)
        if line:
            row = line.allocations.all()[0]
            codes = [f"N{next(self.serial)}" for _ in range(copies)]
            with suppress(Refused):
                receiving.receive(
                    line.pk, {row.pk: Came(copies, damaged)}, barcodes=codes,
                    kind=self.place.book, at_node=self.place.hub, **self.act,
                )  # fmt: skip

    @rule(which=some, node=places)
    def redirect(self, which, node):
        line = _pick(OrderLine.objects.all(), which)
        if line:
            with suppress(Refused):
                receiving.redirect(
                    line.allocations.all()[0].pk, to_node=getattr(self.place, node), **self.act
                )

    @rule(which=some, copies=st.integers(1, 4), fen=st.integers(0, 9000))
    def pay(self, which, copies, fen):
        line = _pick(OrderLine.objects.all(), which)
        if line:
            with suppress(Refused):
                paying.book_invoice(
                    line.order_id, {line.pk: (copies, copies * fen)},
                    number=f"F{next(self.serial)}", voucher="记-1", day=MONDAY.date(), **self.act,
                )  # fmt: skip

    @rule(which=some)
    def reverse(self, which):
        invoice = _pick(Invoice.objects.all(), which)
        if invoice:
            with suppress(Refused):
                paying.reverse(invoice.pk, **self.act)

    @rule(which=some)
    def give_up(self, which):
        line = _pick(OrderLine.objects.all(), which)
        if line:
            with suppress(Refused):
                receiving.give_up(line.pk, reason="out_of_print", **self.act)

    @rule(which=some)
    def cancel(self, which):
        order = _pick(Order.objects.all(), which)
        if order:
            with suppress(Refused):
                ordering.cancel(order.pk, reason="不要了", **self.act)

    @invariant()
    def every_invariant_holds(self):
        for check in (*invariants.INVARIANTS, *holdings.INVARIANTS):
            assert list(check()) == [], check.__name__


class Straight(Purchases):
    """Orders and bills only, and little money: a guard is met within a few steps."""

    yuan = 50
    wish = gather = allocate = place_order = redirect = reverse = give_up = cancel = None

    @rule(title=titles, fen=st.integers(2000, 9000), copies=st.integers(1, 3))
    def order(self, title, fen, copies):
        hub = self.place.hub.pk
        with suppress(Refused):
            placed(self.buyer, {hub: copies}, title=title, fen=fen, extra=[hub])


def test_no_history_breaks_an_invariant():
    play(Purchases, examples=8, steps=30)


@pytest.mark.parametrize("guard", ["over_budget_is_stopped", "paid_stays_within_received"])
def test_without_one_rule_the_run_fails(monkeypatch, guard):
    monkeypatch.setattr(ordering.rules, guard, lambda *args, **kwargs: None)
    with pytest.raises((AssertionError, IntegrityError)):
        play_until_it_breaks(Straight, steps=30)
