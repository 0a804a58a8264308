"""The courses a desk keeps, opening one, changing its terms."""

import datetime as dt

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.courses import access, opening
from yanzhen.culture.courses.models import Course
from yanzhen.doors.desk.courses.forms import TermsForm
from yanzhen.doors.desk.courses.pages import opened, page, step
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import PLAN_ACTIVITIES

SHOWN = 100


@staff(PLAN_ACTIVITIES)
def listing(request: Request, code: str) -> HttpResponse:
    """Own courses, the newest first; below, activities with lessons that could become one."""
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    scheduled = Q(activity__sessions__state=Session.State.SCHEDULED)
    rows = (
        Course.objects.filter(_kept_at(node, "activity__"))
        .select_related("activity__node", "activity__cluster")
        .annotate(lessons=Count("activity__sessions", filter=scheduled))
        .order_by("-enrol_until", "-pk")
    )
    candidates = (
        Activity.objects.filter(_kept_at(node), course=None)
        .exclude(state=Activity.State.CANCELLED)
        .annotate(lessons=Count("sessions", filter=Q(sessions__state=Session.State.SCHEDULED)))
        .filter(lessons__gte=2)
    )
    context = {"rows": rows[:SHOWN], "candidates": candidates[:SHOWN], "now": clock.now()}
    return page(request, node, "listing", context)


@staff(PLAN_ACTIVITIES)
def new(request: Request, code: str, activity_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, PLAN_ACTIVITIES)
    activity = Activity.objects.select_related("node").filter(pk=activity_id).first()
    if activity is None:
        raise Http404
    access.require_keeping(request.actor, Course(activity=activity))
    now = clock.now()
    initial = {"enrol_from": now, "enrol_until": now + dt.timedelta(14), "completion_share": 80}
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            course = opening.open_course(
                activity.pk, **form.cleaned_data, by=request.actor, at=clock.now()
            )
            messages.success(request, _("报名开好了。"))
            return redirect("desk:course", node.code, course.pk)
        except Refused as refused:
            form.take(refused)
    title = _("开报名：%(name)s") % {"name": activity.label}
    return page(request, node, "terms", {"form": form, "title": title}, {"word": title})


@staff(PLAN_ACTIVITIES)
def terms(request: Request, code: str, course_id: int) -> HttpResponse:
    node, course = opened(request, code, course_id)
    names = ("places", "enrol_from", "enrol_until", "completion_share", "certified")
    form = TermsForm(request.POST or None, initial={name: getattr(course, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            opening.change_terms(course.pk, **form.cleaned_data, by=request.actor, at=clock.now())
            messages.success(request, _("改好了。"))
            return redirect("desk:course", node.code, course.pk)
        except Refused as refused:
            form.take(refused)
    title = _("改报名办法")
    return page(
        request, node, "terms", {"form": form, "title": title}, step(node, course), {"word": title}
    )


def _kept_at(node: Node, way: str = "") -> Q:
    """What both trees' nodes of this place and below keep; joint ones for a hub."""
    sites = Node.objects.under(node.path).values("site")
    kept = Q(**{f"{way}node__site__in": sites})
    return kept | Q(**{f"{way}cluster__isnull": False}) if node.parent_id is None else kept
