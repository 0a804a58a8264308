"""Closures are announced by who may, with a notice, and everybody who keeps calendars hears."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.county import MONDAY, staff
from yanzhen.groundwork import generations
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.closing import announce_closure
from yanzhen.network.models import Closure
from yanzhen.network.opening import CALENDARS, calendar_of

TODAY = MONDAY.date()
TOMORROW = TODAY + dt.timedelta(1)


def close(node, by, **changed):
    asked = {"first_day": TOMORROW, "last_day": TOMORROW, "notice": "检修电路", **changed}
    return announce_closure(node, by=by, at=MONDAY, **asked)


def test_a_closure_is_seen_at_once_and_leaves_its_traces(place):
    before = generations.current(CALENDARS)

    close(place.zhonghe, staff(place.hub, "director"), notice=" 检修电路 ")

    assert not calendar_of(place.zhonghe.pk).is_open_on(TOMORROW)
    assert generations.current(CALENDARS) > before
    line = AuditEntry.objects.get(action="closure.announced")
    assert (line.subject, line.detail["notice"]) == ("node:zhonghe", "检修电路")
    fact = Fact.objects.get(kind="ClosureAnnounced")
    assert fact.body == {
        "node_id": place.zhonghe.pk,
        "node_code": "zhonghe",
        "notice": "检修电路",
        "first_day": "2026-11-24",
        "last_day": "2026-11-24",
    }


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"notice": " "}, "closure-without-notice"),
        ({"first_day": TODAY - dt.timedelta(1)}, "closure-in-the-past"),
        ({"last_day": TODAY}, "closure-ends-too-early"),
    ],
)
def test_a_refused_closure_leaves_nothing(place, changed, code):
    with pytest.raises(Refused) as refused:
        close(place.zhonghe, staff(place.hub, "director"), **changed)

    assert refused.value.code == code
    assert not Closure.objects.exists()
    assert not Fact.objects.exists()


def test_only_who_manages_the_node_announces(place):
    for nobody in (staff(place.danshan, "director"), staff(place.zhonghe, "culture_officer")):
        with pytest.raises(Refused, match="no-permission"):
            close(place.zhonghe, nobody)
    assert not Closure.objects.exists()


def test_closures_may_overlap(place):
    director = staff(place.hub, "director")
    close(place.zhonghe, director, last_day=TOMORROW + dt.timedelta(2))
    close(place.zhonghe, director, notice="布展", last_day=TOMORROW + dt.timedelta(4))

    assert calendar_of(place.zhonghe.pk).next_open_day(TOMORROW) == TODAY + dt.timedelta(6)


def test_a_closure_has_a_notice_in_the_database_too(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(
            node=place.zhonghe, first_day=TODAY, last_day=TODAY, notice="", announced_at=MONDAY
        )
