"""Dates of an activity: adding one or a series with a look ahead, moving one, a rain date."""

import datetime as dt
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.culture.activities import moving, repeating, scheduling
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.almanac.lunar import lunar_of
from yanzhen.doors.desk.activities.date_forms import MoveForm, RainDateForm, SessionForm, as_it_is
from yanzhen.doors.desk.activities.places import (
    Desk,
    activity_at,
    halls_of,
    planning_desk,
    session_at,
)
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.portal.activities.words import when
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Site
from yanzhen.people.roles import PLAN_ACTIVITIES


class Ahead(NamedTuple):
    """A date that would be made, what speaks against it, and its lunar day where that counts."""

    start: dt.datetime
    against: str
    lunar: str


@staff(PLAN_ACTIVITIES)
def new(request: Request, code: str, activity_id: int) -> HttpResponse:
    """One date at once; a series first as a list of days to look at and to leave out."""
    desk = planning_desk(request, code)
    activity = activity_at(desk, activity_id)
    near = request.GET.get("site")
    form = SessionForm(
        request.POST or None, sites=desk.sites, halls=halls_of(request.actor, desk.sites),
        near=near, initial=_first_guess(desk, activity) | _chosen(request),
    )  # fmt: skip
    ahead: list[Ahead] = []
    if request.method == "POST" and form.is_valid():
        rule = form.series_rule
        try:
            if rule and request.POST.get("step") != "save":
                ahead = _look_ahead(activity, rule, form)
            else:
                n = _add(request, activity.pk, form, rule)
                messages.success(
                    request, ngettext("排了 %(n)d 场。", "排了 %(n)d 场。", n) % {"n": n}
                )
                return redirect("desk:activity", desk.node.code, activity.pk)
        except Refused as refused:
            form.take(refused)
    return _page(request, desk, "session_form", activity=activity, form=form, ahead=ahead)


def _first_guess(desk: Desk, activity) -> dict:
    last = activity.sessions.order_by("-pk").first()
    if last is None:
        return {"site": desk.node.site_id}
    told = as_it_is(last)
    fresh = {"day": None, "last_day": None, "opened_specially": ""}
    return told | fresh | {"capacity": last.capacity, "way_in": last.way_in}


def _chosen(request: Request) -> dict:
    """What has been chosen so far, when only the halls of a place are asked for."""
    return {name: request.GET[name] for name in ("site", "facility") if name in request.GET}


def _look_ahead(activity: Activity, rule: str, form: SessionForm) -> list[Ahead]:
    """The whole series as it would be. Raises Refused."""
    starts = [timezone.localtime(each) for each in repeating.starts(rule, form.starts_at)]
    against = scheduling.look_ahead(activity, form.slot, starts, at=clock.now())
    lunar = repeating.is_lunar(rule)
    return [
        Ahead(start, said, lunar_of(start.date()).words if lunar else "")
        for start, said in zip(starts, against, strict=True)
    ]


def _add(request: Request, activity_id: int, form: SessionForm, rule: str) -> int:
    by, at = request.actor, clock.now()
    if not rule:
        scheduling.add_session(activity_id=activity_id, slot=form.slot, by=by, at=at)
        return 1
    kept = set(request.POST.getlist("keep"))
    days = {timezone.localtime(each).date() for each in repeating.starts(rule, form.starts_at)}
    without = frozenset(each for each in days if each.isoformat() not in kept)
    made = scheduling.add_series(
        activity_id=activity_id, slot=form.slot, rule=rule, without=without, by=by, at=at
    )
    return len(made)


@staff(PLAN_ACTIVITIES)
def move(request: Request, code: str, activity_id: int, session_id: int) -> HttpResponse:
    desk = planning_desk(request, code)
    session = session_at(desk, activity_id, session_id)
    sites = (desk.sites | Site.objects.filter(pk=session.site_id)).distinct()
    form = MoveForm(
        request.POST or None, sites=sites, near=request.GET.get("site"),
        halls=halls_of(request.actor, sites, kept=session.facility_id),
        initial=as_it_is(session) | _chosen(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            moved = moving.move(
                session_id=session.pk, starts_at=form.starts_at, ends_at=form.ends_at,
                site=told["site"], facility=told.get("facility"), reason=told["reason"],
                holding=form.holding, by=request.actor, at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("改到 %(when)s 了。") % {"when": when(moved)})
            return redirect("desk:activity", desk.node.code, activity_id)
    return _of_session(request, desk, "move", session, form)


@staff(PLAN_ACTIVITIES)
def rain_date(request: Request, code: str, activity_id: int, session_id: int) -> HttpResponse:
    desk = planning_desk(request, code)
    session = session_at(desk, activity_id, session_id)
    begins = timezone.localtime(session.starts_at)
    first = {"day": begins.date() + dt.timedelta(days=1), "starts": begins.time()}
    form = RainDateForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            scheduling.add_rain_date(
                session_id=session.pk, starts_at=form.starts_at, by=request.actor, at=clock.now(),
                opened_specially=form.cleaned_data["opened_specially"],
            )  # fmt: skip
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("备用日期留好了；到时候下雨，取消这一场就会问您。"))
            return redirect("desk:activity", desk.node.code, activity_id)
    return _of_session(request, desk, "rain_date", session, form)


def _of_session(request: Request, desk: Desk, template: str, session: Session, form):
    told = {"session": session, "activity": session.activity, "when": when(session), "form": form}
    return _page(request, desk, template, **told)


def _page(request: Request, desk: Desk, template: str, **context) -> HttpResponse:
    shown = {"node": desk.node, "desk_activities": True}
    return render(request, f"desk/activities/{template}.html", shown | context)
