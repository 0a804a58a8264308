"""Every rule of the network says yes and no."""

import datetime as dt

import pytest

from tests.county import LONG_AGO
from yanzhen.network import rules
from yanzhen.network.opening import Span

TODAY = dt.date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)


def span(opens: str, closes: str, weekday: int = 0) -> Span:
    return Span(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes), LONG_AGO)


@pytest.mark.parametrize("notice", ["", "  ", "\n\u3000"])
def test_a_closure_has_a_notice(notice):
    assert rules.a_closure_has_a_notice(notice).code == "closure-without-notice"
    assert rules.a_closure_has_a_notice("检修") is None


def test_a_closure_never_begins_in_the_past():
    refused = rules.a_closure_never_begins_in_the_past(YESTERDAY, TODAY)
    assert refused.code == "closure-in-the-past"
    assert rules.a_closure_never_begins_in_the_past(TODAY, TODAY) is None


def test_a_closure_ends_after_it_begins():
    assert rules.a_closure_ends_after_it_begins(TODAY, YESTERDAY).code == "closure-ends-too-early"
    assert rules.a_closure_ends_after_it_begins(TODAY, TODAY) is None


def test_new_hours_begin_today_or_later():
    assert rules.new_hours_begin_today_or_later(YESTERDAY, TODAY).code == "hours-in-the-past"
    assert rules.new_hours_begin_today_or_later(TODAY, TODAY) is None


def test_a_week_has_an_opening():
    assert rules.a_week_has_an_opening([]).code == "week-without-opening"
    assert rules.a_week_has_an_opening([span("09:00", "12:00")]) is None


def test_closing_is_after_opening():
    assert rules.closing_is_after_opening([span("14:00", "02:00")]).code == "closing-before-opening"
    assert rules.closing_is_after_opening([span("09:00", "09:00")]) is not None
    assert rules.closing_is_after_opening([span("09:00", "12:00")]) is None


def test_spans_of_a_day_do_not_overlap():
    overlapping = [span("11:00", "18:00"), span("09:00", "12:00")]
    touching = [span("09:00", "12:00"), span("12:00", "18:00")]
    other_day = [span("09:00", "12:00"), span("11:00", "18:00", weekday=1)]
    assert rules.spans_of_a_day_do_not_overlap(overlapping).code == "hours-overlap"
    assert rules.spans_of_a_day_do_not_overlap(touching) is None
    assert rules.spans_of_a_day_do_not_overlap(other_day) is None


def test_a_statistics_only_unit_is_never_a_town():
    refused = rules.a_statistics_only_unit_is_never_a_town("statistics_only")
    assert refused.code == "statistics-only-unit"
    assert rules.a_statistics_only_unit_is_never_a_town("town") is None
