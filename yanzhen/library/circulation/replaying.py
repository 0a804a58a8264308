"""Last month lived again under other rules: which loans would have gone otherwise.

Pure: loans and rows come in as values, and both rule sets see the same month. Each world counts
for itself what its readers have at home, so a loan it refuses does not fill its limit, and the
same rules twice never differ.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from yanzhen.library.circulation import asking
from yanzhen.library.circulation.ruling import RuleRow, Ruling, choose

NextOpen = Callable[[int, dt.date], dt.date]


class Replayed(NamedTuple):
    """A loan as the replay needs it. `person` is None once it is detached from its reader."""

    id: int
    person: int | None
    category: str
    kind: str
    node: int
    path: str
    owner: int
    lent_at: dt.datetime
    lent_on: dt.date
    returned_at: dt.datetime | None
    renewals: int


class Verdict(NamedTuple):
    """What a set of rules says to one loan. `refused` is the code, "" when it is lent."""

    refused: str
    due_on: dt.date
    max_renewals: int


@dataclass
class World:
    """One set of rules, and what its readers have at home as the month goes by."""

    rows: Sequence[RuleRow]
    next_open: NextOpen
    at_home: dict = field(default_factory=lambda: defaultdict(int))
    holding: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        rows = self.rows

        @cache
        def ruled(category: str, kind: str, path: str, day: dt.date) -> Ruling:
            return choose(rows, category=category, kind=kind, path=path, day=day)

        self._ruled = ruled

    def lend(self, loan: Replayed) -> Verdict:
        """Ask the rules of lending, with the counts of this moment."""
        ruled = self._ruled(loan.category, loan.kind, loan.path, loan.lent_on)
        counts = [self.at_home[key] for key in _keys(loan)] or [0, 0, 0]
        asked = asking.within_rules(ruled, *counts)
        refused = next((each.answer.code for each in asked if each.answer), "")
        if not refused:
            self.hold(loan)
        counted = loan.lent_on + dt.timedelta(days=ruled.loan_days)
        return Verdict(refused, self.next_open(loan.node, counted), ruled.max_renewals)

    def hold(self, loan: Replayed) -> None:
        """The reader takes it home."""
        self.holding.add(loan.id)
        for key in _keys(loan):
            self.at_home[key] += 1

    def give_back(self, loan: Replayed) -> None:
        """The reader brings it back, if this world ever lent it."""
        if loan.id in self.holding:
            self.holding.discard(loan.id)
            for key in _keys(loan):
                self.at_home[key] -= 1


class Change(NamedTuple):
    """A loan that would have gone otherwise, and both verdicts."""

    loan: Replayed
    now: Verdict
    then: Verdict

    @property
    def kinds(self) -> tuple[str, ...]:
        """What differs: refused (and then nothing else), allowed, due, renewals."""
        if self.then.refused and not self.now.refused:
            return ("refused",)
        if self.then.refused:
            return ()
        found = ["allowed"] if self.now.refused else []
        if self.then.due_on != self.now.due_on:
            found.append("later" if self.then.due_on > self.now.due_on else "earlier")
        if self.loan.renewals > self.then.max_renewals:
            found.append("renewals")
        return tuple(found)


def replay(
    before: Iterable[Replayed], month: Sequence[Replayed], *, now: World, then: World
) -> list[Change]:
    """Live the month in both worlds; return the loans that differ, in the order of time.

    `before` are the loans already at home when the month began.
    """
    coming: list[tuple[dt.datetime, int, Replayed]] = []
    for loan in before:
        for world in (now, then):
            world.hold(loan)
        _expect(coming, loan)
    changes = []
    for loan in month:
        while coming and coming[0][0] <= loan.lent_at:
            back = heapq.heappop(coming)[2]
            now.give_back(back)
            then.give_back(back)
        change = Change(loan, now.lend(loan), then.lend(loan))
        _expect(coming, loan)
        if change.kinds:
            changes.append(change)
    return changes


def in_place_of(
    rows: Iterable[RuleRow], changed: Iterable[RuleRow], ended: set[tuple[str, str, str]]
) -> list[RuleRow]:
    """The standing rows with those of a draft in place of the ones with the same keys."""
    drafted = list(changed)
    gone = {row.keys for row in drafted} | ended
    return [row for row in rows if row.keys not in gone] + drafted


def _keys(loan: Replayed) -> tuple:
    """What a loan counts towards: its reader, the reader's loans of the kind, of the owner."""
    if loan.person is None:
        return ()
    return loan.person, (loan.person, "kind", loan.kind), (loan.person, "owner", loan.owner)


def _expect(coming: list, loan: Replayed) -> None:
    if loan.returned_at is not None:
        heapq.heappush(coming, (loan.returned_at, loan.id, loan))
