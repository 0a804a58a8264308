"""What goes on: the list, the month, one session, its poster; nothing that is not public."""

import datetime as dt
import json
import re

import pytest
from django.utils import translation

from tests import county as makers
from tests import schema_org
from yanzhen.culture.activities.cancelling import cancel_session
from yanzhen.culture.activities.models import ActivityAccess, SessionMove
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.scheduling import add_rain_date
from yanzhen.culture.activities.tests import makers as planned
from yanzhen.culture.almanac.models import SchoolPeriod
from yanzhen.groundwork import clock
from yanzhen.network.models import AccessFeature

AT, DAY, HOUR = planned.AT, planned.DAY, planned.HOUR
TZ = AT.tzinfo


@pytest.fixture(autouse=True)
def _at_ten(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: AT.date())


def text_of(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def event_of(client, path: str) -> dict:
    page = client.get(path).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    told = json.loads(found[1])
    assert list(schema_org.complaints(told)) == []
    return told


def test_the_list_shows_what_comes_and_not_what_was_or_is_a_draft(place, client):
    made = planned.activity(place.danshan, name="丹山晚风舞")
    planned.session(made)
    planned.session(planned.activity(place.danshan, name="昨天的课"), starts_at=AT - DAY)
    planned.session(planned.activity(place.danshan, name="还是草稿", state="draft"))
    said = text_of(client, "/activities/")
    assert "丹山晚风舞" in said
    assert "10:00–12:00 · 丹山镇分馆" in said
    assert "一共 1 场" in said
    assert "昨天的课" not in said
    assert "还是草稿" not in said


def test_filters_come_from_the_address(place, client):
    fact = {"kind": "sign_language"}
    for name, node, signed in (("川剧", place.danshan, True), ("讲座", place.zhonghe, False)):
        made = planned.activity(node, name=name, kind="performance" if signed else "lecture")
        planned.session(made, starts_at=dt.datetime(2026, 11, 28 if signed else 25, 9, tzinfo=TZ))
        state = "present" if signed else "absent"
        ActivityAccess.objects.filter(activity=made, **fact).update(state=state)
    for query in ("sign=1", "kind=performance", "weekend=1", "town=512002107", "q=川剧"):
        said = text_of(client, f"/activities/?{query}")
        assert "一共 1 场" in said, query
        assert "9:00–11:00 · 丹山镇分馆" in said, query
    assert "没有找到这样的活动" in text_of(client, "/activities/?q=太极拳")


@pytest.mark.parametrize(
    "query",
    ["town=xx", "kind=nothing", "month=2026-13", "month=0001-01", "page=999", "page=x", "q=%00",
     "month=２０２６-11"],
)  # fmt: skip
def test_odd_addresses_are_answered(place, client, query):
    planned.session(planned.activity(place.danshan))
    assert client.get(f"/activities/?{query}").status_code == 200


def test_the_list_has_pages(place, client):
    made = planned.activity(place.danshan)
    for n in range(25):
        planned.session(made, starts_at=AT + (n + 1) * DAY)
    first = client.get("/activities/?free=1").content.decode()
    assert first.count('class="entry"') == 20
    assert "?free=1&amp;page=2" in first
    assert client.get("/activities/?free=1&page=2").content.decode().count('class="entry"') == 5


def test_a_list_costs_no_query_more_for_many(place, client, django_assert_max_num_queries):
    for node in (place.danshan, place.zhonghe, place.linjiang):
        for n in range(6):
            planned.session(planned.activity(node), starts_at=AT + (n + 1) * DAY)
    with django_assert_max_num_queries(8):
        assert client.get("/activities/").status_code == 200


def test_families_look_for_when_their_children_are_free(place, client):
    SchoolPeriod.objects.create(
        stage="primary", kind="term", first_day="2026-09-01", last_day="2027-01-23",
        lessons_end=dt.time(16), verification="demo",
    )  # fmt: skip
    reading = planned.activity(place.danshan, name="放学读书角", audience="children")
    planned.session(reading, starts_at=dt.datetime(2026, 11, 25, 16, 30, tzinfo=TZ))
    planned.session(reading, starts_at=dt.datetime(2026, 11, 28, 10, tzinfo=TZ))
    lecture = planned.activity(place.zhonghe, name="讲座")
    planned.session(lecture, starts_at=dt.datetime(2026, 11, 25, 10, tzinfo=TZ))
    page = client.get("/activities/").content.decode()
    assert [page.count(f"<span>{tag}</span>") for tag in ("课后", "周末", "上课时间")] == [1, 1, 1]
    after = client.get("/activities/?tag=after_class").content.decode()
    assert after.count('class="entry') == 1
    assert "放学读书角" in after
    assert 'value="after_class" selected' in after
    both = client.get("/activities/?tag=weekend&children=1&town=x").content.decode()
    assert both.count('class="entry') == 1
    month = client.get("/activities/?tag=after_class&month=2026-11").content.decode()
    assert "讲座" not in month
    assert "tag=after_class" in month
    assert client.get("/activities/?tag=nonsense").content.decode().count('class="entry') == 3
    one = client.get(f"/sessions/{reading.sessions.first().pk}/").content.decode()
    assert "<span>课后</span>" in one


def test_the_month_puts_each_on_its_day(place, client):
    made = planned.activity(place.danshan, name="广场舞")
    planned.session(made, starts_at=dt.datetime(2026, 11, 3, 19, tzinfo=TZ))
    show = planned.activity(place.zhonghe, name="老地图", kind="exhibition")
    begins = dt.datetime(2026, 10, 20, 9, tzinfo=TZ)
    planned.session(show, starts_at=begins, ends_at=begins + 30 * DAY)
    page = client.get("/activities/?month=2026-11").content.decode()
    days = dict(re.findall(r'class="date"><b>(\d+)</b>(.*?)</td>', page, re.S))
    assert len(days) == 30
    assert "广场舞" in days["3"]
    assert "老地图" in days["1"]
    assert [day for day, inside in days.items() if "/sessions/" in inside] == ["1", "3"]
    assert "month=2026-10" in page
    assert "month=2026-12" in page


def test_a_session_says_when_where_for_whom_and_how_to_get_in(place, client):
    joint = planned.cluster(place.danshan, place.zhonghe)
    made = planned.activity(
        cluster=joint, name="村晚", kind="village_gala", age_from=6, phone="028-0000-0999",
        introduction="四个镇的队伍同台。",
    )  # fmt: skip
    ActivityAccess.objects.filter(activity=made, kind="wheelchair_places").update(
        state="present", note="第一排"
    )
    AccessFeature.objects.create(site=place.danshan.site, kind="lift", state="broken", note="在修")
    session = planned.session(made, site=place.danshan.site, way_in="走东门", capacity=300)
    said = text_of(client, f"/sessions/{session.pk}/")
    for words in (
        "11月24日 星期二 10:00–12:00", "丹山镇分馆", "免费", "6 岁以上", "走东门", "028-0000-0999",
        "可以来 300 个人。", "丹山片区的镇街一起办：", "中和镇", "第一排", "有，正在维修", "在修",
    ):  # fmt: skip
        assert words in said, words
    page = client.get(f"/sessions/{session.pk}/").content.decode()
    assert f'href="/calendar/session-{session.pk}.ics"' in page
    assert f'href="/sessions/{session.pk}/poster/"' in page
    assert 'href="tel:02800000999"' in page


def test_what_was_moved_or_cancelled_says_so_and_why(place, client):
    made, by = planned.activity(place.danshan), planned.officer(place.danshan)
    session = planned.session(made)
    starts_at = session.starts_at + DAY
    move(session_id=session.pk, starts_at=starts_at, ends_at=starts_at + HOUR, site=session.site,
         reason="灯光检修", by=by, at=AT)  # fmt: skip
    said = text_of(client, f"/sessions/{session.pk}/")
    assert "改过了：原来是 11月24日 10:00，丹山镇分馆" in said
    assert "灯光检修" in said
    assert "时间或地点改过" in text_of(client, "/activities/")
    rain = add_rain_date(session_id=session.pk, starts_at=starts_at + DAY, by=by, at=AT)
    assert client.get(f"/sessions/{rain.pk}/").status_code == 404
    cancel_session(session_id=session.pk, reason="大雨", by=by, at=AT, for_rain_date=True)
    page = client.get(f"/sessions/{session.pk}/").content.decode()
    assert "这一场取消了" in page
    assert "大雨" in page
    assert f'href="/sessions/{rain.pk}/"' in page
    assert "可以来" not in page
    assert client.get(f"/sessions/{rain.pk}/").status_code == 200


def test_the_event_is_told_to_search_engines(place, client):
    made = planned.activity(place.danshan, name="舞 </script>", introduction="学两支舞")
    session, by = planned.session(made), planned.officer(place.danshan)
    event = event_of(client, f"/sessions/{session.pk}/")
    assert event["@type"] == "Event"
    assert event["name"] == "舞 </script>"
    assert event["startDate"] == "2026-11-24T10:00:00+08:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["isAccessibleForFree"] is True
    assert event["location"]["address"]["addressLocality"] == "丹山镇"
    assert event["organizer"]["name"] == "丹山镇分馆"
    assert event["offers"]["price"] == "0"
    later = session.starts_at + DAY
    move(session_id=session.pk, starts_at=later, ends_at=later + HOUR, site=session.site,
         reason="停电", by=by, at=AT)  # fmt: skip
    event = event_of(client, f"/sessions/{session.pk}/")
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event["previousStartDate"] == "2026-11-24"
    cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)
    event = event_of(client, f"/sessions/{session.pk}/")
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in event
    assert SessionMove.objects.count() == 1


