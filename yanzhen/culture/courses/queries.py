"""Reads about courses, for pages and for other packages."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

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
    lessons = {
        session.pk: int((session.ends_at - session.starts_at).total_seconds() // 60)
        for session in course.activity.sessions.filter(state=Session.State.SCHEDULED)
    }
    came: dict[int, list[int]] = {each.pk: [] for each in enrolments}
    rows = Attendance.objects.filter(
        enrolment__in=list(came), session__in=list(lessons), state__in=_CAME
    )
    for enrolment_id, session_id in rows.values_list("enrolment", "session"):
        came[enrolment_id].append(lessons[session_id])
    return {
        number: Standing(len(lessons), len(minutes), sum(minutes))
        for number, minutes in came.items()
    }


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


def enrolments_of(person_id: int) -> QuerySet[Enrolment]:
    """Somebody's live enrolments, the newest first."""
    rows = Enrolment.objects.live().filter(person=person_id)
    return rows.select_related("course__activity__node__site", "person").order_by("-pk")


def certificate_numbered(number: str) -> Certificate | None:
    """The certificate with this number, however it was typed."""
    plain = "".join(char for char in number.upper() if char.isalnum())[:12]
    told = "-".join(plain[n : n + 4] for n in (0, 4, 8))
    rows = Certificate.objects.select_related("enrolment__course__activity__node__site")
    return rows.filter(number=told).first()
