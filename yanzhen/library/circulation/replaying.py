"""Last month lived again under other rules: which loans would have gone otherwise.

Pure: loans and rows come in as values, and both rule sets see the same month. Each world counts
for itself what its readers have at home, so a loan it refuses does not fill its limit, and the
same rules twice never differ.
"""

import datetime as dt
import heapq
from bisect import bisect_right
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


DAY = dt.timedelta(days=1)


@dataclass
class World:
    """One set of rules, and what its readers have at home as the month goes by.

    Identical situations are judged once: rules change on few days and are made for few nodes, so
    a month of loans comes down to some hundred rulings.
    """

    rows: Sequence[RuleRow]
    next_open: NextOpen
    at_home: dict = field(default_factory=lambda: defaultdict(int))
    holding: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        turns = {row.valid_from for row in self.rows}
        turns |= {row.valid_to + DAY for row in self.rows if row.valid_to}
        days, paths = sorted(turns), {row.path for row in self.rows}
        self._period = cache(lambda day: bisect_right(days, day))
        self._place = cache(
            lambda path: max((p for p in paths if path.startswith(p)), key=len, default="")
        )
        self._refused = cache(self._asked)
        self._rulings: dict[tuple, Ruling] = {}

    def lend(self, loan: Replayed) -> Verdict:
        """Ask the rules of lending, with the counts of this moment."""
        alike = (loan.category, loan.kind, self._place(loan.path), self._period(loan.lent_on))
        ruled = self._rulings.get(alike)
        if ruled is None:
            ruled = self._rulings[alike] = choose(
                self.rows, category=loan.category, kind=loan.kind, path=loan.path, day=loan.lent_on
            )
        keys = _keys(loan)
        counts = [self.at_home[key] for key in keys] or [0, 0, 0]
        refused = self._refused(alike, *counts)
        if not refused:
            self._take(loan, keys)
        counted = loan.lent_on + ruled.loan_days * DAY
        return Verdict(refused, self.next_open(loan.node, counted), ruled.max_renewals)

    def _asked(self, alike: tuple, *counts: int) -> str:
        """The code of the first refusal, "" for none: the desk's own questions."""
        asked = asking.within_rules(self._rulings[alike], *counts)
        return next((each.answer.code for each in asked if each.answer), "")

    def hold(self, loan: Replayed) -> None:
        """The reader takes it home."""
        self._take(loan, _keys(loan))

    def _take(self, loan: Replayed, keys: tuple) -> None:
        self.holding.add(loan.id)
        for key in keys:
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
