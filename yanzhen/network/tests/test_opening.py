"""Calendars are values: no query after loading, closures over hours, holidays close nothing."""

import datetime as dt

import pytest

from tests.county import LONG_AGO, TZ
from yanzhen.groundwork import generations
from yanzhen.network.models import Closure, Holiday, Node, OpeningHours
from yanzhen.network.opening import CALENDARS, Calendar, ClosedDays, Span, calendar_of, calendars_of

MON = dt.date(2026, 11, 23)
TUE, WED, SUN = MON + dt.timedelta(1), MON + dt.timedelta(2), MON + dt.timedelta(6)


def spans(*weekdays: int, opens=9, closes=18, since=LONG_AGO, until=None) -> tuple[Span, ...]:
    return tuple(Span(day, dt.time(opens), dt.time(closes), since, until) for day in weekdays)


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), TZ)


EVERY_DAY_BUT_TUESDAY = Calendar(spans(0, 2, 3, 4, 5, 6))
REPAIRS = ClosedDays(MON, WED, "检修电路，26 日照常开放")


def test_a_day_without_a_span_is_closed():
    assert EVERY_DAY_BUT_TUESDAY.is_open_on(MON)
    assert not EVERY_DAY_BUT_TUESDAY.is_open_on(TUE)


def test_the_next_open_day_is_the_day_itself_if_open():
    assert EVERY_DAY_BUT_TUESDAY.next_open_day(MON) == MON
    assert EVERY_DAY_BUT_TUESDAY.next_open_day(TUE) == WED


def test_the_next_open_day_passes_over_a_closure():
    calendar = Calendar(spans(*range(7)), (REPAIRS,))
    assert calendar.next_open_day(MON) == MON + dt.timedelta(3)


def test_overlapping_closures_are_passed_over_together():
    later = ClosedDays(WED, SUN, "布展")
    calendar = Calendar(spans(*range(7)), (REPAIRS, later))
    assert calendar.next_open_day(MON) == SUN + dt.timedelta(1)
    assert calendar.closure_on(WED) == later


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar(),
        Calendar(spans(*range(7), until=MON - dt.timedelta(1))),
        Calendar(spans(*range(7)), (ClosedDays(MON, MON + dt.timedelta(400), "重建"),)),
    ],
)
def test_where_nothing_opens_within_a_year_the_day_itself_is_the_answer(calendar):
    assert calendar.next_open_day(MON) == MON
    assert calendar.state_at(moment(MON, 10)).opens_at is None


def test_hours_count_from_their_first_day_to_their_last():
    summer = spans(0, opens=8, until=MON)
    winter = spans(0, opens=10, since=MON + dt.timedelta(1))
    calendar = Calendar(summer + winter)
    assert [span.opens.hour for span in calendar.spans_on(MON)] == [8]
    assert [span.opens.hour for span in calendar.spans_on(MON + dt.timedelta(7))] == [10]


def test_open_until_the_end_of_the_span():
    state = EVERY_DAY_BUT_TUESDAY.state_at(moment(MON, 9))
    assert (state.open, state.closes_at) == (True, dt.time(18))


def test_closed_at_the_very_moment_of_closing():
    state = EVERY_DAY_BUT_TUESDAY.state_at(moment(MON, 18))
    assert (state.open, state.opens_at) == (False, moment(WED, 9))


def test_a_noon_break_is_closed_until_the_afternoon():
    calendar = Calendar(spans(0, closes=12) + spans(0, opens=14))
    assert calendar.state_at(moment(MON, 12, 30)).opens_at == moment(MON, 14)
    assert calendar.state_at(moment(MON, 8)).opens_at == moment(MON, 9)


def test_spans_that_touch_are_one_opening():
    calendar = Calendar(spans(0, closes=12) + spans(0, opens=12))
    assert calendar.state_at(moment(MON, 10)).closes_at == dt.time(18)


def test_a_closure_gives_its_notice_and_the_day_it_ends():
    state = Calendar(spans(*range(7)), (REPAIRS,)).state_at(moment(MON, 10))
    assert (state.open, state.notice) == (False, REPAIRS.notice)
    assert state.opens_at == moment(MON + dt.timedelta(3), 9)


def test_the_moment_is_read_in_the_countys_time():
    early = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)  # 9:00 in the county
    assert EVERY_DAY_BUT_TUESDAY.state_at(early).open


def test_a_holiday_alone_closes_nothing(place):
    Holiday.objects.create(day=MON, name="假日", kind="off", verification="demo")
    assert calendar_of(place.zhonghe.pk).is_open_on(MON)


def test_all_calendars_stay_in_memory_until_one_changes(place, django_assert_num_queries):
    Closure.objects.create(
        node=place.danshan, first_day=MON, last_day=TUE, notice="检修", announced_at=moment(MON, 8)
    )
    OpeningHours.objects.filter(node=place.linjiang).delete()
    ids = list(Node.objects.values_list("pk", flat=True))

    with django_assert_num_queries(3):
        calendars = calendars_of(ids)
        assert calendars[place.zhonghe.pk].next_open_day(MON) == MON
        assert calendars[place.danshan.pk].next_open_day(MON) == WED
    assert calendars[place.linjiang.pk] == Calendar()
    with django_assert_num_queries(1):
        assert calendars_of(ids) == calendars

    place.zhonghe.opening_hours.filter(weekday=0).delete()
    generations.bump(CALENDARS)
    assert calendar_of(place.zhonghe.pk).next_open_day(MON) == TUE
