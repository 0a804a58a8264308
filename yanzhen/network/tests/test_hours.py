"""Hours are dated: what was in force stays on record, what was planned later is replaced."""

import datetime as dt

import pytest

from tests.county import LONG_AGO, MONDAY, staff
from yanzhen.groundwork import generations
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.network import invariants
from yanzhen.network.hours import set_hours
from yanzhen.network.models import OpeningHours
from yanzhen.network.opening import CALENDARS, calendar_of

TODAY = MONDAY.date()
NEXT_WEEK = TODAY + dt.timedelta(7)
MORNINGS = [(day, dt.time(8), dt.time(12)) for day in range(6)]


def change(node, by, week=MORNINGS, valid_from=NEXT_WEEK):
    return set_hours(node, week, valid_from=valid_from, by=by, at=MONDAY)


def test_new_hours_count_from_their_day_and_old_ones_until_the_day_before(place):
    before = generations.current(CALENDARS)

    change(place.zhonghe, staff(place.hub, "director"))

    calendar = calendar_of(place.zhonghe.pk)
    assert [s.opens.hour for s in calendar.spans_on(NEXT_WEEK - dt.timedelta(7))] == [9]
    assert [s.opens.hour for s in calendar.spans_on(NEXT_WEEK)] == [8]
    assert calendar.is_open_on(NEXT_WEEK - dt.timedelta(1))
    assert not calendar.is_open_on(NEXT_WEEK + dt.timedelta(6))
    assert generations.current(CALENDARS) > before
    assert AuditEntry.objects.get(action="hours.set").detail["valid_from"] == "2026-11-30"
    assert Fact.objects.get(kind="HoursChanged").body["node_code"] == "zhonghe"


def test_hours_set_twice_leave_one_week_in_force(place):
    director = staff(place.hub, "director")
    change(place.zhonghe, director)
    change(place.zhonghe, director, week=[(0, dt.time(10), dt.time(16))])

    new = OpeningHours.objects.filter(node=place.zhonghe, valid_from=NEXT_WEEK)
    assert [(span.weekday, span.opens.hour) for span in new] == [(0, 10)]
    old = OpeningHours.objects.filter(node=place.zhonghe, valid_from=LONG_AGO)
    assert set(old.values_list("valid_to", flat=True)) == {NEXT_WEEK - dt.timedelta(1)}
    assert list(invariants.hours_of_a_weekday_do_not_overlap()) == []


def test_other_nodes_keep_their_hours(place):
    change(place.zhonghe, staff(place.hub, "director"))
    assert calendar_of(place.danshan.pk).is_open_on(NEXT_WEEK + dt.timedelta(6))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"week": []}, "week-without-opening"),
        ({"week": [(0, dt.time(12), dt.time(9))]}, "closing-before-opening"),
        ({"week": [*MORNINGS, (0, dt.time(11), dt.time(15))]}, "hours-overlap"),
        ({"valid_from": TODAY - dt.timedelta(1)}, "hours-in-the-past"),
    ],
)
def test_refused_hours_leave_the_old_ones(place, asked, code):
    with pytest.raises(Refused) as refused:
        change(place.zhonghe, staff(place.hub, "director"), **asked)

    assert refused.value.code == code
    assert OpeningHours.objects.filter(node=place.zhonghe, valid_to=None).count() == 7


def test_only_who_manages_the_node_sets_its_hours(place):
    with pytest.raises(Refused, match="no-permission"):
        change(place.zhonghe, staff(place.hub, "librarian"))
