"""The roll of a lesson, and lessons made up."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.activities.models import Session
from yanzhen.culture.courses import attending
from yanzhen.culture.courses.models import Attendance, Enrolment
from yanzhen.doors.desk.courses.pages import change, opened, page, step
from yanzhen.doors.desk.telling import number
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import PLAN_ACTIVITIES

MARKS = (Attendance.State.PRESENT, Attendance.State.ABSENT, Attendance.State.EXCUSED)


@staff(PLAN_ACTIVITIES)
def roll(request: Request, code: str, course_id: int, session_id: int) -> HttpResponse:
    """Everybody of the course with three marks; nobody is present before somebody says so."""
    node, course = opened(request, code, course_id)
    session = course.activity.sessions.filter(pk=session_id).first()
    if session is None:
        raise Http404
    people = list(Enrolment.objects.live().filter(course=course).select_related("person"))
    if request.method == "POST":
        states = {
            each.pk: told
            for each in people
            if (told := request.POST.get(f"state-{each.pk}", "")) in MARKS
        }
        try:
            marked = attending.call_roll(
                course.pk, session.pk, states=states, by=request.actor, at=clock.now()
            )
            messages.success(request, _("记下了 %(n)d 个人的到课。") % {"n": marked})
            return redirect("desk:course", node.code, course.pk)
        except Refused as refused:
            messages.error(request, refused.in_full)
    marks = {row.enrolment_id: row.state for row in Attendance.objects.filter(session=session.pk)}
    context = {
        "course": course, "session": session, "begun": session.starts_at <= clock.now(),
        "people": [(each, marks.get(each.pk, "")) for each in people], "marks": MARKS,
    }  # fmt: skip
    title = _("第 %(n)d 节点名") % {"n": session.number}
    return page(
        request, node, "roll", {**context, "title": title}, step(node, course), {"word": title}
    )


@staff(PLAN_ACTIVITIES)
@require_POST
def make_up(request: Request, code: str, course_id: int, enrolment_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)

    def act() -> str:
        missed, stand_in = (number(request.POST.get(name, "")) for name in ("missed", "stand_in"))
        if missed is None or stand_in is None:
            raise Refused("lesson-not-found", _("没有选好是哪两节课。"), _("请两节都选上。"))
        row = attending.make_up(
            enrolment_id, missed_id=missed, stand_in_id=stand_in, by=request.actor, at=clock.now()
        )
        lesson = Session.objects.get(pk=row.session_id)
        return _("第 %(n)d 节算补上了。") % {"n": lesson.number}

    return change(request, node, course.pk, act, "#people")
