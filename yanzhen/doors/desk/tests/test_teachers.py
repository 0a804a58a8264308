"""Who teaches, on the page of an activity: for every date, for one, for nobody."""

import re

import pytest
from django.test import Client

from tests import county as makers
from yanzhen.culture.activities import teaching
from yanzhen.culture.activities.tests import makers as planned
from yanzhen.culture.resources.tests.makers import teacher
from yanzhen.doors.desk.tests.test_activities import address

pytestmark = pytest.mark.usefixtures("monday_at_ten")

AT, DAY = planned.AT, planned.DAY


@pytest.fixture
def lessons(place):
    activity = planned.activity(place.danshan)
    return [planned.session(activity, starts_at=AT + n * 7 * DAY) for n in (-1, 1, 2)]


def assign(officer, lessons, who, dates="open"):
    told = {"teacher": who, "dates": dates}
    return officer.post(address("assign-teacher", lessons[0].activity_id), told, follow=True)


def text(answer) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def taught(lessons) -> list[str]:
    claims = teaching.claims_of(lessons)
    return [claims[each.pk].resource.name if each.pk in claims else "" for each in lessons]


def test_dates_to_come_get_a_teacher_then_one_a_substitute(officer, place, lessons):
    singer, dancer = teacher(place.hub.site), teacher(place.hub.site, "李老师")
    page = assign(officer, lessons, singer.pk)
    assert "张老师 来上 2 场" in text(page)
    assert taught(lessons) == ["", "张老师", "张老师"]
    assert text(page).count("张老师 来上") == 3
    assign(officer, lessons, dancer.pk, lessons[2].pk)
    assert taught(lessons) == ["", "张老师", "李老师"]
    gone = address("dismiss-teacher", lessons[1].activity_id, lessons[1].pk)
    assert "现在没有老师" in text(officer.post(gone, follow=True))
    assert taught(lessons) == ["", "", "李老师"]
    assign(officer, lessons, singer.pk, "all")
    assert taught(lessons) == ["", "张老师", "张老师"]


@pytest.mark.parametrize("busy", [True, False])
def test_whoever_cancels_for_a_rain_date_hears_when_the_teacher_cannot_come(
    officer, place, lessons, busy
):
    singer, rain = teacher(place.hub.site), lessons[1].starts_at + DAY
    assign(officer, lessons, singer.pk)
    planned.session(
        lessons[1].activity, starts_at=rain, state="standby", rain_date_of=lessons[1]
    )  # fmt: skip
    if busy:
        other = planned.session(planned.activity(place.danshan), starts_at=rain)
        assign(officer, [other], singer.pk)
    cancel = address("cancel-session", lessons[1].activity_id, lessons[1].pk)
    page = officer.post(cancel, {"reason": "大雨", "for_rain_date": "on"}, follow=True)
    assert "这一场取消了。" in text(page)
    assert ("请另外安排老师" in text(page)) == busy


def test_what_cannot_be_is_said_and_nothing_changes(officer, place, lessons):
    singer = teacher(place.hub.site)
    other = planned.session(planned.activity(place.danshan), starts_at=lessons[2].starts_at)
    assign(officer, [other], singer.pk)
    said = text(assign(officer, lessons, singer.pk))
    assert "12月7日：" in said
    assert taught(lessons) == ["", "", ""]
    for who, dates in (("", "open"), ("9" * 5000, "all"), (singer.pk, "0"), (singer.pk, "x")):
        assert "没有选好老师" in text(assign(officer, lessons, who, dates))
    assert taught(lessons) == ["", "", ""]


def test_whoever_does_not_plan_here_assigns_nobody(place, lessons):
    singer, stranger = teacher(place.hub.site), Client()
    stranger.force_login(makers.account("zhonghe", place.zhonghe))
    assert assign(stranger, lessons, singer.pk).status_code in {403, 404}
    assert taught(lessons) == ["", "", ""]
