"""Planning over HTTP: a draft, its dates, what is missing, the public, moves and cancellations."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import county as makers
from yanzhen.culture.activities.models import Activity, ActivityAccess, Session, SessionMove
from yanzhen.culture.activities.tests import makers as planned
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.resources.tests.makers import facility
from yanzhen.network.models import Closure

pytestmark = pytest.mark.usefixtures("monday_at_ten")

AT, DAY = planned.AT, planned.DAY


def typed(**fields) -> dict:
    answers = {f"access_{kind}": "unknown" for kind in ActivityAccess.Kind.values}
    return {"name": "广场舞", "kind": "square_dance", "audience": "everybody", **answers, **fields}


def a_day(place, **fields) -> dict:
    return {"day": "2026-11-27", "starts": "19:00", "ends": "20:30", "capacity": "80",
            "site": place.danshan.site.pk, **fields}  # fmt: skip


def address(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=["danshan", *args])


def test_from_a_draft_to_the_public(officer, place):
    owner = f"n{place.danshan.pk}"
    made = officer.post(address("new-activity"), typed(owner=owner, access_subtitles=""))
    activity = Activity.objects.get()
    assert made["Location"] == address("activity", activity.pk)
    page = officer.get(made["Location"]).content.decode()
    assert "发布前还差" in page
    assert "还没有一场以后举行的场次" in page
    assert "无障碍还有没答的：字幕" in page
    officer.post(address("publish-activity", activity.pk))
    assert Activity.objects.get().state == "draft"
    officer.post(address("activity-details", activity.pk), typed(name="晚风舞"))
    officer.post(address("new-session", activity.pk), a_day(place))
    session = Session.objects.get()
    assert session.starts_at == dt.datetime(2026, 11, 27, 19, tzinfo=AT.tzinfo)
    assert session.capacity == 80
    assert "可以发布了" in officer.get(address("activity", activity.pk)).content.decode()
    officer.post(address("publish-activity", activity.pk))
    assert Activity.objects.get().state == "published"
    assert "晚风舞" in Client().get(f"/sessions/{session.pk}/").content.decode()


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(officer, place):
    owner = f"n{place.danshan.pk}"
    answer = officer.post(address("new-activity"), typed(owner=owner, name="茶会", fee="5"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#id_fee_reason"' in page
    assert "收费要写依据" in page
    assert 'value="茶会"' in page
    paid = typed(owner=owner, fee="5", fee_reason="批文", public_benefit="on")
    assert (
        'href="#id_public_benefit"' in officer.post(address("new-activity"), paid).content.decode()
    )
    assert not Activity.objects.exists()
    missing = officer.post(address("new-activity"), typed(owner="n999999"))
    assert missing.status_code == 200
    assert not Activity.objects.exists()


def test_a_series_is_looked_at_before_it_is_stored(officer, place):
    activity = planned.activity(place.danshan)
    Closure.objects.create(
        node=place.danshan, first_day=dt.date(2026, 12, 4), last_day=dt.date(2026, 12, 4),
        notice="检修线路", announced_at=AT,
    )  # fmt: skip
    told = a_day(place, weekdays=["FR"], until="2026-12-18")
    page = officer.post(address("new-session", activity.pk), told).content.decode()
    assert not Session.objects.exists()
    assert "会排 4 场" in page
    assert "检修线路" in page
    ticked = re.findall(r'name="keep" value="([\d-]+)" checked', page)
    assert ticked == ["2026-11-27", "2026-12-11", "2026-12-18"]
    officer.post(address("new-session", activity.pk), {**told, "step": "save", "keep": ticked[:2]})
    days = [row.starts_at.astimezone(AT.tzinfo).date() for row in activity.sessions.all()]
    assert [f"{day}" for day in days] == ["2026-11-27", "2026-12-11"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"weekdays": ["FR"]}, "重复要写到哪天为止"),
        ({"day": "2026-11-01"}, "这个时间已经过去了"),
        ({"ends": "18:00"}, "结束时间要在开始之后"),
        ({"capacity": "0"}, "人数请填 1 到"),
        ({"rule": "FREQ=HOURLY;COUNT=3"}, "看不懂这条重复规则"),
        ({"weekdays": ["FR"], "until": "2026-11-20"}, "一场也排不出来"),
        ({"lunar_day": "15"}, "重复要写到哪天为止"),
        ({"lunar_day": "15", "until": "2060-01-01"}, "年的农历没有把握"),
        ({"lunar_day": "1", "weekdays": ["FR"], "until": "2027-01-01"}, "只能选一样"),
        ({"lunar_day": "31"}, "id_lunar_day"),
        ({"day": "x"}, "id_day"),
        ({"site": "999999"}, "id_site"),
    ],
)
def test_a_date_that_does_not_fit_is_refused(officer, place, fields, says):
    activity = planned.activity(place.danshan)
    answer = officer.post(address("new-session", activity.pk), a_day(place, **fields))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Session.objects.exists()


def test_moving_resizing_and_cancelling_with_a_rain_date(officer, place):
    activity = planned.activity(place.danshan)
    session = planned.session(activity)
    move = address("move-session", activity.pk, session.pk)
    assert "11月24日 星期二 10:00–12:00" in officer.get(move).content.decode()
    told = a_day(place, site=place.zhonghe.site.pk)
    assert "id_reason" in officer.post(move, told).content.decode()
    officer.post(move, {**told, "reason": "下雨改到室内"})
    session.refresh_from_db()
    assert session.site == place.zhonghe.site
    assert SessionMove.objects.get().reason == "下雨改到室内"
    officer.post(address("resize-session", activity.pk, session.pk), {"capacity": "40"})
    session.refresh_from_db()
    assert session.capacity == 40
    officer.post(address("resize-session", activity.pk, session.pk), {"capacity": "x"})
    session.refresh_from_db()
    assert session.capacity == 40
    rain = {"day": "2026-11-28", "starts": "19:00"}
    officer.post(address("rain-date", activity.pk, session.pk), rain)
    cancel = address("cancel-session", activity.pk, session.pk)
    assert "备用日期是 11月28日" in officer.get(cancel).content.decode()
    officer.post(cancel, {"reason": "大雨", "for_rain_date": "on"})
    session.refresh_from_db()
    assert (session.state, session.rain_date.state) == ("cancelled", "scheduled")


def test_a_lunar_series_is_looked_at_and_stored_day_by_day(officer, place):
    activity = planned.activity(place.danshan)
    told = a_day(place, lunar_month="1", lunar_day="15", until="2028-12-31")
    page = officer.post(address("new-session", activity.pk), told).content.decode()
    assert "会排 2 场" in page
    assert "正月十五" in page
    ticked = re.findall(r'name="keep" value="([\d-]+)" checked', page)
    assert ticked == ["2027-02-20", "2028-02-09"]
    officer.post(address("new-session", activity.pk), {**told, "step": "save", "keep": ticked})
    days = [row.starts_at.astimezone(AT.tzinfo) for row in activity.sessions.all()]
    assert [f"{day:%Y-%m-%d %H:%M}" for day in days] == ["2027-02-20 19:00", "2028-02-09 19:00"]
    twice_a_month = a_day(place, lunar_day="1", lunar_day_too="15", until="2027-01-31")
    page = officer.post(address("new-session", activity.pk), twice_a_month).content.decode()
    ticked = re.findall(r'name="keep" value="([\d-]+)" checked', page)
    assert ticked == ["2026-12-09", "2026-12-23", "2027-01-08", "2027-01-22"]


@pytest.fixture
def hall(place):
    return facility(place.danshan.site, "多功能厅", seats=120)


def test_a_session_takes_a_hall_and_its_page_leads_to_the_week(officer, place, hall):
    activity = planned.activity(place.danshan)
    told = a_day(place, facility=hall.pk, set_up="30")
    officer.post(address("new-session", activity.pk), told)
    claim = Claim.objects.get()
    assert (claim.reference, claim.set_up) == (f"session:{Session.objects.get().pk}", 30)
    page = officer.get(address("activity", activity.pk)).content.decode()
    assert "场地留好了，提前 30 分钟布置<" in page
    week = re.search(r'href="([^"]*resources/planner/[^"]*)"', page)[1].replace("&amp;", "&")
    assert f"resource={hall.pk}&week=2026-11-27" in week
    assert "广场舞教学" in officer.get(week).content.decode()
    of_claim = officer.get(address("claim", claim.pk)).content.decode()
    assert address("activity", activity.pk) in of_claim


def test_a_conflict_is_named_and_nothing_typed_is_lost(officer, place, hall):
    first, second = planned.activity(place.danshan), planned.activity(place.danshan, name="合唱")
    told = a_day(place, facility=hall.pk)
    officer.post(address("new-session", first.pk), told)
    page = officer.post(
        address("new-session", second.pk), {**told, "way_in": "走侧门", "tear_down": "20"}
    ).content.decode()
    assert "丹山镇“广场舞教学”（11月27日 19:00–20:30）" in page
    assert 'href="#id_facility"' in page
    assert f'<option value="{hall.pk}" selected>' in page
    assert 'value="走侧门"' in page
    assert 'name="tear_down" value="20"' in page
    assert not second.sessions.exists()


def test_the_look_ahead_says_on_which_days_the_hall_is_taken(officer, place, hall):
    first, second = planned.activity(place.danshan), planned.activity(place.danshan, name="合唱")
    day = a_day(place, facility=hall.pk)
    officer.post(address("new-session", first.pk), {**day, "day": "2026-12-04"})
    told = {**day, "weekdays": ["FR"], "until": "2026-12-11"}
    page = officer.post(address("new-session", second.pk), told).content.decode()
    ticked = re.findall(r'name="keep" value="([\d-]+)" checked', page)
    assert ticked == ["2026-11-27", "2026-12-11"]
    every = {**told, "step": "save", "keep": [*ticked, "2026-12-04"]}
    page = officer.post(address("new-session", second.pk), every).content.decode()
    assert "有 1 场排不进去，所以一场也没排。12月4日" in page
    assert not second.sessions.exists()


def test_only_the_halls_of_the_place_chosen_are_offered(officer, place, hall):
    activity = planned.activity(place.danshan)
    facility(place.zhonghe.site, "中和礼堂")
    new = address("new-session", activity.pk)
    assert f'<option value="{hall.pk}">' in officer.get(new).content.decode()
    narrowed = f"{new}?site={place.danshan.site.pk}&facility={hall.pk}"
    assert f'<option value="{hall.pk}" selected>' in officer.get(narrowed).content.decode()
    other = officer.get(f"{new}?site={place.zhonghe.site.pk}").content.decode()
    assert "多功能厅" not in other
    assert "中和礼堂" not in other  # not theirs to give
    assert officer.get(f"{new}?site=x&facility=y").status_code == 200


def test_a_closed_house_is_opened_with_a_reason(officer, place, hall):
    activity = planned.activity(place.danshan)
    day = dt.date(2026, 11, 27)
    Closure.objects.create(
        node=place.danshan, first_day=day, last_day=day, notice="检修线路", announced_at=AT
    )
    told = a_day(place, facility=hall.pk)
    page = officer.post(address("new-session", activity.pk), told).content.decode()
    assert "那天闭馆：检修线路" in page
    assert 'href="#id_opened_specially"' in page
    officer.post(address("new-session", activity.pk), {**told, "opened_specially": "只有这天"})
    assert (
        "闭馆日特别开放：只有这天" in officer.get(address("activity", activity.pk)).content.decode()
    )


def test_moving_a_session_takes_its_claim_along(officer, place, hall):
    activity = planned.activity(place.danshan)
    officer.post(address("new-session", activity.pk), a_day(place, facility=hall.pk, set_up="45"))
    session = Session.objects.get()
    move = address("move-session", activity.pk, session.pk)
    assert 'name="set_up" value="45"' in officer.get(move).content.decode()
    told = a_day(place, day="2026-11-28", facility=hall.pk, set_up="45", reason="老师生病")
    officer.post(move, told)
    claim = Claim.objects.held().get()
    assert claim.starts_at == dt.datetime(2026, 11, 28, 19, tzinfo=AT.tzinfo)
    assert claim.set_up == 45


def test_cancelling_an_activity_asks_first(officer, place):
    activity = planned.activity(place.danshan)
    planned.session(activity)
    cancel = address("cancel-activity", activity.pk)
    assert "还有 1 场没办" in officer.get(cancel).content.decode()
    officer.post(cancel, {"reason": ""})
    assert Activity.objects.get().state == "published"
    officer.post(cancel, {"reason": "经费调整"})
    assert Activity.objects.get().state == "cancelled"
    page = officer.get(address("activity", activity.pk)).content.decode()
    assert "取消的原因：经费调整" in page
    assert "改内容" not in page


def test_the_list_names_the_months_without_an_activity(officer, place):
    activity = planned.activity(place.danshan)
    for month in (1, 2, 3, 5, 6, 9, 10):
        starts_at = dt.datetime(2026, month, 9, 19, tzinfo=AT.tzinfo)
        planned.session(activity, starts_at=starts_at)
    page = officer.get(address("activities")).content.decode()
    assert "2026 年本馆有 7 个月办过活动，占全年 58.3%" in page
    assert "没办的：4月、7月、8月。" in page
    assert "广场舞教学" in page
    assert "广场舞教学" not in officer.get(f"{address('activities')}?state=draft").content.decode()


def test_both_nodes_of_a_house_have_one_desk(officer, place):
    culture = planned.twin(place.danshan)
    activity = planned.activity(culture)
    for code in ("danshan", "danshan-culture"):
        page = officer.get(f"/desk/{code}/activities/").content.decode()
        assert f'href="/desk/danshan/activities/{activity.pk}/"' in page
        assert "/desk/danshan-culture/readers/" not in page
    owners = officer.get("/desk/danshan-culture/activities/new/").content.decode()
    assert f'value="n{culture.pk}"' in owners
    assert f'value="n{place.danshan.pk}"' in owners


def test_a_joint_activity_is_at_the_desk_of_each_of_its_towns(officer, place):
    joint = planned.cluster(place.danshan, place.zhonghe)
    made = officer.post(address("new-activity"), typed(owner=f"c{joint.pk}", kind="village_gala"))
    activity = Activity.objects.get()
    assert made.status_code == 302
    assert (activity.cluster, activity.node) == (joint, None)
    neighbour = Client()
    neighbour.force_login(makers.account("zhonghe", place.zhonghe))
    assert neighbour.get(f"/desk/zhonghe/activities/{activity.pk}/").status_code == 200
    far = Client()
    far.force_login(makers.account("linjiang", place.linjiang))
    assert far.get(f"/desk/linjiang/activities/{activity.pk}/").status_code == 404


def test_another_branches_activity_is_not_at_this_desk(officer, place):
    theirs = planned.activity(place.zhonghe)
    session = planned.session(theirs)
    for name, *ids in (
        ("activity", theirs.pk), ("activity-details", theirs.pk), ("cancel-activity", theirs.pk),
        ("new-session", theirs.pk), ("move-session", theirs.pk, session.pk),
        ("cancel-session", theirs.pk, session.pk), ("rain-date", theirs.pk, session.pk),
    ):  # fmt: skip
        assert officer.get(address(name, *ids)).status_code == 404, name
    own = planned.activity(place.danshan)
    assert officer.get(address("move-session", own.pk, session.pk)).status_code == 404
    assert officer.get("/desk/zhonghe/activities/").status_code == 403
    assert officer.get("/desk/nowhere/activities/").status_code == 404


def test_the_culture_centre_has_its_own_desk_and_sees_its_branches(place):
    culture = planned.twin(place.danshan)
    theirs = planned.activity(culture, name="丹山舞")
    cadre = Client()
    cadre.force_login(makers.account("culture", culture.parent, kind="culture_cadre"))
    assert cadre.get("/desk/")["Location"] == "/desk/culture-centre/activities/"
    page = cadre.get("/desk/culture-centre/activities/").content.decode()
    assert f"/desk/culture-centre/activities/{theirs.pk}/" in page
    assert "/desk/culture-centre/readers/" not in page
    assert 'href="/desk/"' in cadre.get("/").content.decode()
    chosen = cadre.post(
        "/desk/culture-centre/activities/new/", typed(owner=f"n{culture.parent.pk}")
    )
    assert chosen.status_code == 302
