"""Whom the desk has to tell: the number, the sentence, and what came of the call."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.activities.cancelling import cancel_session
from yanzhen.culture.activities.models import SessionMove
from yanzhen.culture.activities.moving import move
from yanzhen.culture.booking import waiting
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.telling import queries, raising
from yanzhen.culture.telling.models import Notice
from yanzhen.doors import telling_words
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def session(place):
    now = clock.now()
    split = {"online": 4, "telephone": 1, "walk_in": 3}
    yield makers.opened(place, split, starts_at=now + DAY, at=now - HOUR)
    assert list(invariants.broken()) == []


@pytest.fixture
def operator(place, client):
    client.force_login(county.account("operator", place.hub, "operator"))
    return client


def ring(place, session, number=1):
    return book(
        session_id=session.pk, channel="telephone", party=makers.caller(number),
        by=makers.operator(place), at=clock.now(),
    )  # fmt: skip


def moved(place, session, site=None, hours=2):
    move(
        session_id=session.pk, starts_at=session.starts_at + hours * HOUR,
        ends_at=session.ends_at + hours * HOUR, site=site or session.site, reason="下雨",
        by=makers.planner(place), at=clock.now(),
    )  # fmt: skip
    raising.tell_of_move({"move_id": SessionMove.objects.latest("pk").pk})


def page(client, code="main-library"):
    return client.get(reverse("desk:notices", args=[code])).content.decode()


def told(client, name, notice, body=None):
    address = reverse(f"desk:{name}", args=["main-library", notice.pk])
    return client.post(address, body or {}, follow=True).content.decode()


def test_the_number_and_the_sentence_then_said_or_not_reached(place, operator, session):
    assert "都告诉到了" in page(operator)
    ring(place, session)
    moved(place, session)
    shown = page(operator)
    assert "演示1" in shown
    assert 'href="tel:00000000001"' in shown
    assert "您好，这里是雁江区图书馆" in shown
    assert "改到" in shown
    assert "还在中和镇分馆" in shown
    assert "不算爽约" in shown
    assert AuditEntry.objects.filter(action="notices.read").exists()
    listed = operator.get(reverse("desk:bookings", args=["main-library"])).content.decode()
    assert "还有 1 位要告诉" in listed
    notice = Notice.objects.get()
    assert "打了 1 次" in told(operator, "notice-missed", notice)
    assert "没打通 1 次" in page(operator)
    assert "还没有选怎么说的" in told(operator, "notice-told", notice)
    assert "说过了" in told(operator, "notice-told", notice, {"how": "telephone"})
    assert "演示1" not in page(operator)
    told(operator, "notice-untold", notice)
    assert "演示1" in page(operator)


def test_another_place_and_a_rain_reason_are_said(place, operator, session):
    ring(place, session)
    moved(place, session, site=place.danshan.site, hours=0)
    shown = page(operator)
    assert "换地方了" in shown
    assert "地点换到丹山镇分馆" in shown
    assert "原因：下雨" in shown


def test_what_is_cancelled_says_why(place, operator, session):
    ring(place, session)
    cancel_session(session_id=session.pk, reason="停电", by=makers.planner(place), at=clock.now())
    raising.tell_of_cancellation({"session_id": session.pk})
    assert "取消了，原因：停电" in page(operator)
    assert "原因：停电" in page(operator, "zhonghe")
    Notice.objects.all().delete()


def test_an_offer_is_settled_on_the_telephone(place, operator, session):
    first = ring(place, session)
    entry = waiting.join(
        session_id=session.pk, channel="telephone", party=makers.caller(2),
        by=makers.operator(place), at=clock.now(),
    )  # fmt: skip
    makers.cancel(first, makers.operator(place), at=clock.now())
    entry.refresh_from_db()
    raising.tell_of_offer({"booking_id": entry.booking_id})
    assert "有位置了" in page(operator)
    assert "给您留到" in page(operator)
    address = reverse("desk:desk-booking", args=["main-library", entry.booking_id])
    assert "对方要来，定下" in operator.get(address).content.decode()
    operator.post(reverse("desk:booking-roster", args=["main-library", entry.booking_id]))
    entry.refresh_from_db()
    assert entry.state == "accepted"
    assert "都告诉到了" in page(operator)


def test_another_town_has_nobody_to_ring_up(place, client, session):
    ring(place, session)
    moved(place, session)
    client.force_login(county.account("danshan", place.danshan))
    assert "演示1" not in page(client, "danshan")
    assert client.get(reverse("desk:notices", args=["zhonghe"])).status_code == 403
    notice = Notice.objects.get()
    address = reverse("desk:notice-told", args=["danshan", notice.pk])
    assert client.post(address, {"how": "telephone"}).status_code == 403


def test_the_same_in_english(place, session):
    ring(place, session)
    moved(place, session)
    call = queries.call_list(place.zhonghe, by=makers.operator(place), at=clock.now())[0]
    with override("en"):
        said = telling_words.sentence(call, "Zhonghe")
        note = telling_words.note(call.notice)
    assert said.startswith("Hello, this is Zhonghe, about “演示讲座”. It is now ")
    assert said.endswith("nobody minds.")
    assert note.endswith("If you cannot come, please cancel; nobody minds.")
