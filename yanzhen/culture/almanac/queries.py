"""Reads about the calendar, for pages and for other packages."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from yanzhen.culture.almanac import statutory
from yanzhen.culture.almanac.models import SchoolPeriod
from yanzhen.culture.almanac.tagging import SchoolCalendar, calendar
from yanzhen.network.models import Holiday


def school_calendar(
    first: dt.date, last: dt.date, stage: str = SchoolPeriod.Stage.PRIMARY
) -> SchoolCalendar:
    """What is known of a stage from `first` to `last`; two queries. Where a year's notice is
    missing, the days the law names stand in for it."""
    periods = SchoolPeriod.objects.filter(stage=stage, first_day__lte=last, last_day__gte=first)
    moved = list(Holiday.objects.filter(day__year__range=(first.year, last.year)))
    told = {holiday.day.year for holiday in moved}
    off = [holiday.day for holiday in moved if holiday.kind == Holiday.Kind.OFF]
    for year in range(first.year, last.year + 1):
        if year not in told:
            off += statutory.days_of(year)
    working = [holiday.day for holiday in moved if holiday.kind == Holiday.Kind.WORKING]
    return calendar(periods, off, working)


@dataclass(frozen=True)
class Spell:
    """Days in a row that a notice names alike, both ends included."""

    first: dt.date
    last: dt.date
    holiday: Holiday


def spells_of(year: int) -> list[Spell]:
    """The days off and the working days in exchange of a year, joined where they adjoin."""
    rows = list(Holiday.objects.filter(day__year=year))
    starts = [0] if rows else []
    starts += [n for n, (a, b) in enumerate(pairwise(rows), 1) if not _alike(a, b)]
    ends = [*(start - 1 for start in starts[1:]), len(rows) - 1]
    return [Spell(rows[a].day, rows[b].day, rows[a]) for a, b in zip(starts, ends, strict=False)]


def _alike(a: Holiday, b: Holiday) -> bool:
    told = (a.name, a.kind, a.source, a.verification) == (b.name, b.kind, b.source, b.verification)
    return told and b.day - a.day == dt.timedelta(1)


def is_announced(year: int) -> bool:
    """True once the notice of a year's days off is loaded."""
    return Holiday.objects.filter(day__year=year).exists()


def notice_of(year: int) -> str:
    """A sentence where the days off of a year are not known yet, else ""."""
    if is_announced(year):
        return ""
    return _(
        "%(year)d 年的放假通知还没有录入：只按法律写明的放假日算，调休哪天上班还不知道。"
        "通知发布后请在这里录入。"
    ) % {"year": year}
