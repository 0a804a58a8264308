"""Why an answer is what it is: which rows gave the values, and why the day it falls due."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from yanzhen.groundwork import generations
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Ground, Refused
from yanzhen.library.circulation import ruling
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.ruling import VALUES, Ruling
from yanzhen.network.opening import LONGEST_SEARCH, Calendar


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


RESTS_ON = {
    "loan-limit-reached": "max_loans",
    "kind-limit-reached": "max_loans_kind",
    "owner-limit-reached": "max_loans_owned",
    "kind-not-lendable": "lendable",
    "renewal-limit-reached": "max_renewals",
}
LAWS = {"copy-adult-only": Ground("adult_only", True, document="《公共图书馆法》第三十七条")}


def given(ruled: Ruling) -> tuple[Ground, ...]:
    """Every value of a ruling with the row that gave it, in one order."""
    return tuple(_ground(name, ruled) for name in VALUES)


def of_loan(loan: Loan) -> tuple[Ground, ...]:
    """Why a loan has its values: rows are never overwritten, so those of its day still tell.

    Wants `copy.kind` and `governing_node` loaded. Empty where nothing of that day is known.
    """
    rows = ruling.in_force(generations.current(ruling.GENERATION))
    try:
        ruled = ruling.choose(
            rows, category=loan.category_code, kind=loan.copy.kind.code,
            path=loan.governing_node.path, day=local_day(loan.lent_at),
        )  # fmt: skip
    except LookupError:
        return ()
    return given(ruled)


def grounded(answer: Refused | None, grounds: tuple[Ground, ...]) -> Refused | None:
    """The same answer; a refusal knows the value it rests on."""
    if answer is not None:
        name = RESTS_ON.get(answer.code)
        law = LAWS.get(answer.code)
        answer.explain = (law,) if law else tuple(each for each in grounds if each.name == name)
    return answer


def _ground(name: str, ruled: Ruling) -> Ground:
    row, value = ruled.sources.get(name), getattr(ruled, name)
    return Ground(name, value, row.id, row.document, row.keys) if row else Ground(name, value)


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
