"""Why an answer is what it is: which rows gave the values, and why the day it falls due."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yanzhen.library.circulation.ruling import VALUES, RuleRow, Ruling
from yanzhen.network.opening import LONGEST_SEARCH, Calendar

PREFERRED = ("disabled", "elder")


@dataclass(frozen=True)
class Given:
    """One value, and the row that gave it; None where no row limits it."""

    name: str
    value: Any
    row: RuleRow | None


@dataclass(frozen=True)
class Passed:
    """A day on which nothing can fall due, and the notice if the closure was announced."""

    day: dt.date
    notice: str


@dataclass(frozen=True)
class Due:
    """How a due date came about: counted from `start`, then on to the first open day."""

    start: dt.date
    days: int
    counted: dt.date
    passed: tuple[Passed, ...]
    due_on: dt.date


@dataclass(frozen=True)
class Preference:
    """What readers of a category have beyond the same rules without it (R27)."""

    more_days: int
    more_loans: int
    more_renewals: int

    @property
    def any(self) -> bool:
        return self.more_days > 0 or self.more_loans > 0 or self.more_renewals > 0


def given(ruled: Ruling) -> tuple[Given, ...]:
    """Every value of a ruling with its source, in one order."""
    return tuple(Given(name, getattr(ruled, name), ruled.sources.get(name)) for name in VALUES)


def due(start: dt.date, days: int, calendar: Calendar) -> Due:
    """Retrace a due date; the same day `due_dates` gives, with the days passed over."""
    counted = start + dt.timedelta(days=days)
    due_on = calendar.next_open_day(counted)
    return Due(start, days, counted, tuple(_passed(counted, due_on, calendar)), due_on)


def preference(ruled: Ruling, without: Ruling) -> Preference:
    """Compare a ruling with what somebody of no category would get."""
    return Preference(
        ruled.loan_days - without.loan_days,
        ruled.max_loans - without.max_loans,
        ruled.max_renewals - without.max_renewals,
    )


def _passed(counted: dt.date, due_on: dt.date, calendar: Calendar) -> Iterator[Passed]:
    for n in range(min((due_on - counted).days, LONGEST_SEARCH)):
        day = counted + dt.timedelta(days=n)
        closure = calendar.closure_on(day)
        yield Passed(day, closure.notice if closure else "")
