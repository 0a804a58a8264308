"""Reads about courses, for pages and for other packages."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.courses.models import Attendance, Certificate, Course, Enrolment

_CAME = (Attendance.State.PRESENT, Attendance.State.MADE_UP)


@dataclass(frozen=True)
class Standing:
    """How far somebody is: lessons in all and attended, the share in whole percent (rounded
    down, so that 79.9 % is not 80 %), the minutes attended."""

    lessons: int
    attended: int
    minutes: int

    @property
    def share(self) -> int:
        return self.attended * 100 // self.lessons if self.lessons else 0


def standing_of(enrolment: Enrolment) -> Standing:
    """How far one enrolment is; two queries."""
    return standings(enrolment.course, [enrolment])[enrolment.pk]


def standings(course: Course, enrolments: list[Enrolment]) -> dict[int, Standing]:
    """How far each is, by enrolment; two queries whatever their number."""
    minutes = _minutes_of(course.activity.sessions.filter(state=Session.State.SCHEDULED))
    came: dict[int, list[int]] = {each.pk: [] for each in enrolments}
    rows = Attendance.objects.filter(enrolment__in=list(came), state__in=_CAME)
    for enrolment_id, session_id in rows.values_list("enrolment", "session"):
        came[enrolment_id].append(session_id)
    return {number: _standing(minutes, lessons) for number, lessons in came.items()}


def _minutes_of(lessons: Iterable[Session]) -> dict[int, int]:
    return {each.pk: int((each.ends_at - each.starts_at).total_seconds() // 60) for each in lessons}


def _standing(minutes: dict[int, int], came: Iterable[int]) -> Standing:
    """`minutes` of every lesson that counts; `came` the ids of lessons attended."""
    attended = [minutes[each] for each in came if each in minutes]
    return Standing(len(minutes), len(attended), sum(attended))


@dataclass(frozen=True)
class Record:
    """An enrolment as its holder looks at it: how far, the next lesson, the certificate."""

    enrolment: Enrolment
    standing: Standing
    following: Session | None
    certificate: Certificate | None


def records_of(person_ids: Sequence[int], at: dt.datetime) -> list[Record]:
    """The live enrolments of these people in their order, of each the newest first; four queries
    whatever their number."""
    scheduled = Session.objects.scheduled().order_by("starts_at", "pk")
    rows = (
        Enrolment.objects.live()
        .filter(person__in=person_ids)
        .select_related("course__activity__node__site", "person")
        .prefetch_related(
            Prefetch("course__activity__sessions", scheduled, to_attr="lessons"),
            Prefetch("attendance", Attendance.objects.filter(state__in=_CAME), to_attr="came"),
            Prefetch(
                "certificates", Certificate.objects.filter(withdrawn_at=None), to_attr="papers"
            ),
        )
        .order_by("-pk")
    )
    place = {person_id: n for n, person_id in enumerate(person_ids)}
    return [_record(each, at) for each in sorted(rows, key=lambda row: place[row.person_id])]


def _record(enrolment: Any, at: dt.datetime) -> Record:
    """`enrolment` with its lessons, attendance and certificates loaded."""
    lessons = enrolment.course.activity.lessons
    return Record(
        enrolment,
        _standing(_minutes_of(lessons), [each.session_id for each in enrolment.came]),
        next((each for each in lessons if each.starts_at >= at), None),
        next(iter(enrolment.papers), None),
    )


def offered() -> QuerySet[Course]:
    """Courses of published activities, the newest first."""
    return (
        Course.objects.filter(activity__state=Activity.State.PUBLISHED)
        .select_related("activity__node__site", "activity__cluster")
        .annotate(
            lessons=Count(
                "activity__sessions", filter=Q(activity__sessions__state=Session.State.SCHEDULED)
            )
        )
        .order_by("-enrol_until", "pk")
    )


def certificate_numbered(number: str) -> Certificate | None:
    """The certificate with this number, however it was typed."""
    plain = "".join(char for char in number.upper() if char.isalnum())[:12]
    told = "-".join(plain[n : n + 4] for n in (0, 4, 8))
    rows = Certificate.objects.select_related("enrolment__course__activity__node__site")
    return rows.filter(number=told).first()
