"""Places an organisation keeps before its names are known: kept, changed, given back."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from yanzhen.culture.courses import access, rules
from yanzhen.culture.courses.enrolling import take_places
from yanzhen.culture.courses.loading import course_to_change, group_to_change
from yanzhen.culture.courses.models import Course, GroupPlaces
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor


@transaction.atomic
def keep_places(
    course_id: int,
    *,
    organisation: str,
    contact: str,
    phone: str,
    places: int,
    names_until: dt.date,
    by: Actor,
    at: dt.datetime,
) -> GroupPlaces:
    """Keep places for an employer or a school; all of them or none. Raises Refused."""
    course = course_to_change(course_id)
    access.require_keeping(by, course)
    same = GroupPlaces.objects.live().filter(course=course, organisation=organisation.strip())
    refuse_first(
        rules.a_group_says_who_it_is(organisation, contact, phone),
        rules.a_group_keeps_at_least_one_place(places),
        rules.an_organisation_keeps_places_once_a_course(same.exists()),
    )
    take_places(course, places)
    group = GroupPlaces.objects.create(
        course=course, organisation=organisation.strip(), contact=contact.strip(),
        phone=phone.strip(), places=places, names_until=names_until, kept_at=at, kept_by=by.name,
    )  # fmt: skip
    _write(group, "course.places-kept", by, at)
    return group


@transaction.atomic
def change_places(group_id: int, *, places: int, by: Actor, at: dt.datetime) -> GroupPlaces:
    """Let a group keep more or fewer places; names already given stay. Raises Refused."""
    group = group_to_change(group_id)
    access.require_keeping(by, group.course)
    refuse_first(
        rules.a_group_keeps_at_least_one_place(places),
        rules.a_group_does_not_shrink_below_its_names(places, group.named),
    )
    _move(group, places)
    _write(group, "course.places-changed", by, at)
    return group


@transaction.atomic
def give_back(group_id: int, *, by: Actor, at: dt.datetime) -> GroupPlaces:
    """Give back the places that have no name yet; those with a name stay. Raises Refused."""
    group = group_to_change(group_id)
    access.require_keeping(by, group.course)
    _give_back(group, by, at)
    return group


def give_back_nameless(at: dt.datetime) -> int:
    """Places whose names did not come in time go back to everybody; how many groups."""
    late = GroupPlaces.objects.live().filter(names_until__lt=local_day(at), named__lt=F("places"))
    numbers = list(late.values_list("pk", flat=True)[:100])
    for number in numbers:
        with transaction.atomic():
            _give_back(group_to_change(number), audit.System(), at)
    return len(numbers)


def _give_back(group: GroupPlaces, by: Actor | audit.System, at: dt.datetime) -> None:
    if group.named:
        _move(group, group.named)
    else:
        Course.objects.filter(pk=group.course_id).update(taken=F("taken") - group.places)
        group.given_back_at = at
        group.save(update_fields=["given_back_at"])
    _write(group, "course.places-given-back", by, at)


def _move(group: GroupPlaces, places: int) -> None:
    """The group keeps `places` from now on; the difference comes from or goes to the course."""
    more = places - group.places
    if more > 0:
        take_places(group.course, more)
    else:
        Course.objects.filter(pk=group.course_id).update(taken=F("taken") + more)
    group.places = places
    group.save(update_fields=["places"])


def _write(group: GroupPlaces, action: str, by: Actor | audit.System, at: dt.datetime) -> None:
    host = access.host_of(group.course)
    audit.write(
        by=by, at=at, action=action, subject=f"course:{group.course_id}",
        place=host.code if host else "", group=group.pk, places=group.places,
    )  # fmt: skip
