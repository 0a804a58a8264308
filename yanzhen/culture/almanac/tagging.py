"""The one tag of a session: after class, weekend, holiday (R12). Values in, a tag out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from yanzhen.culture.almanac.models import SchoolPeriod, SessionTag


@dataclass(frozen=True)
class SchoolCalendar:
    """What is known of one stage: its periods, and the days moved by the yearly notice."""

    periods: tuple[SchoolPeriod, ...]
    days_off: frozenset[dt.date] = field(default_factory=frozenset)
    working_days: frozenset[dt.date] = field(default_factory=frozenset)

    def tag(self, starts_at: dt.datetime) -> SessionTag:
        """The tag of a session that starts at this local moment.

        A public holiday comes first, then a school holiday, then the weekend; a Saturday that is
        worked in exchange 调休 is a school day.
        """
        day = starts_at.date()
        period = next(
            (each for each in self.periods if each.first_day <= day <= each.last_day), None
        )
        if day in self.days_off:
            return SessionTag.PUBLIC_HOLIDAY
        if period is not None and period.kind != SchoolPeriod.Kind.TERM:
            return SessionTag(period.kind)
        if day.weekday() >= 5 and day not in self.working_days:
            return SessionTag.WEEKEND
        if period is None or period.lessons_end is None:
            return SessionTag.UNKNOWN
        ended = starts_at.time() >= period.lessons_end
        return SessionTag.AFTER_CLASS if ended else SessionTag.SCHOOL_HOURS

    def hours(self, day: dt.date, tag: SessionTag) -> tuple[dt.time, dt.time | None] | None:
        """From and until when a session that starts on this day has this tag; None for never."""
        early, late = (
            self.tag(dt.datetime.combine(day, time)) for time in (dt.time.min, dt.time.max)
        )
        if tag not in (early, late):
            return None
        if early == late:
            return dt.time.min, None
        covering = (each for each in self.periods if each.first_day <= day <= each.last_day)
        lessons_end = next(each.lessons_end for each in covering)
        assert lessons_end  # what else would part the day
        return (lessons_end, None) if tag == late else (dt.time.min, lessons_end)


def calendar(
    periods: Iterable[SchoolPeriod], days_off: Iterable[dt.date], working_days: Iterable[dt.date]
) -> SchoolCalendar:
    return SchoolCalendar(tuple(periods), frozenset(days_off), frozenset(working_days))
