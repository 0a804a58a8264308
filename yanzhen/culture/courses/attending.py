"""Who came to a lesson, and lessons made up."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.courses import access, rules
from yanzhen.culture.courses.loading import course_to_change, enrolment_to_change
from yanzhen.culture.courses.models import Attendance, Course, Enrolment
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor


@transaction.atomic
def call_roll(
    course_id: int, session_id: int, *, states: Mapping[int, str], by: Actor, at: dt.datetime
) -> int:
    """Mark a lesson: enrolment id → present, absent or excused. Returns how many were marked.

    Marking again puts it right; a made-up lesson stays made up. Raises Refused.
    """
    course, session = course_to_change(course_id), _lesson(course_id, session_id)
    access.require_keeping(by, course)
    refuse_first(rules.a_lesson_is_marked_when_it_has_begun(session.starts_at, at))
    known = set(Enrolment.objects.live().filter(course=course).values_list("pk", flat=True))
    made_up = set(
        Attendance.objects.filter(session=session, state=Attendance.State.MADE_UP)
        .values_list("enrolment", flat=True)
    )  # fmt: skip
    rows = [
        Attendance(
            session=session, enrolment_id=number, state=Attendance.State(state), marked_at=at,
            marked_by=by.name,
        )
        for number, state in states.items()
        if number in known - made_up
    ]  # fmt: skip
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["session", "enrolment"],
        update_fields=["state", "marked_at", "marked_by"],
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="course.roll-called", subject=f"course:{course.pk}",
        session=session.pk, marked=len(rows),
        present=sum(row.state == Attendance.State.PRESENT for row in rows),
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def make_up(
    enrolment_id: int, *, missed_id: int, stand_in_id: int, by: Actor, at: dt.datetime
) -> Attendance:
    """A missed lesson was made up in another one, of this or a sister course. Raises Refused."""
    enrolment = enrolment_to_change(enrolment_id)
    access.require_keeping(by, enrolment.course)
    missed = _lesson(enrolment.course_id, missed_id)
    stand_in = Session.objects.select_related("activity").filter(pk=stand_in_id).first()
    kind = enrolment.course.activity.kind
    fits = (
        stand_in is not None
        and stand_in.activity.kind == kind
        and stand_in.state == Session.State.SCHEDULED
        and stand_in.starts_at <= at
    )
    refuse_first(rules.a_lesson_is_made_up_in_another_one(missed_id == stand_in_id, fits))
    row, _made = Attendance.objects.update_or_create(
        session=missed,
        enrolment=enrolment,
        defaults={
            "state": Attendance.State.MADE_UP,
            "made_up_in": stand_in,
            "marked_at": at,
            "marked_by": by.name,
        },
    )
    audit.write(
        by=by, at=at, action="course.lesson-made-up", subject=f"course:{enrolment.course_id}",
        enrolment=enrolment.pk, session=missed.pk, stand_in=stand_in_id,
    )  # fmt: skip
    return row


def lessons_of(course: Course):
    """The lessons that count: those that were not cancelled, in their order."""
    return course.activity.sessions.filter(state=Session.State.SCHEDULED)


def _lesson(course_id: int, session_id: int) -> Session:
    session = Session.objects.filter(
        pk=session_id, activity__course=course_id, state=Session.State.SCHEDULED
    ).first()
    if session is None:
        raise Refused(
            "lesson-not-found", _("没有找到这节课。"), _("请重新打开这一页。"), status=404
        )
    return session
