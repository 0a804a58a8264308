"""The four festivals of a year and which one a day counts for (R08, policy d.4)."""

import datetime as dt

import pytest
from django.db import IntegrityError

from tests.county import MONDAY, staff
from yanzhen.culture.almanac import setting
from yanzhen.culture.almanac.festivals import day_of, festival_on, windows_of
from yanzhen.culture.almanac.lunar import lunar_of
from yanzhen.culture.almanac.models import Festival, FestivalWindow
from yanzhen.groundwork.refusals import Refused

pytestmark = pytest.mark.django_db
KNOWN = {
    2022: ("02-01", "06-03", "09-10"),
    2023: ("01-22", "06-22", "09-29"),
    2024: ("02-10", "06-10", "09-17"),
    2025: ("01-29", "05-31", "10-06"),
    2026: ("02-17", "06-19", "09-25"),
    2027: ("02-06", "06-09", "09-15"),
    2028: ("01-26", "05-28", "10-03"),
    2029: ("02-13", "06-16", "09-22"),
    2030: ("02-03", "06-05", "09-12"),
}


@pytest.mark.parametrize("year", KNOWN)
def test_the_festivals_of_the_policy(year):
    days = [day_of(festival, year).strftime("%m-%d") for festival in Festival]
    assert days == [*KNOWN[year], "10-01"]


def test_the_plan_of_2027():
    days = {window.festival: window.day for window in windows_of(2027)}
    assert days == {
        Festival.SPRING: dt.date(2027, 2, 6),
        Festival.DRAGON_BOAT: dt.date(2027, 6, 9),
        Festival.MID_AUTUMN: dt.date(2027, 9, 15),
        Festival.NATIONAL: dt.date(2027, 10, 1),
    }


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_spring_lasts_from_the_little_new_year_to_the_lanterns(year):
    spring = windows_of(year)[0]
    assert lunar_of(spring.first).words == "腊月廿三"
    assert lunar_of(spring.last).words == "正月十五"


@pytest.mark.parametrize("year", [2023, 2025, 2028])
def test_a_day_counts_for_one_festival(year):
    """中秋 beside or inside the 国庆 week: the nearer one, or the one the planner chose."""
    windows = windows_of(year)
    moon = day_of(Festival.MID_AUTUMN, year)
    assert festival_on(moon, windows) == Festival.MID_AUTUMN
    assert festival_on(dt.date(year, 10, 1), windows) == Festival.NATIONAL
    assert festival_on(moon, windows, chosen=Festival.NATIONAL) == Festival.NATIONAL
    assert festival_on(moon, windows, chosen=Festival.SPRING) == Festival.MID_AUTUMN
    assert festival_on(dt.date(year, 7, 15), windows) is None


def test_a_county_sets_its_own_width_and_goes_back_to_custom(place):
    director = staff(place.hub, "director")
    setting.set_festival_window(
        Festival.NATIONAL, days_before=3, days_after=10, by=director, at=MONDAY
    )
    national = windows_of(2027)[-1]
    assert (national.first, national.last) == (dt.date(2027, 9, 28), dt.date(2027, 10, 11))
    setting.follow_custom(Festival.NATIONAL, by=director, at=MONDAY)
    assert windows_of(2027)[-1].first == dt.date(2027, 9, 24)


def test_a_festival_window_is_at_most_two_months_a_side(place):
    with pytest.raises(Refused) as refused:
        setting.set_festival_window(
            Festival.SPRING, days_before=61, days_after=1,
            by=staff(place.hub, "director"), at=MONDAY,
        )  # fmt: skip
    assert refused.value.code == "festival-window-too-wide"
    with pytest.raises(IntegrityError):
        FestivalWindow.objects.create(festival=Festival.SPRING, days_before=61, days_after=1)


def test_only_headquarters_sets_the_window(place):
    with pytest.raises(Refused):
        setting.set_festival_window(
            Festival.SPRING, days_before=1, days_after=1,
            by=staff(place.danshan, "culture_officer"), at=MONDAY,
        )  # fmt: skip
