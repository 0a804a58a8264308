"""The register and the planner at a desk: what one looks after, what one may claim there."""

import datetime as dt

import pytest

from tests import county
from yanzhen.culture.resources.models import (
    Claim,
    Facility,
    FacilityPhoto,
    RecordCheck,
    Resource,
    Teacher,
    TravelTime,
)
from yanzhen.culture.resources.tests import makers
from yanzhen.groundwork import clock
from yanzhen.network.models import Closure

pytestmark = pytest.mark.django_db

BASE = "/desk/danshan/resources/"
HUB = "/desk/main-library/resources/"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 200
FACILITY = {
    "name": "村口戏台", "name_en": "", "kind": "village_stage", "site": "danshan", "seats": "200",
    "part_of": "", "keeper": "李大姐", "condition": "good", "condition_note": "", "note": "",
}  # fmt: skip
WEDNESDAY = clock.today() + dt.timedelta(days=9 - clock.today().weekday())  # of next week


@pytest.fixture
def things(place):
    return makers.things(place)


@pytest.fixture
def clerk(client, place, things):
    """The culture officer of 丹山镇."""
    client.force_login(county.account("danshan", place.danshan))
    return client


@pytest.fixture
def director(client, place, things):
    client.force_login(county.account("hub", place.hub, "director"))
    return client


def use(**more) -> dict:
    return {
        "purpose": "声乐课", "use": "class", "day": WEDNESDAY.isoformat(), "starts": "14:00",
        "ends": "16:00", "facility": "", "teacher": "", "equipment": "", "units": "",
        "vehicle": "", "site": "", "days": "", "set_up": "", "tear_down": "", "heads": "", **more,
    }  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def test_a_stage_with_200_seats_is_entered_and_appears(clerk):
    answer = clerk.post(f"{BASE}new/facility/", FACILITY)
    made = Facility.objects.get(name="村口戏台")
    assert answer["Location"].endswith(f"/resources/{made.pk}/")
    assert (made.seats, made.site.code, made.sort) == (200, "danshan", "facility")
    listed = text(clerk.get(BASE))
    assert "村口戏台" in listed
    assert "丹山广场" in listed
    assert "礼堂东厅" not in listed  # the main library's own
    assert "村口戏台" in text(clerk.get("/branches/danshan/"))
    public = text(clerk.get("/facilities/?kind=village_stage"))
    assert "村口戏台" in public
    assert "容纳 200 人" in public


def test_a_form_that_is_refused_keeps_what_was_typed(clerk):
    page = text(clerk.post(f"{BASE}new/facility/", {**FACILITY, "name": "", "seats": "很多"}))
    assert "请填名称。" in page
    assert "请填 0 到 20000 之间的整数。" in page
    assert "李大姐" in page
    elsewhere = clerk.post(f"{BASE}new/facility/", {**FACILITY, "site": "zhonghe"})
    assert elsewhere.status_code == 200  # the choice is not offered
    assert not Facility.objects.filter(name="村口戏台").exists()


@pytest.mark.parametrize(
    ("sort", "typed", "model"),
    [
        ("teacher", {"subjects": "川剧", "home_town": "", "weekly_cap": "12"}, Teacher),
        ("equipment", {"units": "4", "kept_at": "库房"}, Resource),
        ("vehicle", {"kind": "van", "plate": "", "seats": "7"}, Resource),
        ("troupe", {}, Resource),
    ],
)
def test_every_sort_is_entered_and_corrected(director, sort, typed, model):
    told = {"name": "演示甲", "site": "main-library", **typed}
    director.post(f"{HUB}new/{sort}/", told)
    made = model.objects.get(name="演示甲")
    assert made.sort == sort
    director.post(f"{HUB}{made.pk}/", {**told, "name": "演示乙"})
    made.refresh_from_db()
    assert made.name == "演示乙"
    director.post(f"{HUB}{made.pk}/standing/", {"step": "retire"})
    assert "已停用" in text(director.get(f"{HUB}?sort={sort}"))


