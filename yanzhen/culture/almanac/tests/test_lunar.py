"""Lunar dates, against a second library day by day and against dates everybody knows."""

import datetime as dt

import pytest
from borax.calendars.lunardate import LunarDate as Second

from yanzhen.culture.almanac.lunar import (
    LunarDate,
    day_words,
    lunar_of,
    month_length,
    solar_of,
    solar_term_on,
)
from yanzhen.culture.almanac.recurring import LunarRule
from yanzhen.groundwork.refusals import Refused

FIRST, LAST = dt.date(1979, 1, 1), dt.date(2056, 12, 31)


def _second(day: dt.date) -> LunarDate:
    theirs = Second.from_solar(day)
    return LunarDate(theirs.year, theirs.month, theirs.day, bool(theirs.leap))


def _month_edges():
    """The first and the last day of every lunar month, as the second library sees them."""
    day = FIRST
    while day <= LAST:
        yield day
        here = Second.from_solar(day)
        last = day + dt.timedelta(29 - here.day)
        if last < LAST and Second.from_solar(last + dt.timedelta(1)).day == 30:
            last += dt.timedelta(1)
        yield min(last, LAST)
        day = last + dt.timedelta(1)


def test_two_libraries_agree_on_the_first_and_last_day_of_every_month():
    edges = list(_month_edges())
    assert len(edges) > 2 * 12 * 77
    assert [day for day in edges if lunar_of(day) != _second(day)] == []


@pytest.mark.parametrize("year", [1979, 2026, 2033, 2056])
def test_two_libraries_agree_on_every_day_of_a_year(year):
    days = (dt.date(year, 1, 1) + dt.timedelta(n) for n in range(365))
    assert [day for day in days if lunar_of(day) != _second(day)] == []


@pytest.mark.parametrize("day", [dt.date(1979, 2, 1), dt.date(2025, 7, 25), dt.date(2056, 12, 1)])
def test_a_day_comes_back_from_its_lunar_date(day):
    assert solar_of(lunar_of(day)) == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2027, 2, 6), "正月初一"),
        ((2027, 2, 20), "正月十五"),
        ((2025, 7, 25), "闰六月初一"),  # the second sixth month of 2025
        ((2033, 10, 1), "九月初九"),  # the trap year
        ((2034, 3, 5), "正月十五"),
        ((2026, 11, 26), "十月十八"),
    ],
)
def test_known_dates_are_said_as_people_say_them(day, words):
    assert lunar_of(dt.date(*day)).words == words


def test_every_day_of_a_month_has_its_word():
    said = [day_words(day) for day in range(1, 31)]
    assert (said[0], said[9]) == ("初一", "初十")
    assert (said[10], said[19], said[20], said[29]) == ("十一", "二十", "廿一", "三十")
    assert len(set(said)) == 30


@pytest.mark.parametrize("year", [1978, 2057])
def test_outside_the_certain_years_it_refuses(year):
    with pytest.raises(Refused) as refused:
        lunar_of(dt.date(year, 6, 1))
    assert refused.value.code == "lunar-year-unknown"


def test_a_month_that_is_not_there_has_no_day():
    assert solar_of(LunarDate(2026, 6, 1, leap=True)) is None
    short = next(month for month in range(1, 13) if month_length(2026, month) == 29)
    assert solar_of(LunarDate(2026, short, 30)) is None


def test_solar_terms_are_named_on_the_day_they_begin():
    assert solar_term_on(dt.date(2026, 4, 5)) == "清明"
    assert solar_term_on(dt.date(2026, 4, 6)) == ""


def test_a_yearly_lunar_day_comes_once_a_year_also_in_a_leap_year():
    days = LunarRule(day=1, month=6).days(dt.date(2025, 1, 1), dt.date(2026, 12, 31))
    assert days == [dt.date(2025, 6, 25), dt.date(2026, 7, 14)]
    both = LunarRule(day=1, month=6, leap_too=True).days(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert both == [dt.date(2025, 6, 25), dt.date(2025, 7, 25)]


def test_a_lunar_day_of_every_month_takes_the_last_day_of_a_short_month():
    days = LunarRule(day=30).days(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert len(days) in (12, 13)
    assert all(lunar_of(day + dt.timedelta(1)).day == 1 for day in days)
