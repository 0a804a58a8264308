"""The sentences, each with what passes and what does not."""

import datetime as dt

import pytest

from yanzhen.culture.tours import numbers, route_rules, rules
from yanzhen.culture.tours.models import MenuOrder
from yanzhen.culture.tours.timetable import Leg, Times, home_at, timetable

TODAY = dt.date(2026, 11, 23)


def test_a_stop_without_head_count_and_photo_counts_zero():
    counted = route_rules.a_stop_without_head_count_and_photo_counts_zero
    assert counted(120, True) == 120
    assert counted(120, False) == counted(0, True) == counted(0, False) == 0


@pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, True), (366, True), (367, False)])
def test_an_order_is_for_a_day_to_come(days, passes):
    refused = rules.an_order_is_for_a_day_to_come(TODAY + dt.timedelta(days), TODAY)
    assert (refused is None) is passes


def test_an_item_is_ordered_in_its_season():
    asked = rules.an_item_is_ordered_in_its_season
    assert asked("any", [TODAY]) is None
    assert asked("autumn", [TODAY]) is None
    assert asked("winter", [TODAY]).code == "out-of-season"
    assert asked("winter", [dt.date(2027, 1, 3), TODAY]).code == "out-of-season"


def test_a_building_site_says_how_visitors_stay_safe():
    asked = rules.a_building_site_says_how_visitors_stay_safe
    assert asked("worksite", "").code == "safety-note-missing"
    assert asked("worksite", "生活区") is None
    assert asked("school", "") is None


def test_an_order_goes_only_where_its_state_leads():
    asked = rules.an_order_goes_only_where_its_state_leads
    assert asked("asked", "assigned") is None
    assert asked("assigned", "asked") is None
    for ended in ("done", "declined", "cancelled"):
        for wanted in MenuOrder.State.values:
            assert asked(ended, wanted).code == "order-is-elsewhere"
    assert asked("asked", "done").code == "order-is-elsewhere"


def test_an_order_expects_people():
    assert rules.an_order_expects_people(1) is None
    assert rules.an_order_expects_people(0).code == "heads-unlikely"
    assert rules.an_order_expects_people(10**9).code == "heads-unlikely"


def test_a_photo_is_a_picture_of_at_most_8_mb():
    asked = route_rules.a_photo_is_a_picture_of_at_most_8_mb
    assert asked("jpeg", 8 * 1024 * 1024) is None
    assert asked("jpeg", 8 * 1024 * 1024 + 1).code == "photo-too-large"
    assert asked(None, 10).code == "photo-unreadable"


def test_a_day_on_the_road_ends_before_midnight():
    assert route_rules.a_day_on_the_road_ends_before_midnight(1439, TODAY) is None
    assert route_rules.a_day_on_the_road_ends_before_midnight(1440, TODAY).code == "day-too-long"


def test_stars_are_one_to_five():
    assert [route_rules.stars_are_one_to_five(n) is None for n in (0, 1, 5, 6)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_crew_waits_for_the_wished_time_and_is_late_when_it_cannot_be_there():
    legs = [Leg(30, 60, wished=10 * 60), Leg(20, 90), Leg(10, 30, wished=9 * 60)]
    times = timetable(legs, departs=8 * 60, set_up=30)
    assert times == [Times(510, 600, 660), Times(700, 730, 820), Times(850, 880, 910)]
    assert home_at(910, 40) == 970


def test_a_number_leads_back_to_its_order_and_a_code_fits_only_its_own(settings):
    seen = {numbers.number_of(n) for n in range(1, 3000)}
    assert len(seen) == 2999
    assert all(len(each) == 6 and each[0] != "0" for each in seen)
    assert all(numbers.id_of(numbers.number_of(n)) == n for n in (1, 77, 899_999))
    for nonsense in ("", "12345", "１２３４５６", "abcdef", "1" * 400, "012345", "٣٣٣٣٣٣"):
        assert numbers.id_of(nonsense) is None
    code = numbers.code_of(7)
    assert numbers.fits(7, f" {code[:4].lower()}-{code[4:]} ")
    assert not numbers.fits(8, code)
    assert not numbers.fits(7, "")
    assert not numbers.fits(7, "演示")
    settings.SECRET_KEY = "another"
    assert not numbers.fits(7, code)
