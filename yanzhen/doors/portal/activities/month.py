"""A month as a table of weeks, each day with what begins on it."""

import calendar
import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from yanzhen.culture.activities.models import Session
from yanzhen.doors.portal.activities.words import Line, line

SHOWN_A_DAY = 6


@dataclass
class Day:
    """A square of the calendar; `rest` is how many did not fit into it."""

    date: dt.date
    inside: bool
    today: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        return self.lines[:SHOWN_A_DAY]

    @property
    def rest(self) -> int:
        return len(self.lines) - len(self.shown)


def span(first: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month."""
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def weeks_of(first: dt.date, sessions: list[Session], today: dt.date) -> list[list[Day]]:
    """From Monday on. What lasts several days stands on its first day within the month."""
    weeks = [
        [Day(date, date.month == first.month, date == today) for date in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = {day.date: day for week in weeks for day in week}
    for session in sessions:
        begins = max(timezone.localtime(session.starts_at).date(), first)
        if begins in days:
            days[begins].lines.append(line(session))
    return weeks


def month_before(first: dt.date) -> dt.date:
    return (first - dt.timedelta(days=1)).replace(day=1)


def month_after(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)
