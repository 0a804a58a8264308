"""Runs: the list, a new one, its route, the sheet for the driver."""

import datetime as dt

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.tours import queries
from yanzhen.culture.tours.crewing import span_of
from yanzhen.culture.tours.models import TourRun
from yanzhen.culture.tours.planning import change_run, plan_run
from yanzhen.doors.desk.tours.forms import RunForm
from yanzhen.doors.desk.tours.pages import open_desk, page, sees_all
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Division, Node
from yanzhen.people.roles import PLAN_ACTIVITIES

SHOWN = 40


@staff(PLAN_ACTIVITIES)
def listing(request: Request, code: str) -> HttpResponse:
    """The latest runs, and what has been brought but does not count yet."""
    node = open_desk(request, code)
    everything = sees_all(request, node)
    context = {
        "runs": queries.runs_at(node, everything=everything).order_by("-first_day", "-pk")[:SHOWN],
        "owed": queries.not_counting(node, everything=everything, at=clock.now())[:SHOWN],
        "waiting": queries.waiting_at(node, everything=everything).count(),
        "today": clock.today(),
    }
    return page(request, node, "runs", context, tab="desk:tours")


@staff(PLAN_ACTIVITIES)
def new(request: Request, code: str) -> HttpResponse:
    return _form(request, open_desk(request, code), None)


@staff(PLAN_ACTIVITIES)
def edit(request: Request, code: str, run_id: int) -> HttpResponse:
    node = open_desk(request, code)
    return _form(request, node, seen_run(request, node, run_id))


@staff(PLAN_ACTIVITIES)
def show(request: Request, code: str, run_id: int) -> HttpResponse:
    """The route, what it takes along, and the orders to choose from (`?town=`, `?day=`)."""
    node = open_desk(request, code)
    run = seen_run(request, node, run_id)
    town, day = request.GET.get("town", "")[:12], _day(request.GET.get("day", ""))
    claimed = queries.claimed_for(run)
    is_open = run.state == TourRun.State.PLANNED
    everything = sees_all(request, node)
    context = {
        "run": run,
        "is_open": is_open,
        "stops": list(queries.route_of(run)),
        "gone": queries.taken_off(run),
        "needs": [(need, need.resource_id in claimed) for need in _needs(run)],
        "span": span_of(run),
        "to_take": queries.to_take_along() if is_open else [],
        "choices": _choices(run, everything, town, day) if is_open else [],
        "towns": Division.objects.towns().order_by("code") if everything else [],
        "town": town,
        "day": day,
        "now": clock.now(),
    }
    return page(request, node, "run", context, back=to_runs(node))


@staff(PLAN_ACTIVITIES)
def sheet(request: Request, code: str, run_id: int) -> HttpResponse:
    """The day sheet for driver and lead, with telephones and lines to sign on."""
    node = open_desk(request, code)
    run = seen_run(request, node, run_id)
    stops = list(queries.route_of(run))
    days = [(day, [stop for stop in stops if stop.day == day]) for day in run.days]
    context = {
        "run": run,
        "days": [each for each in days if each[1]],
        "needs": _needs(run),
        "span": span_of(run),
    }
    back = (reverse("desk:tour", args=[node.code, run.pk]), run.name)
    return page(request, node, "sheet", context, back=back)


def seen_run(request: Request, node: Node, run_id: int) -> TourRun:
    """A run of this desk. Raises Http404."""
    run = queries.runs_at(node, everything=sees_all(request, node)).filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run


def to_runs(node: Node) -> tuple[str, str]:
    return reverse("desk:tours", args=[node.code]), _("巡回")


def _form(request: Request, node: Node, run: TourRun | None) -> HttpResponse:
    form = RunForm(
        request.POST or None,
        initial=model_to_dict(run) if run else {"departs": dt.time(8), "lead": request.actor.name},
    )
    if request.method == "POST" and form.is_valid():
        plan, by, at = form.plan(), request.actor, clock.now()
        try:
            if run:
                saved = change_run(run.pk, plan, by=by, at=at)
            else:
                saved = plan_run(plan, node=node, by=by, at=at)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("记下了。"))
            return redirect("desk:tour", node.code, saved.pk)
    context = {"form": form, "run": run}
    status = 422 if form.is_bound else 200
    return page(request, node, "run_form", context, back=to_runs(node), status=status)


def _needs(run: TourRun):
    return run.needs.select_related("resource").order_by("resource__sort", "pk")


def _choices(run: TourRun, everything: bool, town: str, day: dt.date | None):
    return queries.to_choose_from(run, everything=everything, town=town, day=day)[:SHOWN]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
