"""Random histories of packing, handing over, receiving, boxes that travel and plans.

After every step the invariants of copies, loans and deliveries are checked against the database.
The same run with one guard removed must fail: otherwise it would prove nothing.
"""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests import county as makers
from tests.playing import play, play_until_it_breaks
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import invariants as circulation
from yanzhen.library.circulation import lending, losing, returning
from yanzhen.library.holdings import invariants as holdings
from yanzhen.library.holdings import travelling
from yanzhen.library.holdings.models import Transit
from yanzhen.library.rotation import (
    boxing,
    handing_over,
    invariants,
    packing,
    planning,
    receiving,
    rules,
)
from yanzhen.library.rotation.models import Manifest, ManifestLine

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHECKS = (*invariants.INVARIANTS, *holdings.INVARIANTS, *circulation.INVARIANTS)
COPIES = 6
DAY = dt.timedelta(days=1)
copies = st.integers(0, COPIES - 1)
some = st.integers(0, 3)
nodes = st.sampled_from(["hub", "zhonghe", "linjiang"])


def _pick(rows, number):
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


class Crates(RuleBasedStateMachine):
    """From the crate to the closing; one county, wound back after each history."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.place = makers.county()
        title = makers.bib()
        homes = [self.place.hub, self.place.zhonghe]
        self.copies = [makers.copy(self.place, at=homes[n % 2], title=title) for n in range(COPIES)]
        self.by = makers.staff(self.place.hub, "director")
        self.at = makers.MONDAY

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, act, **told):
        """Ask for something an hour later; a refusal is an answer too."""
        self.at += dt.timedelta(hours=1)
        with suppress(Refused), transaction.atomic():
            return act(by=self.by, at=self.at, **told)
        return None

    @rule(start=nodes, goal=nodes)
    def open_manifest(self, start, goal):
        ends = (getattr(self.place, start), getattr(self.place, goal))
        made = self.attempt(packing.open_manifest, from_node=ends[0], to_node=ends[1])
        if made:
            self.attempt(packing.gather, manifest_id=made.pk)

    @rule(which=some, number=copies)
    def pack(self, which, number):
        manifest = _pick(Manifest.objects.all(), which)
        if manifest:
            barcode = self.copies[number].barcode
            self.attempt(packing.pack, manifest_id=manifest.pk, barcode=barcode)

    @rule(which=some, slip=st.sampled_from([0, 0, 0, 1]))
    def hand_over(self, which, slip):
        manifest = _pick(Manifest.objects.all(), which)
        if manifest:
            counted = manifest.lines.filter(transit__ended_at=None).count() + slip
            self.attempt(handing_over.hand_over, manifest_id=manifest.pk, counted=counted)

    @rule(which=some, number=copies)
    def receive(self, which, number):
        manifest = _pick(Manifest.objects.all(), which)
        if manifest:
            barcode = self.copies[number].barcode
            self.attempt(receiving.receive, manifest_id=manifest.pk, barcode=barcode)

    @rule(which=some, confirmed=st.booleans())
    def close(self, which, confirmed):
        manifest = _pick(Manifest.objects.all(), which)
        if manifest:
            self.attempt(receiving.close, manifest_id=manifest.pk, confirmed=confirmed)

    @invariant()
    def every_invariant_holds(self):
        for check in CHECKS:
            assert list(check()) == [], check.__name__


class Straight(Crates):
    """One manifest with a book on it, and only the steps that guards stand before."""

    open_manifest = receive = None

    def __init__(self):
        super().__init__()
        ends = {"from_node": self.place.hub, "to_node": self.place.zhonghe}
        made = self.attempt(packing.open_manifest, **ends)
        barcode = self.copies[0].barcode
        self.attempt(packing.pack, manifest_id=made.pk, barcode=barcode)


class Deliveries(Crates):
    """All of it: what desks do meanwhile, a box with a plan, journeys stopped and lost."""

    def __init__(self):
        super().__init__()
        self.box = boxing.make_box(name="一号箱", owner=self.place.zhonghe, by=self.by, at=self.at)
        day = self.at.date()
        stages = [
            (self.place.linjiang, day, day + 30 * DAY),
            (self.place.danshan, day + 30 * DAY, day + 60 * DAY),
        ]
        self.plan = planning.make_plan(
            box=self.box, name="轮换", stages=stages, by=self.by, at=self.at
        )
        self.card = makers.reader(self.place)

    @rule(which=some, number=copies)
    def unpack(self, which, number):
        line = _pick(ManifestLine.objects.filter(copy=self.copies[number]), which)
        if line:
            self.attempt(packing.unpack, line_id=line.pk)

    @rule(number=copies, node=nodes)
    def scan(self, number, node):
        told = {"barcode": self.copies[number].barcode, "node": getattr(self.place, node)}
        self.attempt(returning.take_back, **told)

    @rule(number=copies, node=nodes)
    def lend(self, number, node):
        told = {"barcode": self.copies[number].barcode, "node": getattr(self.place, node)}
        self.attempt(lending.lend, card_number=self.card.number, **told)

    @rule(number=copies)
    def put_in_box(self, number):
        self.attempt(boxing.put_in, box_id=self.box.pk, barcode=self.copies[number].barcode)

    @rule(number=copies)
    def take_out_of_box(self, number):
        self.attempt(boxing.take_out, box_id=self.box.pk, copy_id=self.copies[number].pk)

    @rule()
    def box_goes_on(self):
        self.attempt(planning.carry_out, plan_id=self.plan.pk)

    @rule(node=nodes)
    def box_goes_elsewhere(self, node):
        due = self.at.date() + 30 * DAY
        told = {"to_node": getattr(self.place, node), "due_on": due}
        self.attempt(boxing.send_box, box_id=self.box.pk, **told)

    @rule()
    def box_comes(self):
        """The box is scanned copy by copy where it went, and its manifest closed."""
        manifest = Manifest.objects.filter(document__reason="box", closed_at=None).first()
        if manifest:
            for line in manifest.lines.select_related("copy"):
                told = {"manifest_id": manifest.pk, "barcode": line.copy.barcode}
                self.attempt(receiving.receive, **told)
            self.attempt(receiving.close, manifest_id=manifest.pk, confirmed=True)

    @rule(which=some, found=st.booleans())
    def stop(self, which, found):
        """A journey is aborted, or given up as lost."""
        journey = _pick(Transit.objects.on_the_road(), which)
        if journey:
            act = travelling.abort if found else losing.give_up
            self.at += dt.timedelta(hours=1)
            with suppress(Refused):
                act(journey, note="没有发出", by=self.by, at=self.at)

    @rule(number=copies)
    def lose(self, number):
        self.attempt(losing.declare_lost, copy_id=self.copies[number].pk, note="找不到了")


def test_no_history_breaks_an_invariant():
    play(Deliveries, examples=8, steps=30)


@pytest.mark.parametrize(
    "guard", ["what_is_handed_over_is_packed_no_more", "a_manifest_is_closed_once"]
)
def test_without_one_rule_the_run_fails(monkeypatch, guard):
    monkeypatch.setattr(rules, guard, lambda *args, **kwargs: None)
    with pytest.raises((AssertionError, IntegrityError)):
        play_until_it_breaks(Straight, steps=15)
