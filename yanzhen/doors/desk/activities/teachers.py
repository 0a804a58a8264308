"""Who teaches the sessions of an activity: a teacher of the pool for one date or for many."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yanzhen.culture.activities import teaching
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.resources import queries
from yanzhen.culture.resources.models import Teacher
from yanzhen.doors.desk.activities.places import activity_at, planning_desk, session_at
from yanzhen.doors.desk.telling import number, say
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import PLAN_ACTIVITIES

OPEN, ALL = "open", "all"  # dates to come that nobody teaches yet; every date to come


@dataclass(frozen=True)
class Choice:
    """What the form offers: teachers, and the dates that are still to come."""

    teachers: list[Teacher]
    sessions: list[Session]


def choice(sessions: list[Session]) -> Choice | None:
    """None where there is nobody to choose from or nothing to teach."""
    ahead = _ahead(sessions)
    pool = list(queries.teachers()) if ahead else []
    return Choice(pool, ahead) if pool else None


@staff(PLAN_ACTIVITIES)
@require_POST
def assign(request: Request, code: str, activity_id: int) -> HttpResponse:
    desk = planning_desk(request, code)
    activity = activity_at(desk, activity_id)

    def act() -> str:
        teacher = Teacher.objects.filter(pk=number(request.POST.get("teacher", "")) or 0).first()
        sessions = _chosen(activity, request.POST.get("dates", OPEN))
        if teacher is None or not sessions:
            raise Refused(
                "nothing-chosen", _("没有选好老师，或者没有要排老师的场次。"), _("请都选上再排。")
            )
        made = teaching.assign(
            session_ids=[each.pk for each in sessions], teacher_id=teacher.pk, by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        said = ngettext("%(who)s 来上 %(n)d 场。", "%(who)s 来上 %(n)d 场。", len(made))
        return said % {"who": teacher.label, "n": len(made)}

    return say(request, act, _back(desk.node, activity))


@staff(PLAN_ACTIVITIES)
@require_POST
def dismiss(request: Request, code: str, activity_id: int, session_id: int) -> HttpResponse:
    desk = planning_desk(request, code)
    session = session_at(desk, activity_id, session_id)

    def act() -> str:
        teaching.dismiss(session_id=session.pk, by=request.actor, at=clock.now())
        return _("老师放开了，这一场现在没有老师。")

    return say(request, act, _back(desk.node, session.activity))


def _chosen(activity: Activity, which: str) -> list[Session]:
    ahead = _ahead(list(activity.sessions.all()))
    if which == OPEN:
        held = teaching.claims_of(ahead)
        return [each for each in ahead if each.pk not in held]
    return [each for each in ahead if which == ALL or which == str(each.pk)]


def _ahead(sessions: list[Session]) -> list[Session]:
    now = clock.now()
    return [
        each for each in sessions
        if each.starts_at > now and each.state == Session.State.SCHEDULED
    ]  # fmt: skip


def _back(node: Node, activity: Activity) -> str:
    return reverse("desk:activity", args=[node.code, activity.pk]) + "#dates"
