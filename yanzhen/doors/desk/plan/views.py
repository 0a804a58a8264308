"""The yearly plan: four festivals by clusters, what is missing, what is intended."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.almanac.lunar import FIRST_YEAR, LAST_YEAR
from yanzhen.culture.almanac.models import Festival
from yanzhen.culture.almanac.queries import notice_of
from yanzhen.culture.planning import intending
from yanzhen.culture.planning.queries import grid
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.telling import number, say
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.network.models import Cluster, Node
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
def this_year(request: Request, code: str) -> HttpResponse:
    """The plan people work on now: from October on, next year's."""
    today = clock.today()
    return redirect("desk:plan-year", code, today.year + (today.month >= 10))


@staff(PLAN_ACTIVITIES)
def year(request: Request, code: str, year: int) -> HttpResponse:
    node, today = _open(request, code, year), clock.today()
    plan = grid(year)
    context = {
        "node": node, "year": year, "desk_areas": True, "plan": plan, "notice": notice_of(year),
        "rows": [
            (cluster, [(cell, cell.is_pressing(today), today <= cell.window.last) for cell in row])
            for cluster, row in plan.rows
        ],
        "totals": [(window, plan.total(window.festival)) for window in plan.windows],
        "missing": sum(cell.state == "empty" for cell in plan.cells),
        "festivals": Festival,
        "crumbs": [
            {"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")},
            {"word": _("年度计划")},
        ],
    }  # fmt: skip
    return render(request, "desk/plan/year.html", context)


@staff(PLAN_ACTIVITIES)
@require_POST
def intend(request: Request, code: str, year: int) -> HttpResponse:
    node = _open(request, code, year)
    festival = _festival(request.POST.get("festival", ""))
    cluster = _cluster(request.POST.get("cluster", ""))

    def act() -> str:
        line = intending.intend(
            year=year, festival=festival, cluster=cluster, node=node,
            title=request.POST.get("title", ""), by=request.actor, at=clock.now(),
        )  # fmt: skip
        return _("“%(title)s”写进了计划。") % {"title": line.title}

    return _change(request, node, year, act)


@staff(PLAN_ACTIVITIES)
@require_POST
def drop(request: Request, code: str, year: int, line_id: int) -> HttpResponse:
    def act() -> str:
        reason = request.POST.get("reason", "")
        line = intending.drop(line_id, reason=reason, by=request.actor, at=clock.now())
        return _("“%(title)s”撤下了。") % {"title": line.title}

    return _change(request, _open(request, code, year), year, act)


@staff(PLAN_ACTIVITIES)
@require_POST
def choose(request: Request, code: str, year: int, session_id: int) -> HttpResponse:
    node, festival = _open(request, code, year), _festival(request.POST.get("festival", ""))

    def act() -> str:
        intending.count_for(session_id, festival, by=request.actor, at=clock.now())
        return _("这一场算作%(festival)s。") % {"festival": festival.label}

    return _change(request, node, year, act)


def _open(request: Request, code: str, year: int) -> Node:
    if not FIRST_YEAR < year < LAST_YEAR:
        raise Http404(_("历法只到 %(last)d 年。") % {"last": LAST_YEAR - 1})
    return desk_node(code, request.actor, PLAN_ACTIVITIES)


def _festival(name: str) -> Festival:
    if name not in Festival.values:
        raise Http404
    return Festival(name)


def _cluster(typed: str) -> Cluster:
    cluster = Cluster.objects.filter(pk=number(typed) or 0).first()
    if cluster is None:
        raise Http404
    return cluster


def _change(request: Request, node: Node, year: int, act: Callable[[], str]) -> HttpResponse:
    return say(request, act, reverse("desk:plan-year", args=[node.code, year]))
