"""Hours as they are said."""

import datetime as dt

import pytest

from tests.county import LONG_AGO, TZ
from yanzhen.doors.portal.branches_words import closure_words, day_words, now_of, usual_words
from yanzhen.network.models import Node
from yanzhen.network.opening import Calendar, ClosedDays, Span

MONDAY = dt.date(2026, 11, 23)


def spans(weekdays, *hours: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(
        Span(day, dt.time(opens), dt.time(closes), LONG_AGO)
        for day in weekdays
        for opens, closes in hours
    )


TWICE = Calendar(spans([0, 2, 3, 4, 5], (9, 12), (14, 18)) + spans([6], (9, 17)))


@pytest.mark.parametrize(
    ("day", "hour", "sentence", "today"),
    [
        (0, 10, "现在开放，12:00 关门", "9:00–12:00，14:00–18:00"),
        (0, 13, "还没开门，今天 14:00 开门", "9:00–12:00，14:00–18:00"),
        (0, 7, "还没开门，今天 9:00 开门", "9:00–12:00，14:00–18:00"),
        (0, 18, "已经关门，星期三 9:00 开门", "星期三 9:00 开门"),
        (1, 10, "今天休息，明天 9:00 开门", "明天 9:00 开门"),
    ],
)
def test_what_is_said_at_an_hour(day, hour, sentence, today):
    moment = dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time(hour), TZ)
    now = now_of(Node(status="open"), TWICE, moment)
    assert (now.sentence, now.today) == (sentence, today)


def test_a_node_without_hours_asks_for_a_call():
    now = now_of(Node(status="open"), Calendar(), dt.datetime(2026, 11, 23, 10, tzinfo=TZ))
    assert now.sentence == "今天休息，一年之内没有开放安排，去之前请先打电话"


def test_a_day_far_ahead_is_said_by_its_date():
    assert day_words(dt.date(2026, 12, 4), MONDAY) == "12月4日"


def test_a_closure_of_one_day_names_one_day():
    assert closure_words(ClosedDays(MONDAY, MONDAY, "检修")) == "11月23日"


def test_the_usual_week_on_one_line():
    assert usual_words(TWICE, MONDAY + dt.timedelta(5)) == (
        "星期一、星期三至星期六 9:00–12:00，14:00–18:00；星期日 9:00–17:00"
    )
