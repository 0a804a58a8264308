"""Random histories of claiming, moving, swapping, releasing and waiting.

After every step the invariants are checked against the database. The same run with one guard
removed must fail: otherwise it would prove nothing.
"""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests import county
from tests.playing import play, play_until_it_breaks
from yanzhen.culture.resources import (
    changing,
    claiming,
    expiring,
    fitting_rules,
    invariants,
    placing,
)
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.resources.tests import makers
from yanzhen.groundwork.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAMES = ("hall", "left", "right", "square", "singer", "dancer", "lamps", "van")
names = st.sampled_from(NAMES)
starts = st.integers(0, 40)  # quarter hours: crowded enough that every second claim is refused
quarters = st.integers(1, 12)
which = st.integers(0, 7)


class Histories(RuleBasedStateMachine):
    """One county, wound back after each history."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.place = county.county()
        self.things = makers.things(self.place)
        self.at = makers.MONDAY
        self.serial = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _span(self, start: int, length: int) -> dict:
        quarter = dt.timedelta(minutes=15)
        begins = makers.NEXT_MONDAY + start * quarter
        return {"starts_at": begins, "ends_at": begins + length * quarter}

    def _held(self, number: int) -> Claim | None:
        rows = Claim.objects.held().order_by("pk")
        return rows[number % max(1, rows.count()) :].first()

    @rule(
        wanted=st.lists(names, min_size=1, max_size=3, unique=True), units=st.integers(1, 3),
        start=starts, length=quarters, set_up=st.sampled_from([0, 10, 30]), draft=st.booleans(),
        minors=st.booleans(), danshan=st.booleans(),
    )  # fmt: skip
    def claim(self, wanted, units, start, length, set_up, draft, minors, danshan):
        self.serial += 1
        with suppress(Refused):
            claiming.claim_all(
                reference=f"desk:{self.serial}", purpose="排练", **self._span(start, length),
                wants=[
                    claiming.Want(getattr(self.things, each).pk, units if each == "lamps" else 1)
                    for each in wanted
                ],
                site=(self.place.danshan if danshan else self.place.zhonghe).site,
                set_up=set_up, for_minors=minors,
                expires_at=self.at + dt.timedelta(hours=2) if draft else None,
                by=self.things.by, at=self.at,
            )  # fmt: skip

    @rule(number=which, start=starts, length=quarters)
    def move(self, number, start, length):
        if claim := self._held(number):
            with suppress(Refused):
                changing.move(
                    reference=claim.reference, **self._span(start, length), by=self.things.by,
                    at=self.at,
                )  # fmt: skip

    @rule(number=which)
    def release(self, number):
        if claim := self._held(number):
            changing.release(reference=claim.reference, by=self.things.by, at=self.at)

    @rule(number=which, other=names)
    def swap(self, number, other):
        if claim := self._held(number):
            with suppress(Refused):
                changing.swap(
                    claim_id=claim.pk, to_resource_id=getattr(self.things, other).pk,
                    by=self.things.by, at=self.at,
                )  # fmt: skip

    @rule(number=which)
    def confirm(self, number):
        if claim := self._held(number):
            with suppress(Refused):
                claiming.confirm(reference=claim.reference, by=self.things.by, at=self.at)

    @rule(minutes=st.integers(1, 90), sweep=st.booleans())
    def time_goes_by(self, minutes, sweep):
        self.at += dt.timedelta(minutes=minutes)
        if sweep:
            expiring.expire(self.at)

    @invariant()
    def every_invariant_holds(self):
        for check in invariants.INVARIANTS:
            assert list(check()) == [], check.__name__


def test_no_history_breaks_an_invariant():
    play(Histories, examples=25, steps=30)


def test_without_asking_what_is_taken_the_run_fails(monkeypatch):
    """The rule and the packing are blind; what the slots refuse is a Refused, so they go too."""
    honest = placing.pack
    monkeypatch.setattr(placing, "pack", lambda units, taken, **told: honest(units, (), **told))
    monkeypatch.setattr(placing.Slot.objects, "bulk_create", lambda *args, **more: None)
    with pytest.raises(AssertionError):
        play_until_it_breaks(Histories, steps=30)


def test_without_the_rule_for_minors_the_run_fails(monkeypatch):
    monkeypatch.setattr(fitting_rules, "who_teaches_minors_has_a_clear_record", lambda *args: None)
    monkeypatch.setattr(makers, "record_check", lambda *args: None)
    with pytest.raises(AssertionError):
        play_until_it_breaks(Histories, steps=30)
