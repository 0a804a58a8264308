"""A week of claims as a page shows it: a list by day, a grid of one resource, a board of a town."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from yanzhen.culture.resources.changing import of_desk
from yanzhen.culture.resources.models import Claim, Resource

DAY = dt.timedelta(days=1)
ROW = dt.timedelta(minutes=30)
FIRST_HOUR, LAST_HOUR = 8, 21


@dataclass(frozen=True)
class Entry:
    """A claim on one day; `begins` and `ends` are cut at midnight, in county time."""

    claim: Claim
    begins: dt.datetime
    ends: dt.datetime

    @property
    def times(self) -> str:
        """14:00–16:00; 24:00 where it goes on the next day."""
        end = "24:00" if self.ends.time() == dt.time() else f"{self.ends:%H:%M}"
        return f"{self.begins:%H:%M}–{end}"

    @property
    def minutes(self) -> int:
        """How long the whole use is, for moving it."""
        return int((self.claim.ends_at - self.claim.starts_at).total_seconds() // 60)

    @property
    def movable(self) -> bool:
        """A draft or claim of the planner that has not begun."""
        return of_desk(self.claim) and self.claim.starts_at > timezone.now()


@dataclass
class Day:
    """One day of the week with what is claimed, earliest first."""

    date: dt.date
    entries: list[Entry] = field(default_factory=list)
    lanes: list[list[Entry]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the grid: as many as there are uses side by side."""
        return max(1, len(self.lanes))


def monday_of(day: dt.date) -> dt.date:
    return day - day.weekday() * DAY


def bounds(monday: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The moments a week begins and ends, in county time."""
    first = timezone.make_aware(dt.datetime.combine(monday, dt.time()))
    return first, first + 7 * DAY


def week_of(claims: Iterable[Claim], monday: dt.date) -> list[Day]:
    """Seven days; a use of several days stands under each of them."""
    days = [Day(monday + number * DAY) for number in range(7)]
    for claim in claims:
        starts, ends = timezone.localtime(claim.starts_at), timezone.localtime(claim.ends_at)
        for day in days:
            midnight = timezone.make_aware(dt.datetime.combine(day.date, dt.time()))
            begins, until = max(starts, midnight), min(ends, midnight + DAY)
            if begins < until:
                day.entries.append(
                    Entry(claim, timezone.localtime(begins), timezone.localtime(until))
                )
    for day in days:
        day.entries.sort(key=lambda each: (each.begins, each.claim.pk))
        day.lanes = _lanes(day.entries)
    return days


def _lanes(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Side by side what overlaps in the rows of the grid."""
    lanes: list[list[Entry]] = []
    for entry in entries:
        for lane in lanes:
            if _end_row(lane[-1].ends) <= _row(entry.begins):
                lane.append(entry)
                break
        else:
            lanes.append([entry])
    return lanes


def _row(moment: dt.datetime) -> int:
    """The half hour of the day a moment lies in."""
    return moment.hour * 2 + moment.minute // 30


def _end_row(moment: dt.datetime) -> int:
    """The first half hour that is free after an end; midnight is that of the next day."""
    minutes = moment.hour * 60 + moment.minute or 24 * 60
    return -(-minutes // 30)


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: an entry over `rows` half hours, or a free half hour of a day."""

    date: dt.date
    time: str
    entry: Entry | None = None
    rows: int = 1
    edge: bool = False


@dataclass(frozen=True)
class Line:
    """A half hour with the cells that begin in it; `label` on the full hour."""

    label: str
    cells: list[Cell]


def grid_of(days: Sequence[Day]) -> list[Line]:
    """The lines of one resource's week, from eight to nine or as far as anything reaches."""
    every = [entry for day in days for entry in day.entries]
    first = min([FIRST_HOUR * 2, *(_row(each.begins) for each in every)])
    last = max([LAST_HOUR * 2, *(_end_row(each.ends) for each in every)])
    return [_line(days, row, first) for row in range(first, last)]


def _line(days: Sequence[Day], row: int, first: int) -> Line:
    time = f"{row // 2:02d}:{row % 2 * 30:02d}"
    cells = []
    for day in days:
        for number in range(day.width):
            lane = day.lanes[number] if day.lanes else []
            over = next((e for e in lane if _row(e.begins) <= row < _end_row(e.ends)), None)
            if over is None:
                cells.append(Cell(day.date, time, edge=number == 0))
            elif row == max(_row(over.begins), first):
                rows = _end_row(over.ends) - row
                cells.append(Cell(day.date, time, over, rows, edge=number == 0))
    return Line(time if row % 2 == 0 else "", cells)


@dataclass(frozen=True)
class Board:
    """A resource with its seven days."""

    resource: Resource
    days: list[tuple[dt.date, list[Entry]]]


def board_of(resources: Iterable[Resource], days: Sequence[Day]) -> list[Board]:
    """A line for each resource, those with nothing to do last."""
    lines = [
        Board(
            each, [(d.date, [e for e in d.entries if e.claim.resource_id == each.pk]) for d in days]
        )
        for each in resources
    ]
    return sorted(lines, key=lambda line: not any(entries for _day, entries in line.days))