def test_a_draft_is_nowhere(place, client):
    made = planned.activity(place.danshan, state="draft")
    session = planned.session(made)
    for path in (
        f"/activities/{made.pk}/", f"/sessions/{session.pk}/", f"/sessions/{session.pk}/poster/",
        "/sessions/999999/", "/activities/999999/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404


def test_an_activity_lists_its_dates_and_those_gone_by(place, client):
    made = planned.activity(place.danshan, name="舞", fee=5, fee_reason="批文三号")
    planned.session(made)
    planned.session(made, starts_at=AT - 2 * DAY)
    said = text_of(client, f"/activities/{made.pk}/")
    assert "每人 5 元" in said
    assert "批文三号" in said
    assert "办过的 1 场" in said


def test_the_poster_carries_a_code_drawn_here(place, client):
    session = planned.session(planned.activity(place.danshan, name="雁江讲坛"))
    page = client.get(f"/sessions/{session.pk}/poster/").content.decode()
    assert '<svg viewBox="0 0' in page
    assert 'class="qrline"' in page
    assert "2026 · 11月24日 星期二 10:00–12:00" in page
    assert re.search(r'(src|href)="https?://', page.replace("http://testserver", "")) is None


def test_home_and_branch_say_what_is_near_and_soon(place, client):
    planned.session(planned.activity(place.danshan, name="丹山舞"))
    planned.session(planned.activity(place.zhonghe, name="中和课"))
    home = text_of(client, "/")
    assert "近期活动" in home
    assert "丹山舞" in home
    branch = text_of(client, "/branches/danshan/")
    assert "丹山舞" in branch
    assert "中和课" not in branch
    assert "近期活动" not in text_of(client, "/branches/linjiang/")


def test_the_pages_speak_english(place, client):
    made = planned.activity(place.danshan, name="舞", name_en="Square Dance")
    session = planned.session(made)
    with translation.override("en"):
        said = text_of(client, f"/en/sessions/{session.pk}/")
        listed = text_of(client, "/en/activities/")
    assert "Square Dance" in said
    assert "Free" in said
    assert "Square Dance" in listed


def test_signed_in_or_not_it_is_the_same_page(place, client):
    session = planned.session(planned.activity(place.danshan))
    client.force_login(makers.account("danshan", place.danshan))
    assert client.get(f"/sessions/{session.pk}/").status_code == 200
