"""Moving a booking, places for an organisation, people who did not come: the pages of the desk."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.booking import standing
from yanzhen.culture.booking.models import Booking, NoShow, NoShowRule
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.releasing import release_due
from yanzhen.culture.booking.tests import makers
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.people.models import Account, Person

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SPLIT = {"online": 2, "telephone": 1, "group": 6, "walk_in": 3}


@pytest.fixture(autouse=True)
def _whole(place):
    yield
    assert list(invariants.broken()) == []


@pytest.fixture
def operator(place, client):
    client.force_login(county.account("operator", place.hub, "operator"))
    return client


@pytest.fixture
def officer(place, client):
    client.force_login(county.account("zhonghe", place.zhonghe))
    return client


def opened(place, hours=24):
    now = clock.now()
    return makers.opened(place, SPLIT, starts_at=now + hours * HOUR, at=now - HOUR)


def ring(place, session, number=1):
    return book(
        session_id=session.pk, channel="telephone", party=makers.caller(number),
        by=makers.operator(place), at=clock.now(),
    )  # fmt: skip


def absent(place):
    """A resident who did not come yesterday, and the mark."""
    now = clock.now()
    session = makers.opened(place, SPLIT, starts_at=now - DAY, at=now - 2 * DAY)
    by = makers.resident(county.person("演示缺席"))
    makers.book_online(session, by, at=now - 2 * DAY + HOUR)
    release_due(now)
    return by, NoShow.objects.get()


def shown(client, name, *args, code="main-library"):
    return client.get(reverse(f"desk:{name}", args=[code, *args])).content.decode()


def told(client, name, *args, body, code="main-library", status=200):
    answer = client.post(reverse(f"desk:{name}", args=[code, *args]), body, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_booking_goes_to_another_session_with_a_reason(place, operator):
    first, second = opened(place), opened(place, hours=48)
    booking = ring(place, first)
    assert f'id="to-{second.pk}"' in shown(operator, "move-booking", booking.pk)
    assert f'id="to-{first.pk}"' not in shown(operator, "move-booking", booking.pk)
    bare = {"to": str(second.pk), "reason": " "}
    page = told(operator, "move-booking", booking.pk, body=bare, status=422)
    assert "请写一句原因" in page
    assert f'value="{second.pk}" checked' in page
    page = told(operator, "move-booking", booking.pk, body={"to": "", "reason": "x"}, status=404)
    assert "没有找到这一场" in page
    page = told(operator, "move-booking", booking.pk, body=bare | {"reason": "本人来电"})
    assert "改好了" in page
    assert "给演示1约好了" in page
    assert (makers.taken(first), makers.taken(second)) == ({}, {"telephone": 1})
    gone = operator.get(reverse("desk:move-booking", args=["main-library", booking.pk]))
    assert gone.status_code == 404


def test_a_full_session_says_so_and_nothing_is_lost(place, operator):
    first, second = opened(place), opened(place, hours=48)
    booking = ring(place, first)
    ring(place, second, 2)
    body = {"to": str(second.pk), "reason": "本人来电"}
    page = told(operator, "move-booking", booking.pk, body=body, status=409)
    assert "电话名额约满了" in page
    assert 'value="本人来电"' in page
    assert makers.taken(first) == {"telephone": 1}


def test_places_are_kept_for_an_organisation_until_it_brings_its_names(place, operator):
    session = opened(place)
    body = {
        "organisation": "演示小学", "contact": "演示老师", "phone": "00001234567", "heads": "5",
        "until": clock.today().isoformat(),
    }  # fmt: skip
    page = told(operator, "hold-places", session.pk, body=body | {"heads": "9"}, status=422)
    assert "团体名额只剩 6 个" in page
    assert 'value="演示小学"' in page
    late = body | {"until": (clock.today() - DAY).isoformat()}
    assert "已经过去了" in told(operator, "hold-places", session.pk, body=late, status=422)
    page = told(operator, "hold-places", session.pk, body=body)
    assert "留着 5 个位置，等名单" in page
    assert makers.taken(session) == {"group": 5}
    assert "演示小学" in shown(operator, "bookings")
    held = Booking.objects.get()
    page = told(operator, "booking-roster", held.pk, body={"names": "甲\n乙\n丙\n丁\n戊\n己"})
    assert "名单上有 6 个人" in page
    assert "甲\n乙" in page.replace("\r", "")
    assert "共 2 位" in told(operator, "booking-roster", held.pk, body={"names": "甲\n乙"})
    assert makers.taken(session) == {"group": 2}
    assert "等名单的单位" not in shown(operator, "bookings")


def test_an_appeal_is_read_then_not_counted(place, officer):
    by, mark = absent(place)
    standing.appeal(no_show_id=mark.pk, text="孩子发烧", by=by, at=clock.now())
    page = shown(officer, "no-shows", code="zhonghe")
    assert "孩子发烧" in page
    assert AuditEntry.objects.filter(action="no_shows.read").exists()
    page = told(officer, "excuse", mark.pk, body={"reason": ""}, code="zhonghe")
    assert "请写一句原因" in page
    page = told(officer, "excuse", mark.pk, body={"reason": "有病历"}, code="zhonghe")
    assert "不计了" in page
    assert "没有要看的" in page


def test_an_answer_stands_on_the_page_of_whoever_appealed(place, officer, client):
    by, mark = absent(place)
    page = told(officer, "uphold", mark.pk, body={"reason": "请先说一声"}, code="zhonghe")
    assert "没有等着答复的申诉" in page
    standing.appeal(no_show_id=mark.pk, text="忘了", by=by, at=clock.now())
    told(officer, "uphold", mark.pk, body={"reason": "请先说一声"}, code="zhonghe")
    mark.refresh_from_db()
    assert (mark.state, mark.decided_by) == ("standing", "工作人员zhonghe")
    person = Person.objects.get(pk=by.person_id)
    client.force_login(Account.objects.create(username="absent", person=person))
    page = client.get(reverse("portal:me")).content.decode()
    assert "谁都有走不开的时候" in page
    assert "我们的答复：请先说一声" in page
    assert "90 天里有 3 次" in page


def test_one_who_is_paused_reads_how_long_and_what_else_there_is(place, client):
    by, _mark = absent(place)
    NoShowRule.objects.create(strikes=1, set_at=clock.now(), set_by="演示馆长")
    person = Person.objects.get(pk=by.person_id)
    client.force_login(Account.objects.create(username="absent", person=person))
    page = client.get(reverse("portal:me")).content.decode()
    assert "在网上的预约停到" in page
    assert "打电话、到柜台、直接来现场，都照常" in page


def test_nobody_is_blamed_for_a_storm(place, officer):
    _by, mark = absent(place)
    session = mark.booking.session_id
    page = told(officer, "amnesty", session, body={"reason": "暴雨"}, code="zhonghe")
    assert "这一场都不计了 · 1 条" in page
    mark.refresh_from_db()
    assert mark.state == "excused"


def test_only_the_hub_sets_the_rule(place, client):
    client.force_login(county.account("zhonghe", place.zhonghe))
    assert 'name="strikes"' not in shown(client, "no-shows", code="zhonghe")
    body = {"window": "60", "strikes": "0", "pause": "5"}
    address = reverse("desk:no-show-rule", args=["main-library"])
    assert client.post(address, body).status_code == 403
    client.force_login(county.account("director", place.hub, "director"))
    page = told(client, "no-show-rule", body=body)
    assert "太大或太小" in page
    assert 'name="window" value="60"' in page
    page = told(client, "no-show-rule", body=body | {"strikes": "2"})
    assert "60 天里有 2 次" in page


def test_another_branch_decides_nothing_here(place, client):
    _by, mark = absent(place)
    client.force_login(county.account("danshan", place.danshan))
    assert "演示缺席" not in shown(client, "no-shows", code="danshan")
    assert client.get(reverse("desk:no-shows", args=["zhonghe"])).status_code == 403
    for name, pk in (
        ("excuse", mark.pk),
        ("uphold", mark.pk),
        ("amnesty", mark.booking.session_id),
    ):
        address = reverse(f"desk:{name}", args=["danshan", pk])
        assert client.post(address, {"reason": "x"}).status_code == 403
    mark.refresh_from_db()
    assert mark.state == "standing"
