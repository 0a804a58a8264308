"""Publishing, cancelling and resizing: one step each, told on the page after."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yanzhen.culture.activities import cancelling, scheduling
from yanzhen.culture.activities.models import Session
from yanzhen.culture.activities.publishing import publish
from yanzhen.doors.desk.activities.date_forms import CancelForm, CapacityForm
from yanzhen.doors.desk.activities.places import activity_at, planning_desk, session_at
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.portal.activities.words import when
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
@require_POST
def publication(request: Request, code: str, activity_id: int) -> HttpResponse:
    """Publish; what is missing is told on the activity's page."""
    desk = planning_desk(request, code)
    activity = activity_at(desk, activity_id)
    try:
        publish(activity_id=activity.pk, by=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(request, _("发布了，大家现在都能看到。"))
    return redirect("desk:activity", desk.node.code, activity.pk)


@staff(PLAN_ACTIVITIES)
def cancellation(request: Request, code: str, activity_id: int) -> HttpResponse:
    """Cancel a whole activity: asks once, on its own page, with the reason."""
    desk = planning_desk(request, code)
    activity, at = activity_at(desk, activity_id), clock.now()
    form = CancelForm(request.POST or None, rain_date=False)
    if request.method == "POST" and form.is_valid():
        try:
            cancelling.cancel_activity(
                activity_id=activity.pk, reason=form.cleaned_data["reason"], by=request.actor,
                at=at,
            )  # fmt: skip
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("取消了，没办的场次也一起取消。"))
            return redirect("desk:activity", desk.node.code, activity.pk)
    ahead = activity.sessions.filter(starts_at__gt=at).scheduled().count()
    body = ngettext("还有 %(n)d 场没办，会一起取消。", "还有 %(n)d 场没办，会一起取消。", ahead)
    context = {
        "node": desk.node, "desk_activities": True, "form": form, "body": body % {"n": ahead},
        "title": _("取消整个活动：%(name)s") % {"name": activity.label},
        "back_url": reverse("desk:activity", args=[desk.node.code, activity.pk]),
    }  # fmt: skip
    return render(request, "desk/activities/cancel.html", context)


@staff(PLAN_ACTIVITIES)
def cancel_session(request: Request, code: str, activity_id: int, session_id: int) -> HttpResponse:
    """Cancel one date; where a rain date is kept, it can take place instead."""
    desk = planning_desk(request, code)
    session = session_at(desk, activity_id, session_id)
    rain_date = Session.objects.filter(rain_date_of=session, state=Session.State.STANDBY).first()
    form = CancelForm(request.POST or None, rain_date=rain_date is not None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            untaught = cancelling.cancel_session(
                session_id=session.pk, reason=told["reason"], by=request.actor, at=clock.now(),
                for_rain_date=told.get("for_rain_date", False),
            )  # fmt: skip
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("这一场取消了。"))
            if untaught:
                messages.warning(request, _("备用日期那天原来的老师来不了，请另外安排老师。"))
            return redirect("desk:activity", desk.node.code, activity_id)
    kept = _("备用日期是 %(when)s。") % {"when": when(rain_date)} if rain_date else ""
    context = {
        "node": desk.node, "desk_activities": True, "form": form,
        "title": _("取消这一场：%(name)s") % {"name": session.activity.label},
        "body": f"{when(session)}　{session.site.label}", "kept": kept,
        "back_url": reverse("desk:activity", args=[desk.node.code, activity_id]),
    }  # fmt: skip
    return render(request, "desk/activities/cancel.html", context)


@staff(PLAN_ACTIVITIES)
@require_POST
def capacity(request: Request, code: str, activity_id: int, session_id: int) -> HttpResponse:
    """Another number of heads, from the page of a move."""
    desk = planning_desk(request, code)
    session = session_at(desk, activity_id, session_id)
    form = CapacityForm(request.POST)
    heads = (form.cleaned_data["capacity"] or 0) if form.is_valid() else 0
    try:
        scheduling.resize(
            session_id=session.pk, capacity=heads, by=request.actor, at=clock.now()
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.in_full)
        return redirect("desk:move-session", desk.node.code, activity_id, session.pk)
    messages.success(request, _("人数改成 %(n)d 了。") % {"n": heads})
    return redirect("desk:activity", desk.node.code, activity_id)
