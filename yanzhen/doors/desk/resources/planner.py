"""The planner: one week of a facility, a teacher or a town."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yanzhen.culture.resources import queries
from yanzhen.culture.resources.access import managed_sites
from yanzhen.culture.resources.models import Resource
from yanzhen.culture.resources.travel import town_of
from yanzhen.doors.desk.resources.claim_forms import ClaimForm
from yanzhen.doors.desk.resources.pages import managed, open_desk, page
from yanzhen.doors.desk.resources.weeks import DAY, board_of, bounds, grid_of, monday_of, week_of
from yanzhen.doors.desk.telling import number
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.network.models import Division, Node
from yanzhen.people.roles import MANAGE_RESOURCES


@staff(MANAGE_RESOURCES)
def planner(request: Request, code: str) -> HttpResponse:
    """`resource` shows that one, `town` all of a town; `week` is any day of the week wanted."""
    node = open_desk(request, code)
    return show(request, node)


def show(
    request: Request, node: Node, *, form: ClaimForm | None = None, day: dt.date | None = None
) -> HttpResponse:
    """The planner page; `form` is a claim that was refused, `day` one of its week."""
    monday = monday_of(day or _day(request.GET.get("week", "")) or clock.today())
    resource_id = number(request.GET.get("resource", ""))
    resource = managed(request, resource_id) if resource_id else None
    start, end = bounds(monday)
    context: dict[str, Any] = {
        "desk_planner": True, "desk_resources": False,
        "monday": monday, "sunday": monday + 6 * DAY, "today": clock.today(), "one": resource,
        **_choices(request, resource, node),
    }  # fmt: skip
    if resource:
        claims = queries.claims_around(resource, start, end, clock.now())
        context["days"] = week_of(claims, monday)
        context["grid"] = grid_of(context["days"])
    else:
        town = _town(request, node)
        rows = _resources_of(town, managed_sites(request.actor))
        about = queries.claims_between(start, end, clock.now()).filter(
            Q(resource__in=[each.pk for each in rows])
            | queries.in_town(town)
        )  # fmt: skip
        claims = list(about)
        known = {each.pk: each for each in rows} | {c.resource_id: c.resource for c in claims}
        context |= {"town": town, "days": week_of(claims, monday)}
        context["board"] = board_of(known.values(), context["days"])
    context |= _links(request, monday, resource, context.get("town"))
    context["form"] = form or _fresh(request, resource, max(monday, clock.today()))
    return page(request, node, "planner", context, _("排期"))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _town(request: Request, node: Node) -> Division:
    wanted = request.GET.get("town", "")
    chosen = Division.objects.filter(code=wanted).first() if wanted else None
    return chosen or town_of(node.site)


def _resources_of(town: Division, sites: set[int]) -> list[Resource]:
    rows = Resource.objects.standing().select_related("site").filter(queries.in_town(town))
    return list(rows.filter(site__in=sites).exclude(sort=Resource.Sort.TEACHER))


def _choices(request: Request, resource: Resource | None, node: Node) -> dict[str, Any]:
    """What the page can be turned to: towns one looks after, one's facilities, all teachers."""
    rows = Resource.objects.standing().select_related("site")
    mine = rows.filter(site__in=managed_sites(request.actor))
    groups = [
        (str(sort.label), list((rows if sort == Resource.Sort.TEACHER else mine).filter(sort=sort)))
        for sort in Resource.Sort
    ]
    return {
        "towns": [d for d in [town_of(node.site), *Division.objects.towns()] if d],
        "groups": [(word, rows) for word, rows in groups if rows],
    }


def _links(
    request: Request, monday: dt.date, resource: Resource | None, town: Division | None
) -> dict[str, str]:
    kept = {"resource": resource.pk} if resource else {"town": town.code if town else ""}
    return {
        name: "?" + urlencode({**kept, "week": (monday + days * DAY).isoformat()})
        for name, days in (("before", -7), ("after", 7))
    }


def _fresh(request: Request, resource: Resource | None, day: dt.date) -> ClaimForm:
    initial: dict[str, Any] = {"day": day, "use": "activity"}
    if resource and resource.sort in ("facility", "teacher", "equipment", "vehicle"):
        initial[resource.sort] = resource.pk
        initial["use"] = "class" if resource.sort == "teacher" else "activity"
    return ClaimForm(by=request.actor, initial=initial)
