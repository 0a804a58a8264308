"""Courses of the demo county 演示: classes with lessons, their lists, rolls and certificates."""

import datetime as dt
from contextlib import suppress
from random import Random

from django.db.models import Count, Max, Min

from yanzhen.culture.activities import teaching
from yanzhen.culture.activities.models import Activity
from yanzhen.culture.courses import attending, certifying, enrolling, grouping, opening
from yanzhen.culture.courses.models import Course
from yanzhen.culture.resources.models import Teacher
from yanzhen.demo.activities import BY
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Person

SEED = 20221020
DAY = dt.timedelta(days=1)
KINDS = (Activity.Kind.CLASS, Activity.Kind.VOCATIONAL, Activity.Kind.SOCIAL_PRACTICE)
PLACES = 20


def make_courses(at: dt.datetime) -> None:
    """Every published class of three lessons or more is a course; wants residents stored."""
    rng, people = Random(SEED), list(Person.objects.order_by("pk"))
    classes = (
        Activity.objects.filter(state=Activity.State.PUBLISHED, kind__in=KINDS)
        .annotate(lessons=Count("sessions"), first=Min("sessions__starts_at"))
        .annotate(last=Max("sessions__starts_at"))
        .filter(lessons__gte=3).order_by("pk")
    )  # fmt: skip
    for activity in classes:
        opened = min(activity.first, at) - 10 * DAY
        course = opening.open_course(
            activity.pk, places=PLACES, enrol_from=opened,
            enrol_until=max(activity.first, at) + DAY, completion_share=60, certified=True, by=BY,
            at=opened,
        )  # fmt: skip
        _enrol(course, people, opened + DAY, rng)
        _hold_lessons(course, at, rng)


def give_teachers(at: dt.datetime) -> None:
    """Every course a teacher for its dates to come; wants the register of teachers."""
    teachers = list(Teacher.objects.standing().order_by("pk"))
    for course in Course.objects.select_related("activity").order_by("pk"):
        _teach(course, teachers, at)


def _teach(course: Course, teachers: list[Teacher], at: dt.datetime) -> None:
    """Whoever is free on every date to come; the list goes round."""
    ahead = course.activity.sessions.scheduled().filter(starts_at__gt=at)
    ids = list(ahead.values_list("pk", flat=True))
    for teacher in teachers if ids else ():
        with suppress(Refused):
            teaching.assign(session_ids=ids, teacher_id=teacher.pk, by=BY, at=at)
            teachers.append(teachers.pop(teachers.index(teacher)))
            return


def _enrol(course: Course, people: list[Person], at: dt.datetime, rng: Random) -> None:
    if course.activity.kind == Activity.Kind.VOCATIONAL:
        grouping.keep_places(
            course.pk, organisation="演示电子厂", contact="王工", phone="13000000000", places=6,
            names_until=at.date() + dt.timedelta(60), by=BY, at=at,
        )  # fmt: skip
    for person in rng.sample(people, min(len(people), PLACES)):
        with suppress(Refused):  # too young, too old, no guardian, or full
            enrolling.enrol(course.pk, person_id=person.pk, channel="counter", by=BY, at=at)


def _hold_lessons(course: Course, at: dt.datetime, rng: Random) -> None:
    members = list(course.enrolments.live())
    for lesson in attending.lessons_of(course).filter(ends_at__lt=at):
        states = {
            each.pk: "present" if rng.random() < 0.85 else rng.choice(("absent", "excused"))
            for each in members
        }
        attending.call_roll(course.pk, lesson.pk, states=states, by=BY, at=lesson.ends_at)
    for each in members:
        with suppress(Refused):  # not enough lessons yet
            certifying.issue(each.pk, by=BY, at=at)
