"""Enrolling one person: by themselves, by a guardian, by a desk or the telephone."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yanzhen.culture.courses import access, rules
from yanzhen.culture.courses.facts import Enrolled, EnrolmentCancelled
from yanzhen.culture.courses.loading import (
    course_to_change,
    enrolment_to_change,
    group_to_change,
    unknown_enrolment,
)
from yanzhen.culture.courses.models import Course, Enrolment, GroupPlaces
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.models import Person
from yanzhen.people.queries import guardians_of
from yanzhen.people.roles import BOOK_FOR_OTHERS, Actor
from yanzhen.people.rules import age_on, is_child


@transaction.atomic
def enrol(course_id: int, *, person_id: int, channel: str, by: Actor, at: dt.datetime) -> Enrolment:
    """Give a person one place in a course. Raises Refused."""
    access.require_acting_for(by, person_id, local_day(at))
    course, person = course_to_change(course_id), _person(person_id)
    refuse_first(*_about_the_person(course, person, at))
    late_too = by.may(BOOK_FOR_OTHERS)  # the host lets in whom it likes while there is room
    if not late_too:
        refuse_first(_open(course, at))
    take_places(course, 1)
    return _enrolled(course, person, None, channel, by, at)


@transaction.atomic
def enrol_in_group(
    group_id: int, *, person_id: int, channel: str, by: Actor, at: dt.datetime
) -> Enrolment:
    """Put a name on one of the places an organisation keeps. Raises Refused."""
    group, person = group_to_change(group_id), _person(person_id)
    access.require_keeping(by, group.course)
    refuse_first(
        *_about_the_person(group.course, person, at),
        rules.names_stay_within_a_groups_places(group.named, group.places),
    )
    GroupPlaces.objects.filter(pk=group.pk).update(named=F("named") + 1)
    return _enrolled(group.course, person, group, channel, by, at)


@transaction.atomic
def cancel(enrolment_id: int, *, by: Actor, at: dt.datetime) -> Enrolment:
    """Give a place back. Within a group the place stays with the group. Raises Refused."""
    enrolment = enrolment_to_change(enrolment_id)
    if not access.may_act_for(by, enrolment.person_id, local_day(at)):
        raise unknown_enrolment()
    enrolment.cancelled_at, enrolment.cancelled_by = at, by.name
    enrolment.save(update_fields=["cancelled_at", "cancelled_by"])
    if enrolment.group_id is None:
        Course.objects.filter(pk=enrolment.course_id).update(taken=F("taken") - 1)
    else:
        GroupPlaces.objects.filter(pk=enrolment.group_id).update(named=F("named") - 1)
    _write(enrolment, "course.enrolment-cancelled", by, at)
    outbox.record(EnrolmentCancelled(enrolment.pk, enrolment.course_id), at=at)
    return enrolment


def take_places(course: Course, number: int) -> None:
    """Take places by one guarded update. Raises Refused when there are not so many left."""
    free = Course.objects.filter(pk=course.pk, taken__lte=F("places") - number)
    if free.update(taken=F("taken") + number) == 1:
        return
    refuse_first(rules.a_course_takes_no_more_than_its_places(course.places - course.taken, number))


def _person(person_id: int) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Refused("person-not-found", _("没有找到这个人。"), _("请再找一次。"), status=404)
    return person


def _open(course: Course, at: dt.datetime) -> Refused | None:
    return rules.enrolment_is_open(course.activity.state, course.enrol_from, course.enrol_until, at)


def _about_the_person(course: Course, person: Person, at: dt.datetime) -> list[Refused | None]:
    day = local_day(at)
    age = age_on(person.born_on, day) if person.born_on else None
    live = Enrolment.objects.live().filter(course=course, person=person)
    return [
        rules.one_live_enrolment_a_person_and_course(live.exists()),
        rules.a_child_under_14_is_enrolled_with_a_guardians_consent(
            is_child(person.born_on, day), guardians_of(person).exists()
        ),
        rules.a_person_fits_the_ages_of_a_course(
            age, course.activity.age_from, course.activity.age_to
        ),
    ]


def _enrolled(
    course: Course,
    person: Person,
    group: GroupPlaces | None,
    channel: str,
    by: Actor,
    at: dt.datetime,
) -> Enrolment:
    enrolment = Enrolment.objects.create(
        course=course, person=person, group=group, channel=channel,
        applicant_id=None if by.is_staff else by.person_id, enrolled_at=at, enrolled_by=by.name,
    )  # fmt: skip
    _write(enrolment, "course.enrolled", by, at)
    outbox.record(Enrolled(enrolment.pk, course.pk), at=at)
    return enrolment


def _write(enrolment: Enrolment, action: str, by: Actor, at: dt.datetime) -> None:
    host = access.host_of(enrolment.course)
    audit.write(
        by=by, at=at, action=action, subject=f"course:{enrolment.course_id}",
        place=host.code if host else "", enrolment=enrolment.pk,
    )  # fmt: skip
