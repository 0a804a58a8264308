"""The days off that the law itself names; how they are joined by 调休 is a yearly notice.

全国年节及纪念日放假办法, as amended from 2025-01-01 on; before, 春节 had three days and 劳动节 one.
"""

import datetime as dt

from yanzhen.culture.almanac.lunar import LunarDate, month_length, solar_of, solar_term_on

AMENDED = 2025


def days_of(year: int) -> list[dt.date]:
    """The statutory days off of a year, in order. Raises Refused outside 1979–2056."""
    spring = [solar_of(LunarDate(year, 1, day)) for day in (1, 2, 3)]
    fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)]
    if year >= AMENDED:
        fixed.append((5, 2))
        spring.append(solar_of(LunarDate(year - 1, 12, month_length(year - 1, 12))))
    moving = [*spring, solar_of(LunarDate(year, 5, 5)), solar_of(LunarDate(year, 8, 15))]
    days = {dt.date(year, month, day) for month, day in fixed} | {_clear_and_bright(year)}
    return sorted(days | {day for day in moving if day is not None})


def _clear_and_bright(year: int) -> dt.date:
    april = (dt.date(year, 4, day) for day in (4, 5, 6))
    return next(day for day in april if solar_term_on(day) == "清明")