def test_a_photo_is_kept_shown_and_taken_away(clerk, things, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    address = f"{BASE}{things.square.pk}/"

    def sent(content: bytes, name: str):
        file = makers.upload(name, content)
        return clerk.post(f"{address}photos/", {"photo": file, "caption": "广场全景"})

    assert "这个文件不是照片" in text(sent(b"<svg>", "a.jpg"))
    assert "这个文件不是照片" in text(sent(JPEG + b"0" * 5 * 1024 * 1024, "b.jpg"))
    assert sent(JPEG, "../../evil.php").status_code == 302
    photo = FacilityPhoto.objects.get()
    assert photo.file.name.startswith("facilities/")
    assert photo.file.name.endswith(".jpg")
    shown = clerk.get(f"/facilities/photos/{photo.pk}/")
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/jpeg", JPEG)
    assert "广场全景" in text(clerk.get(address))
    clerk.post(f"{BASE}photos/{photo.pk}/removal/")
    assert clerk.get(f"/facilities/photos/{photo.pk}/").status_code == 404


def test_hours_and_accessibility_are_written_down(clerk, things):
    address = f"{BASE}{things.square.pk}/"
    week = {f"day{n}": "" for n in range(7)} | {"day2": "9:00–12:00，14:00—18:00"}
    clerk.post(f"{address}hours/", week)
    assert things.square.hours.count() == 2
    for wrong in ("九点", "25:00-26:00", "12:00-9:00"):
        page = clerk.post(f"{address}hours/", {**week, "day2": wrong})
        assert page.status_code == 200, wrong
    clerk.post(f"{address}access/", {"ramp": "present", "toilet": ""})
    assert list(things.square.access.values_list("kind", "state")) == [("ramp", "present")]
    assert "坡道" in text(clerk.get("/branches/danshan/"))


def test_a_record_check_is_entered_at_headquarters(director, things):
    RecordCheck.objects.all().delete()
    told = {"checked_on": clock.today().isoformat(), "result": "clear", "document": "演示-7"}
    director.post(f"{HUB}{things.singer.pk}/checks/", told)
    assert "12 个月内" in text(director.get(f"{HUB}?sort=teacher"))
    late = {**told, "checked_on": (clock.today() + dt.timedelta(days=1)).isoformat()}
    assert "查询日期还没到" in text(director.post(f"{HUB}{things.singer.pk}/checks/", late))


def test_a_class_is_claimed_with_its_teacher_and_shown(clerk, things):
    answer = clerk.post(
        f"{BASE}claims/", use(facility=things.square.pk, teacher=things.singer.pk, set_up="15")
    )
    assert answer.status_code == 302
    assert Claim.objects.filter(state="live").count() == 2
    week = f"week={WEDNESDAY.isoformat()}"
    for shown in (
        answer["Location"],
        f"{BASE}planner/?resource={things.singer.pk}&{week}",
        f"{BASE}planner/?{week}",
    ):
        page = text(clerk.get(shown))
        assert "14:00–16:00" in page
        assert "声乐课" in page


def test_a_conflict_is_said_with_both_uses_and_keeps_the_form(clerk, things):
    clerk.post(f"{BASE}claims/", use(facility=things.square.pk, purpose="村晚彩排"))
    wanted = use(facility=things.square.pk, teacher=things.singer.pk)
    page = text(clerk.post(f"{BASE}claims/", wanted))
    assert "“丹山广场”这段时间已占用：在丹山镇“村晚彩排”" in page
    assert "“声乐课”排不进去" in page
    assert Claim.objects.count() == 1


def test_a_claim_is_moved_by_form_and_by_drag(clerk, things):
    clerk.post(f"{BASE}claims/", use(facility=things.square.pk))
    claim = Claim.objects.get()
    told = {"day": WEDNESDAY.isoformat(), "starts": "09:00", "ends": "11:00", "days": ""}
    clerk.post(f"{BASE}claims/{claim.pk}/move/", told)
    claim.refresh_from_db()
    assert dt.datetime.fromisoformat(f"{WEDNESDAY}T09:00+08:00") == claim.starts_at
    back = f"{BASE}planner/?resource={things.square.pk}"
    clerk.post(f"{BASE}claims/", use(facility=things.square.pk, purpose="大家唱"))
    answer = clerk.post(
        f"{BASE}claims/{claim.pk}/move/", {**told, "starts": "15:00", "ends": "17:00", "back": back}
    )
    assert answer["Location"] == back
    assert "已占用：在丹山镇“大家唱”" in text(clerk.get(back))
    page = text(clerk.post(f"{BASE}claims/{claim.pk}/move/", {**told, "ends": "08:00"}))
    assert "结束时间要在开始时间之后" in page
    outside = clerk.post(
        f"{BASE}claims/{claim.pk}/move/", {**told, "starts": "10:00", "back": "//evil.example/"}
    )
    assert "evil" not in outside["Location"]


def test_a_substitute_takes_over_and_what_is_not_needed_is_let_go(clerk, things):
    clerk.post(f"{BASE}claims/", use(teacher=things.singer.pk, site="danshan", draft="1"))
    claim = Claim.objects.get()
    assert claim.state == "draft"
    address = f"{BASE}claims/{claim.pk}/"
    clerk.post(f"{address}confirmation/")
    clerk.post(f"{address}substitute/", {"substitute": things.dancer.pk})
    claim.refresh_from_db()
    assert (claim.state, claim.resource_id) == ("live", things.dancer.pk)
    clerk.post(f"{address}release/")
    claim.refresh_from_db()
    assert claim.state == "released"
    assert "已释放" in text(clerk.get(address))


def test_a_town_does_not_touch_what_is_anothers(clerk, things):
    assert clerk.get(f"{BASE}{things.hall.pk}/").status_code == 404
    assert clerk.post(f"{BASE}{things.hall.pk}/hours/", {}).status_code == 404
    assert clerk.get(HUB).status_code == 403
    assert clerk.get(f"{BASE}planner/?resource={things.hall.pk}").status_code == 404
    [foreign] = makers.claim(things.by, things.hall, start=clock.now() + dt.timedelta(days=3))
    page = clerk.post(f"{BASE}claims/{foreign.pk}/release/", follow=True)
    assert "不归您管" in text(page)
    foreign.refresh_from_db()
    assert foreign.state == "live"
    teacher_page = text(clerk.get(f"{BASE}{things.singer.pk}/"))
    assert "张老师" in teacher_page
    assert "登记一次查询" not in teacher_page


def test_what_an_activity_claimed_is_only_looked_at(clerk, things):
    start = clock.now() + dt.timedelta(days=3)
    [made] = makers.claim(things.by, things.square, reference="session:17", start=start)
    page = text(clerk.get(f"{BASE}claims/{made.pk}/"))
    assert "这是一场活动留的" in page
    assert "移过去" not in page


def test_travel_times_are_laid_down_at_headquarters(director, client, place):
    told = {"one": "512002107", "other": "512002103", "minutes": "35"}
    director.post(f"{HUB}travel-times/", told)
    assert TravelTime.objects.filter(minutes=35, verification="verified").count() == 1
    client.force_login(county.account("officer", place.danshan))
    assert client.post(f"{BASE}travel-times/", {**told, "minutes": "5"}).status_code == 403
    assert not TravelTime.objects.filter(minutes=5).exists()


def test_the_public_finds_what_is_free(clerk, things):
    clerk.post(f"{BASE}claims/", use(facility=things.square.pk))
    day = f"day={WEDNESDAY.isoformat()}"
    assert "丹山广场" not in text(clerk.get(f"/facilities/?{day}&from=15:00&to=17:00"))
    assert "丹山广场" in text(clerk.get(f"/facilities/?{day}&from=16:00&to=17:00"))
    assert "日期或时间看不懂" in text(clerk.get("/facilities/?day=x"))
    assert "没有找到" in text(clerk.get("/facilities/?kind=history_room"))


def test_a_closed_house_is_claimed_only_for_a_reason(clerk, things, place):
    hall = makers.facility(place.danshan.site, "多功能厅", seats=80)
    Closure.objects.create(
        node=place.danshan, first_day=WEDNESDAY, last_day=WEDNESDAY, notice="检修线路",
        announced_at=clock.now(),
    )  # fmt: skip
    told = use(facility=hall.pk)
    page = text(clerk.post(f"{BASE}claims/", told))
    assert "那天闭馆：检修线路" in page
    assert "请写明特别开放的理由" in page
    assert not Claim.objects.exists()
    clerk.post(f"{BASE}claims/", {**told, "opened_specially": "老师只有这天有空"})
    claim = Claim.objects.get()
    assert "老师只有这天有空" in text(clerk.get(f"{BASE}claims/{claim.pk}/"))
    moved = {"day": WEDNESDAY.isoformat(), "starts": "09:00", "ends": "11:00"}
    assert "那天闭馆" in text(clerk.post(f"{BASE}claims/{claim.pk}/move/", moved))
    clerk.post(f"{BASE}claims/{claim.pk}/move/", {**moved, "opened_specially": "改到上午"})
    claim.refresh_from_db()
    assert claim.opened_specially == "改到上午"
