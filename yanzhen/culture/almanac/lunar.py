"""Chinese lunar dates of days, and days of lunar dates. Nothing but arithmetic.

Eight libraries agree on every day from 1979 to 2056; beyond, new moons near midnight divide
them, so that we refuse rather than guess (GB/T 33661—2017 is the rule they implement).
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from tyme4py.lunar import LunarDay as _LunarDay
from tyme4py.lunar import LunarMonth as _LunarMonth
from tyme4py.lunar import LunarYear as _LunarYear
from tyme4py.solar import SolarDay as _SolarDay

from yanzhen.groundwork.refusals import Refused

FIRST_YEAR, LAST_YEAR = 1979, 2056
_MONTHS = "正二三四五六七八九十冬腊"
_TENS = ("初", "十", "廿", "三")
_DIGITS = "十一二三四五六七八九"


@dataclass(frozen=True, order=True)
class LunarDate:
    """A day of the lunar calendar; `month` is 1–12, `leap` for the second of two same months."""

    year: int
    month: int
    day: int
    leap: bool = False

    @property
    def words(self) -> str:
        """八月十五, 闰六月初一, 腊月三十."""
        return f"{'闰' if self.leap else ''}{month_words(self.month)}{self.day_words}"

    @property
    def day_words(self) -> str:
        """初一 … 三十."""
        return day_words(self.day)


def month_words(month: int) -> str:
    """正月 … 腊月 for 1 … 12."""
    return f"{_MONTHS[month - 1]}月"


def day_words(day: int) -> str:
    """初一 … 三十 for 1 … 30."""
    if day in (20, 30):
        return f"{_DIGITS[day // 10]}十"
    return _TENS[0 if day == 10 else day // 10] + _DIGITS[day % 10]


def lunar_of(day: dt.date) -> LunarDate:
    """The lunar date of a day. Raises Refused `lunar-year-unknown` outside 1979–2056."""
    require_known(day.year)
    found = _SolarDay.from_ymd(day.year, day.month, day.day).get_lunar_day()
    month = found.get_lunar_month()
    return LunarDate(
        month.get_year(), month.get_month(), found.get_day(), month.get_month_with_leap() < 0
    )


def solar_of(date: LunarDate) -> dt.date | None:
    """The day of a lunar date; None where that year has no such month or day."""
    require_known(date.year)
    if date.leap and leap_month_of(date.year) != date.month:
        return None
    signed = -date.month if date.leap else date.month
    if date.day > month_length(date.year, date.month, leap=date.leap):
        return None
    found = _LunarDay.from_ymd(date.year, signed, date.day).get_solar_day()
    return dt.date(found.get_year(), found.get_month(), found.get_day())


def month_length(year: int, month: int, *, leap: bool = False) -> int:
    """29 or 30."""
    return _LunarMonth.from_ym(year, -month if leap else month).get_day_count()


def leap_month_of(year: int) -> int:
    """The number of the month that comes twice in a lunar year; 0 when none does."""
    return _LunarYear.from_year(year).get_leap_month()


def solar_term_on(day: dt.date) -> str:
    """The name of the solar term that begins on this day (清明, 冬至), or ""."""
    require_known(day.year)
    term = _SolarDay.from_ymd(day.year, day.month, day.day).get_term_day()
    return term.get_solar_term().get_name() if term.get_day_index() == 0 else ""


def require_known(year: int) -> None:
    """Raise Refused for a year whose lunar calendar is not certain."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return
    raise Refused(
        "lunar-year-unknown",
        _("%(year)d 年的农历没有把握。") % {"year": year},
        _("请选 %(first)d 到 %(last)d 年之间的日子。") % {"first": FIRST_YEAR, "last": LAST_YEAR},
    )
