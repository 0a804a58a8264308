"""Everybody concerned is told once, by the web or by somebody, and of the newest only."""

import datetime as dt

import pytest

from tests import county
from yanzhen.config import invariants
from yanzhen.config.subscriptions import SUBSCRIPTIONS
from yanzhen.culture.activities.cancelling import cancel_session
from yanzhen.culture.activities.models import SessionMove
from yanzhen.culture.activities.moving import move
from yanzhen.culture.booking import drawing, releasing, waiting
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place as book
from yanzhen.culture.booking.tests import makers
from yanzhen.culture.courses.models import Enrolment, GroupPlaces
from yanzhen.culture.courses.tests.makers import course
from yanzhen.culture.telling import hearing, queries, raising
from yanzhen.culture.telling.models import Notice
from yanzhen.groundwork import clock, outbox
from yanzhen.groundwork.models import AuditEntry, Delivery
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Guardianship

AT = makers.AT
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
SPLIT = {"online": 4, "telephone": 2, "walk_in": 2}


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def session(place):
    yield makers.opened(place, SPLIT)
    assert list(invariants.broken()) == []


def ring(place, session, number=1):
    return book(
        session_id=session.pk, channel="telephone", party=makers.caller(number),
        by=makers.operator(place), at=AT,
    )  # fmt: skip


def later(place, session, days=1):
    session.refresh_from_db()
    return move(
        session_id=session.pk, starts_at=session.starts_at + days * DAY,
        ends_at=session.ends_at + days * DAY, site=session.site, reason="下雨",
        by=makers.planner(place), at=AT,
    )  # fmt: skip


def deliver():
    for _ in range(3):  # facts recorded by listeners travel too
        outbox.spread(SUBSCRIPTIONS, at=AT)
        outbox.deliver_due(SUBSCRIPTIONS, at=AT)
    assert [row.trouble for row in Delivery.objects.filter(done_at=None)] == []


def who(**wanted):
    return sorted(Notice.objects.filter(**wanted).values_list("who", flat=True))


def guardian_of(child):
    mother = county.person("演示妈妈")
    mother.phone = "00001112222"
    mother.save()
    Guardianship.objects.create(
        child=child, guardian=mother, relation="parent", consent_text="1", channel="paper",
        consented_at=county.MONDAY,
    )  # fmt: skip
    return mother


def refused(code, act, **told):
    with pytest.raises(Refused) as caught:
        act(**told)
    assert caught.value.code == code


def test_a_move_is_told_to_everybody_once_however_often_the_fact_comes(place, session):
    by = makers.resident()
    makers.book_online(session, by)
    called = ring(place, session)
    later(place, session)
    deliver()
    assert who(reason="moved") == sorted([f"person:{by.person_id}", f"booking:{called.pk}"])
    raising.tell_of_move({"move_id": SessionMove.objects.get().pk})
    assert Notice.objects.count() == 2
    note = Notice.objects.get(who=f"booking:{called.pk}")
    assert (note.was_at, note.move.to_starts_at) == (makers.STARTS, makers.STARTS + DAY)


def test_who_has_not_heard_of_the_first_move_is_told_from_where_they_knew(place, session):
    first, second = ring(place, session, 1), ring(place, session, 2)
    later(place, session)
    deliver()
    heard = Notice.objects.get(booking=first)
    told = {"notice_id": heard.pk, "by": makers.operator(place), "at": AT}
    hearing.tell(how="telephone", **told)
    later(place, session)
    deliver()
    knew = dict(Notice.objects.unheard().values_list("booking", "was_at"))
    assert knew == {first.pk: makers.STARTS + DAY, second.pk: makers.STARTS}
    later(place, session, days=-2)  # back to where it began
    deliver()
    back = Notice.objects.unheard().get(booking=second)
    assert (back.was_at, back.move.to_starts_at) == (makers.STARTS + 2 * DAY, makers.STARTS)


def test_a_cancellation_reaches_places_and_waits_and_overtakes_the_move(place, session):
    people = [makers.resident() for _ in range(5)]
    for by in people[:4]:
        makers.book_online(session, by)
    waits = waiting.join(
        session_id=session.pk, channel="online", party=makers.oneself(people[4]), by=people[4],
        at=AT,
    )  # fmt: skip
    later(place, session)
    deliver()
    cancel_session(session_id=session.pk, reason="停电", by=makers.planner(place), at=AT)
    deliver()
    assert who(reason="cancelled") == sorted(f"person:{by.person_id}" for by in people)
    assert not Notice.objects.unheard().filter(reason="moved").exists()
    waits.refresh_from_db()
    assert waits.state == "closed"
    before = Notice.objects.count()
    raising.tell_of_cancellation({"session_id": session.pk})
    assert Notice.objects.count() == before


def test_the_order_in_which_two_listen_to_a_cancellation_does_not_matter(place, session):
    called = ring(place, session)
    cancel_session(session_id=session.pk, reason="停电", by=makers.planner(place), at=AT)
    raising.tell_of_cancellation({"session_id": session.pk})
    assert who() == [f"booking:{called.pk}"]
    deliver()
    assert who() == [f"booking:{called.pk}"]


def test_an_offer_is_told_while_it_stands(place, session):
    full = [makers.resident() for _ in range(4)]
    bookings = [makers.book_online(session, by) for by in full]
    by = makers.resident()
    entry = waiting.join(
        session_id=session.pk, channel="online", party=makers.oneself(by), by=by, at=AT
    )
    makers.cancel(bookings[0], full[0])
    deliver()
    assert who(reason="offered") == [f"person:{by.person_id}"]
    assert [each.reason for each in queries.unseen_by([by.person_id], AT)] == ["offered"]
    waiting.accept(entry_id=entry.pk, by=by, at=AT)
    assert not queries.unseen_by([by.person_id], AT).exists()


