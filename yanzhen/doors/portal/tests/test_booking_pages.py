"""Booking on the public pages: three persons, one form, the code, my family's bookings."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.booking.models import Booking, NoShow, WaitingEntry
from yanzhen.culture.booking.releasing import release_due
from yanzhen.culture.booking.tests import makers
from yanzhen.doors.portal.booking_pages import places_shown
from yanzhen.groundwork import clock
from yanzhen.people.models import Account, Guardianship

HOUR = dt.timedelta(hours=1)
SPLIT = {"online": 2, "telephone": 1, "walk_in": 3}


@pytest.fixture
def session(place):
    now = clock.now()
    yield makers.opened(place, SPLIT, starts_at=now + 48 * HOUR, at=now - HOUR)
    assert list(invariants.broken()) == []


@pytest.fixture
def daughter(place, client):
    person = county.person("女儿")
    client.force_login(Account.objects.create(username="daughter", person=person))
    return person


def form(client, session, **body):
    address = reverse("portal:book", args=[session.pk])
    usual = {"who": "me", "heads": "1", "companions": "0", "key": "k1"}
    return client.post(address, usual | body, follow=True)


def test_a_stranger_sees_what_is_left_and_where_to_call(client, session):
    page = client.get(reverse("portal:book", args=[session.pk])).content.decode()
    assert "网上还剩 2 个，现场另留 3 个" in page
    assert "登录后预约" in page
    answer = client.post(reverse("portal:book", args=[session.pk]), {})
    assert answer.status_code == 302
    assert not Booking.objects.exists()


def test_two_steps_to_a_code(client, session, daughter):
    assert "先到先得" in client.get(reverse("portal:book", args=[session.pk])).content.decode()
    page = form(client, session).content.decode()
    booking = Booking.objects.get()
    assert f"{booking.code[0]} {booking.code[1:3]} {booking.code[3:]}" in page
    assert "<svg" in page
    form(client, session)  # the same form again: the same booking
    assert Booking.objects.count() == 1
    mine = client.get("/me/").content.decode()
    assert "演示讲座" in mine
    client.post(reverse("portal:cancel-booking", args=[booking.pk]))
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_for_a_child_and_for_father(client, session, daughter):
    child = county.person("小雨", born_on=dt.date(2018, 1, 1))
    Guardianship.objects.create(
        child=child, guardian=daughter, relation="parent", channel="paper", consented_at=clock.now()
    )
    assert "孩子 小雨" in client.get(reverse("portal:book", args=[session.pk])).content.decode()
    form(client, session, who=f"p{child.pk}")
    page = form(client, session, who="other", key="k2")
    assert "请写上参加人的姓名" in page.content.decode()
    form(client, session, who="other", name="演示父亲", relation="parent", key="k2")
    assert {each.who for each in Booking.objects.all()} == {"小雨", "演示父亲"}
    assert all(each.applicant == daughter for each in Booking.objects.all())
    mine = client.get("/me/").content.decode()
    assert "小雨" in mine
    assert "演示父亲" in mine


def test_full_and_then_a_place_is_offered(place, client, session, daughter):
    other = makers.resident()
    full = makers.book_online(session, other, heads=2, at=clock.now())
    answer = form(client, session)
    assert answer.status_code == 409
    assert "现场还留着 3 个" in answer.content.decode()
    page = form(client, session, wait="1").content.decode()
    assert "前面有 0 位" in page
    entry = WaitingEntry.objects.get()
    makers.cancel(full, other, at=clock.now())
    assert "要，我来" in client.get("/me/").content.decode()
    client.post(reverse("portal:accept-offer", args=[entry.pk]))
    assert Booking.objects.get(beneficiary=daughter).state == "confirmed"


def test_waiting_is_left_by_oneself(client, session, daughter):
    makers.book_online(session, makers.resident(), heads=2, at=clock.now())
    form(client, session, wait="1")
    client.post(reverse("portal:leave-waiting", args=[WaitingEntry.objects.get().pk]))
    assert WaitingEntry.objects.get().state == "withdrawn"


def test_anothers_booking_does_not_exist(client, session, daughter):
    other = makers.book_online(session, makers.resident(), at=clock.now())
    assert client.get(reverse("portal:booking", args=[other.pk])).status_code == 404
    client.post(reverse("portal:cancel-booking", args=[other.pk]))
    other.refresh_from_db()
    assert other.state == "confirmed"


@pytest.mark.parametrize(
    "body",
    [{"who": "p1"}, {"heads": "99"}, {"heads": "x"}, {"key": ""}, {"who": "x" * 9000}],
    ids=str,
)  # fmt: skip
def test_a_form_nobody_would_send(client, session, daughter, body):
    assert form(client, session, **body).status_code == 422
    assert not Booking.objects.exists()


def test_not_coming_can_be_explained(place, client, session, daughter):
    makers.book_online(session, makers.resident(daughter), at=clock.now())
    release_due(session.starts_at + HOUR)
    mark = NoShow.objects.get()
    assert "约了，没能来的" in client.get("/me/").content.decode()
    client.post(reverse("portal:appeal", args=[mark.pk]), {"text": "公交停了"})
    mark.refresh_from_db()
    assert (mark.state, mark.appeal) == ("appealed", "公交停了")


def test_the_part_of_a_sessions_page(place, session):
    told = {"session": session, "places": places_shown(session.pk), "phone": "028 0000"}
    part = render_to_string("portal/activities/places.html", told)
    assert "网上还剩 2 个，现场另留 3 个" in part
    assert reverse("portal:book", args=[session.pk]) in part
    free = makers.session(place)
    assert places_shown(free.pk) is None
    assert "直接来就行" in render_to_string("portal/activities/places.html", {"session": free})


def test_no_such_session(db, client):
    assert client.get(reverse("portal:book", args=[987654])).status_code == 404
