"""A change of a session stands on one's own page until one says one knows."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import county
from yanzhen.culture.activities.models import SessionMove
from yanzhen.culture.activities.moving import move
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.telling import raising
from yanzhen.culture.telling.models import Notice
from yanzhen.groundwork import clock
from yanzhen.people.models import Account, Guardianship, Person

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def session(place):
    return makers.opened(place, starts_at=clock.now() + DAY, at=clock.now() - HOUR)


def moved(place, session):
    move(
        session_id=session.pk, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR,
        site=session.site, reason="下雨", by=makers.planner(place), at=clock.now(),
    )  # fmt: skip
    raising.tell_of_move({"move_id": SessionMove.objects.get().pk})
    return Notice.objects.get()


def signed_in(client, person):
    client.force_login(Account.objects.create(username=f"p{person.pk}", person=person))
    return client


def me(client):
    return client.get(reverse("portal:me")).content.decode()


def acknowledge(client, notice):
    return client.post(reverse("portal:acknowledge", args=[notice.pk]), follow=True)


def test_a_note_until_one_knows(place, client, session):
    by = makers.resident()
    makers.book_online(session, by, at=clock.now())
    notice = moved(place, session)
    signed_in(client, Person.objects.get(pk=by.person_id))
    shown = me(client)
    assert "改期了：演示讲座" in shown
    assert "原来说的是" in shown
    assert "知道了" in shown
    assert "不算爽约" in shown
    assert "记下了" in acknowledge(client, notice).content.decode()
    assert "改期了：演示讲座" not in me(client)


def test_a_guardian_sees_the_childs_and_a_stranger_does_not(place, client, session):
    child = county.person("演示娃", born_on=clock.today() - 9 * 366 * DAY)
    mother = county.person("演示妈妈")
    Guardianship.objects.create(
        child=child, guardian=mother, relation="parent", consent_text="1", channel="paper",
        consented_at=county.MONDAY,
    )  # fmt: skip
    book(
        session_id=session.pk, channel="online", party=Party(beneficiary_id=child.pk),
        by=makers.resident(mother), at=clock.now(),
    )  # fmt: skip
    notice = moved(place, session)
    signed_in(client, county.person("演示路人"))
    assert "改期了" not in me(client)
    assert "没有找到这条通知" in acknowledge(client, notice).content.decode()
    notice.refresh_from_db()
    assert notice.seen_at is None
    signed_in(client, mother)
    assert "孩子：演示娃" in me(client)
    acknowledge(client, notice)
    assert "改期了" not in me(client)