def test_a_draw_tells_who_was_not_drawn(place):
    session = makers.opened(place, {"online": 1, "walk_in": 1}, manner={"order": "draw"})
    people = [makers.resident() for _ in range(3)]
    for by in people:
        waiting.join(
            session_id=session.pk, channel="online", party=makers.oneself(by), by=by, at=AT
        )
    told = {"session_id": session.pk, "by": makers.planner(place), "at": AT}
    drawing.seal_list(**told)
    drawing.draw(seed="20361121", **told)
    deliver()
    assert len(who(reason="offered")) == 1
    assert len(who(reason="not_drawn")) == 2
    assert set(who()) == {f"person:{by.person_id}" for by in people}


def test_who_waited_in_vain_is_told_when_the_session_begins(place, session):
    for _ in range(4):
        makers.book_online(session, makers.resident())
    by = makers.resident()
    waiting.join(session_id=session.pk, channel="online", party=makers.oneself(by), by=by, at=AT)
    releasing.release(session.pk, at=makers.STARTS + HOUR)
    deliver()
    assert who() == [f"person:{by.person_id}"]
    assert Notice.objects.get().reason == "closed"


def test_a_child_is_told_through_the_guardian_and_nobody_twice(place, session):
    child = county.person("演示娃", born_on=AT.date() - 9 * 366 * DAY)
    mother = guardian_of(child)
    by = makers.resident(mother)
    book(
        session_id=session.pk, channel="online", party=Party(beneficiary_id=child.pk), by=by, at=AT
    )
    later(place, session)
    deliver()
    assert who() == [f"person:{child.pk}"]
    call = queries.call_list(place.zhonghe, by=makers.operator(place), at=AT)[0]
    assert (call.name, call.phone, call.child) == ("演示妈妈", "00001112222", "演示娃")
    assert AuditEntry.objects.filter(action="notices.read").count() == 1
    notice = Notice.objects.get()
    told = {"notice_id": notice.pk, "at": AT}
    refused("notice-unknown", hearing.acknowledge, by=makers.resident(), **told)
    hearing.acknowledge(by=by, **told)
    assert queries.call_list(place.zhonghe, by=makers.operator(place), at=AT) == []


def test_whoever_booked_for_another_and_the_other_are_both_told(place, session):
    by = makers.resident()
    booking = book(
        session_id=session.pk, channel="online", by=by, at=AT,
        party=Party(name="演示父亲", phone="00003334444", relation="parent"),
    )  # fmt: skip
    later(place, session)
    deliver()
    assert who() == sorted([f"booking:{booking.pk}", f"person:{by.person_id}"])


def test_a_lesson_is_told_to_its_pupils_and_to_whoever_keeps_places(place):
    made = course(place)
    pupil, gone = county.person("演示学员"), county.person("演示退课")
    for person, left in ((pupil, None), (gone, AT)):
        Enrolment.objects.create(
            course=made, person=person, channel="counter", enrolled_at=AT, enrolled_by="陈专干",
            cancelled_at=left,
        )  # fmt: skip
    group = GroupPlaces.objects.create(
        course=made, organisation="演示工厂", contact="王工", phone="00005556666", places=2,
        names_until=AT.date(), kept_at=AT, kept_by="陈专干",
    )  # fmt: skip
    made.taken = 3
    made.save()
    lesson = made.activity.sessions.first()
    raised_for = SessionMove.objects.create(
        session=lesson, from_starts_at=lesson.starts_at, from_ends_at=lesson.ends_at,
        from_site=lesson.site, to_starts_at=lesson.starts_at + DAY,
        to_ends_at=lesson.ends_at + DAY, to_site=lesson.site, reason="停电", at=AT, by_name="陈",
    )  # fmt: skip
    raising.tell_of_move({"move_id": raised_for.pk})
    assert who() == sorted([f"person:{pupil.pk}", f"group:{group.pk}"])
    assert list(invariants.broken()) == []


def test_staff_of_the_branch_say_it_once_or_try_again(place, session):
    ring(place, session)
    later(place, session)
    deliver()
    by, there = makers.operator(place), makers.planner(place)
    told = {"notice_id": Notice.objects.get().pk, "at": AT}
    elsewhere = county.staff(place.danshan, "culture_officer")
    refused("not-your-branch", hearing.tell, how="telephone", by=elsewhere, **told)
    refused("no-permission", hearing.miss, by=makers.resident(), **told)
    refused("way-missing", hearing.tell, how="pigeon", by=by, **told)
    refused("notice-unknown", hearing.tell, how="telephone", by=by, notice_id=0, at=AT)
    assert [hearing.miss(by=by, **told).tries for _ in range(2)] == [1, 2]
    assert queries.unheard_at(place.danshan, AT).count() == 0
    assert queries.unheard_at(place.zhonghe, AT).count() == 1
    hearing.tell(how="in_person", by=there, **told)
    refused("told-already", hearing.tell, how="telephone", by=by, **told)
    refused("told-already", hearing.miss, by=by, **told)
    assert queries.unheard_at(place.zhonghe, AT).count() == 0
    hearing.untell(by=there, **told)
    assert queries.unheard_at(place.zhonghe, AT).count() == 1


def test_who_has_given_the_place_up_need_not_be_told_of_its_move(place, session):
    by = makers.resident()
    booking = makers.book_online(session, by)
    later(place, session)
    deliver()
    makers.cancel(booking, by)
    assert queries.unheard_at(place.zhonghe, AT).count() == 0
