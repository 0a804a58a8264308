"""What goes on in the demo county: lively, possible, marked as invented."""

import datetime as dt

import pytest

from yanzhen.culture.activities.counting import district_total, kinds_in_use
from yanzhen.culture.activities.holding import claims_of
from yanzhen.culture.activities.invariants import every_session_to_come_holds_its_facility
from yanzhen.culture.activities.models import Activity, ActivityAccess, Session
from yanzhen.culture.activities.queries import Wanted, sessions_for
from yanzhen.demo.tests.conftest import AT
from yanzhen.network.models import Division

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("county")]
DAY = dt.timedelta(days=1)


def test_there_is_much_to_choose_from():
    assert Activity.objects.announced().count() >= 55
    assert Session.objects.shown().count() >= 125
    assert set(kinds_in_use()) == set(Activity.Kind.values)
    today = AT.date()
    assert district_total(today, today + 30 * DAY) > 30
    assert sessions_for(Wanted(sign_language=True)).count() >= 3
    assert sessions_for(Wanted(children=True)).count() >= 15


def test_most_towns_have_something_soon():
    days = AT.date(), AT.date() + 35 * DAY
    towns = list(Division.objects.towns())
    without = [t.name for t in towns if not sessions_for(Wanted(town=t, days=days)).exists()]
    assert without == []


def test_what_can_happen_to_a_date_has_happened():
    moved = Session.objects.filter(moves__isnull=False).get()
    assert moved.starts_at > AT
    cancelled = Session.objects.filter(state="cancelled")
    assert cancelled.count() == 2
    assert Session.objects.get(rain_date_of__isnull=False).state == "scheduled"
    assert Activity.objects.get(state="draft").sessions.count() == 0
    assert Activity.objects.exclude(fee=0).get().public_benefit is False


def test_what_takes_place_in_a_hall_has_claimed_it():
    held = Session.objects.filter(facility__isnull=False).exclude(state="cancelled")
    assert held.count() >= 40
    assert len(claims_of(list(held))) == held.count()
    assert list(every_session_to_come_holds_its_facility()) == []


def test_every_published_activity_answers_every_question_and_says_it_is_a_demo():
    for made in Activity.objects.announced():
        assert made.access_facts.count() == len(ActivityAccess.Kind)
        assert made.introduction.startswith("演示")
        assert made.name_en
