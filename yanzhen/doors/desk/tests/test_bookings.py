"""Booking for others and the door, on the pages of a branch."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.booking import scanning, sheets
from yanzhen.culture.booking.models import Allotment, Booking, Channel
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.tours.tests.makers import JPEG
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.tests.test_pictures import segment

HOUR = dt.timedelta(hours=1)
SPLIT = {"online": 4, "telephone": 2, "group": 3, "walk_in": 3}


@pytest.fixture
def session(place):
    now = clock.now()
    yield makers.opened(place, SPLIT, starts_at=now + HOUR, at=now - HOUR)
    assert list(invariants.broken()) == []


@pytest.fixture
def officer(place, client):
    client.force_login(county.account("zhonghe", place.zhonghe))
    return client


@pytest.fixture
def operator(place, client):
    client.force_login(county.account("operator", place.hub, "operator"))
    return client


def told(client, name, *args, body=None, code="zhonghe"):
    """The page a form leads to."""
    answer = client.post(reverse(f"desk:{name}", args=[code, *args]), body or {}, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_the_telephone_books_with_four_fields_and_a_sentence_to_read(operator, session):
    listed = operator.get(reverse("desk:bookings", args=["main-library"])).content.decode()
    assert "演示讲座" in listed
    address = reverse("desk:book-for", args=["main-library", session.pk])
    form = operator.get(address).content.decode()
    fields = set(re.findall(r'name="(\w+)"', form[form.index("<main") :])) - {
        "csrfmiddlewaretoken", "key"
    }  # fmt: skip
    assert fields == {"channel", "name", "phone", "heads"}
    body = {"channel": "telephone", "name": "演示大爷", "phone": "0000 1234567", "heads": "2"}
    page = operator.post(address, body, follow=True).content.decode()
    booking = Booking.objects.get()
    assert "给演示大爷约好了" in page
    assert f"{booking.code[0]} {booking.code[1:3]} {booking.code[3:]}" in page
    refused = operator.post(address, body | {"name": "别人", "phone": "00007654321"})
    assert refused.status_code == 409
    assert "电话名额约满了" in refused.content.decode()
    assert 'value="别人"' in refused.content.decode()
    found = operator.get(reverse("desk:bookings", args=["main-library"]), {"q": "4567"})
    assert "演示大爷" in found.content.decode()
    page = told(operator, "cancel-desk-booking", booking.pk, code="main-library")
    assert "预约已取消" in page
    assert makers.taken(session) == {}


@pytest.mark.parametrize("heads", ["", "-1", "二", "9" * 60])
def test_wrong_numbers_are_told(operator, session, heads):
    address = reverse("desk:book-for", args=["main-library", session.pk])
    body = {"channel": "x", "name": "演示", "phone": "00001234567", "heads": heads}
    assert operator.post(address, body).status_code == 422
    assert not Booking.objects.exists()


def test_an_organisation_brings_its_roster(place, operator, session):
    from_group = makers.caller(organisation="演示小学", heads=3)
    booking = book(
        session_id=session.pk, channel="group", party=from_group, by=makers.operator(place),
        at=clock.now(), hold_until=clock.now() + HOUR / 2,
    )  # fmt: skip
    page = told(
        operator, "booking-roster", booking.pk, body={"names": "甲\n乙\n"}, code="main-library"
    )
    assert "共 2 位" in page
    assert makers.taken(session) == {"group": 2}


def test_the_door_by_code_by_name_by_heads_and_back(place, officer, session):
    assert "演示讲座" in officer.get(reverse("desk:sessions", args=["zhonghe"])).content.decode()
    rows = [
        book(
            session_id=session.pk, channel="telephone", party=makers.caller(n),
            by=makers.operator(place), at=clock.now(),
        )
        for n in (1, 2)
    ]  # fmt: skip
    page = told(officer, "door-scan", session.pk, body={"text": f"YZB-{rows[0].code}"})
    assert "请进 · 1 位" in page
    assert "已经签过到" in told(officer, "door-scan", session.pk, body={"text": rows[0].code})
    several = told(officer, "door-scan", session.pk, body={"text": "演示"})
    assert "是哪一位" in several
    assert "没有找到这个预约" in told(officer, "door-scan", session.pk, body={"text": "无此人"})
    told(officer, "arrive", session.pk, rows[1].pk)
    assert "签到已撤销" in told(officer, "undo-arrival", session.pk, rows[1].pk)
    body = {"heads": "2", "under_18": "1", "key": "twice"}
    for _ in range(2):
        assert "请进 · 2 位" in told(officer, "walk-in", session.pk, body=body)
    assert makers.taken(session) == {"telephone": 2, "walk_in": 2}
    assert "现场名额只剩 1 个" in told(officer, "walk-in", session.pk, body={"heads": "2"})
    assert "断网" in told(officer, "door-network", session.pk, body={"offline": "1"})


def test_a_card_is_a_way_in(place, officer, session):
    card = county.reader(place)
    by = makers.resident(card.person)
    book(session_id=session.pk, channel="online", party=makers.oneself(by), by=by, at=clock.now())
    assert "请进" in told(officer, "door-scan", session.pk, body={"text": card.number})


def test_paper_out_and_back(officer, session):
    assert "签到表 1 号" in told(officer, "print-sheet", session.pk, body={"lines": "2"})
    sheet = session.sheets.get()
    page = officer.get(reverse("desk:sheet", args=["zhonghe", session.pk, sheet.pk]))
    assert "name-2" in page.content.decode()
    body = {"name-1": "演示大妈", "band-1": "aged_60", "band-2": "", "finished": "1"}
    assert "录了 1 行" in told(officer, "sheet-lines", session.pk, sheet.pk, body=body)
    assert makers.taken(session) == {"walk_in": 1}


def test_the_signed_sheet_is_attached_looked_at_and_taken_away(
    officer, session, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    told(officer, "print-sheet", session.pk, body={"lines": "2"})
    sheet = session.sheets.get()
    words = SimpleUploadedFile("a.jpg", b"just words", "image/jpeg")
    body = {"name-1": "演示大妈", "band-1": "aged_60", "scan": words, "finished": "1"}
    page = told(officer, "sheet-lines", session.pk, sheet.pk, body=body)
    assert "签到表的照片没有收下" in page
    assert "演示大妈" in page
    sheet.refresh_from_db()
    assert sheet.returned_at is None
    secret = segment(0xFE, b"104.6E")
    photo = SimpleUploadedFile("a.jpg", JPEG[:2] + secret + JPEG[2:], "image/jpeg")
    page = told(officer, "sheet-lines", session.pk, sheet.pk, body={"scan": photo, "finished": "1"})
    assert "照片收下了" in page
    assert "签了字的表，第 1 张" in page
    door = officer.get(reverse("desk:door", args=["zhonghe", session.pk])).content.decode()
    assert "有照片" in door
    scan = sheet.scans.get()
    where = ["zhonghe", session.pk, sheet.pk, scan.pk]
    assert officer.get(reverse("desk:sheet-scan", args=where)).content == JPEG
    assert AuditEntry.objects.filter(action="sheet.scan_read").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert "照片拿掉了" in told(officer, "remove-sheet-scan", *where[1:])
    assert list(tmp_path.rglob("*.jpg")) == []
    assert officer.get(reverse("desk:sheet-scan", args=where)).status_code == 404


def test_another_branch_does_not_see_the_signed_sheet(place, client, session):
    by = makers.planner(place)
    sheet = sheets.print_sheet(session_id=session.pk, lines=1, by=by, at=clock.now())
    scan = scanning.attach(sheet_id=sheet.pk, content=JPEG, by=by, at=clock.now())
    client.force_login(county.account("danshan", place.danshan))
    for code, status in (("zhonghe", 403), ("danshan", 404)):
        address = reverse("desk:sheet-scan", args=[code, session.pk, sheet.pk, scan.pk])
        assert client.get(address).status_code == status
    theirs = {"scan_id": scan.pk, "at": clock.now()}
    with pytest.raises(Refused) as caught:
        scanning.look_at(by=county.staff(place.danshan, "culture_officer"), **theirs)
    assert caught.value.code == "not-your-branch"


def test_opening_moving_and_resizing(place, officer):
    now = clock.now()
    session = makers.session(place, capacity=20, starts_at=now + HOUR)
    page = officer.get(reverse("desk:places", args=["zhonghe", session.pk])).content.decode()
    assert "能坐 20 人" in page
    few = {"online": "20", "walk_in": "0"}
    assert "至少要留两成" in told(officer, "open-booking", session.pk, body=few)
    body = {"online": "14", "walk_in": "4", "reserve": "2", "order": "first_come"}
    assert "开放预约了" in told(officer, "open-booking", session.pk, body=body)
    lend = {"source": "walk_in", "target": "online", "places": "1", "reason": "不够"}
    assert "不能挪给别的渠道" in told(officer, "transfer-places", session.pk, body=lend)
    give = lend | {"source": "reserve"}
    assert "挪了 1 个名额" in told(officer, "transfer-places", session.pk, body=give)
    resize = {"capacity": "30", "reason": "换大厅"}
    assert "容量改好了" in told(officer, "resize-session", session.pk, body=resize)
    assert Allotment.objects.get(session=session, channel=Channel.WALK_IN).places == 6
    assert list(invariants.broken()) == []


def test_a_draw_is_sealed_then_drawn_on_the_page(place, officer):
    now = clock.now()
    session = makers.opened(place, starts_at=now + HOUR, at=now - HOUR, manner={"order": "draw"})
    assert "名单封存了" in told(officer, "draw", session.pk)
    assert "摇出来了 · 0 个" in told(officer, "draw", session.pk, body={"seed": "演示 2027"})


def test_another_branch_has_no_door_here(place, client, session):
    client.force_login(county.account("danshan", place.danshan))
    for name, code, status in (("door", "zhonghe", 403), ("door", "danshan", 404)):
        assert client.get(reverse(f"desk:{name}", args=[code, session.pk])).status_code == status
    answer = client.post(reverse("desk:walk-in", args=["danshan", session.pk]), {"heads": "1"})
    assert answer.status_code == 403
    assert makers.taken(session) == {}


@pytest.mark.parametrize("typed", ["四", "1.5", "99999"])
def test_what_is_no_number_at_the_door_is_told(officer, session, typed):
    page = told(officer, "walk-in", session.pk, body={"heads": typed})
    assert f"“{typed}”不是这里能用的数字" in page
    assert not Booking.objects.exists()
