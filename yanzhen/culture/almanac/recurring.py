"""Dates that come back by the lunar calendar: every 正月十五, every 初一."""

import datetime as dt
from dataclasses import dataclass

from yanzhen.culture.almanac.lunar import LunarDate, leap_month_of, month_length, solar_of


@dataclass(frozen=True)
class LunarRule:
    """A lunar day of one month, or of every month (`month` None).

    A month of 29 days has no 三十: then its last day stands in. A leap month is passed over
    unless `leap_too`: the festival is kept in the first of the two.
    """

    day: int
    month: int | None = None
    leap_too: bool = False

    def days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The days from `first` to `last`, both included. Raises Refused outside 1979–2056."""
        found = (self._in(month) for month in _months(first.year - 1, last.year))
        return [day for day in found if day is not None and first <= day <= last]

    def _in(self, month: LunarDate) -> dt.date | None:
        if self.month not in (None, month.month) or (month.leap and not self.leap_too):
            return None
        length = month_length(month.year, month.month, leap=month.leap)
        return solar_of(LunarDate(month.year, month.month, min(self.day, length), month.leap))


def _months(first: int, last: int) -> list[LunarDate]:
    """The first day of every lunar month of these lunar years."""
    found = []
    for year in range(first, last + 1):
        leap = leap_month_of(year)
        for month in range(1, 13):
            found.append(LunarDate(year, month, 1))
            if month == leap:
                found.append(LunarDate(year, month, 1, leap=True))
    return found
