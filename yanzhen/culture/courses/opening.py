"""Opening an activity for enrolment as a course, and changing its terms."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.courses import access, rules
from yanzhen.culture.courses.loading import course_to_change
from yanzhen.culture.courses.models import Course
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor


@transaction.atomic
def open_course(
    activity_id: int,
    *,
    places: int,
    enrol_from: dt.datetime,
    enrol_until: dt.datetime,
    completion_share: int,
    certified: bool,
    by: Actor,
    at: dt.datetime,
) -> Course:
    """Offer an activity with two lessons or more as a course. Raises Refused."""
    activity = (
        Activity.objects.select_for_update(of=["self"]).select_related("node__site")
        .filter(pk=activity_id).first()
    )  # fmt: skip
    if activity is None or Course.objects.filter(activity=activity_id).exists():
        raise Refused(
            "activity-not-for-a-course",
            _("没有找到这个活动，或者它已经是课程了。"),
            _("请从活动列表里再选一次。"),
            status=404,
        )
    course = Course(activity=activity)
    access.require_keeping(by, course)
    lessons = activity.sessions.filter(state=Session.State.SCHEDULED).count()
    refuse_first(
        rules.a_course_has_lessons(lessons),
        *_terms(places, enrol_from, enrol_until, completion_share),
    )
    _set(course, places, enrol_from, enrol_until, completion_share, certified)
    _write(course, "course.opened", by, at)
    return course


@transaction.atomic
def change_terms(
    course_id: int,
    *,
    places: int,
    enrol_from: dt.datetime,
    enrol_until: dt.datetime,
    completion_share: int,
    certified: bool,
    by: Actor,
    at: dt.datetime,
) -> Course:
    """Change places, enrolment times, or what a certificate needs. Raises Refused."""
    course = course_to_change(course_id)
    access.require_keeping(by, course)
    refuse_first(
        *_terms(places, enrol_from, enrol_until, completion_share),
        rules.places_are_not_taken_from_people_who_have_them(places, course.taken),
    )
    _set(course, places, enrol_from, enrol_until, completion_share, certified)
    _write(course, "course.changed", by, at)
    return course


def _terms(
    places: int, opens: dt.datetime, closes: dt.datetime, share: int
) -> list[Refused | None]:
    return [
        rules.a_course_has_a_likely_number_of_places(places),
        rules.a_completion_share_is_1_to_100_percent(share),
        rules.enrolment_closes_after_it_opens(opens, closes),
    ]


def _set(
    course: Course,
    places: int,
    opens: dt.datetime,
    closes: dt.datetime,
    share: int,
    certified: bool,
) -> None:
    course.places, course.completion_share, course.certified = places, share, certified
    course.enrol_from, course.enrol_until = opens, closes
    course.save()


def _write(course: Course, action: str, by: Actor, at: dt.datetime) -> None:
    host = access.host_of(course)
    audit.write(
        by=by, at=at, action=action, subject=f"course:{course.pk}",
        place=host.code if host else "", places=course.places, share=course.completion_share,
    )  # fmt: skip
