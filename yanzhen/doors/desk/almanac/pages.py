"""What every page of the almanac has: whose desk, which year, who may change, what was said."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.almanac.lunar import FIRST_YEAR, LAST_YEAR
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.telling import say
from yanzhen.doors.gate import Request
from yanzhen.network.models import Node
from yanzhen.people.access import may_at_hub
from yanzhen.people.roles import MANAGE_NETWORK, PLAN_ACTIVITIES


def open_desk(request: Request, code: str, year: int) -> Node:
    """The node of this desk. Raises Http404 for a year outside the known lunar calendar."""
    if not FIRST_YEAR < year < LAST_YEAR:
        raise Http404(_("历法只到 %(last)d 年。") % {"last": LAST_YEAR - 1})
    return desk_node(code, request.actor, PLAN_ACTIVITIES)


def page(
    request: Request, node: Node, year: int, name: str, context: dict[str, Any], *steps: str
) -> HttpResponse:
    crumbs = [
        {"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")},
        {"url": reverse("desk:almanac-year", args=[node.code, year]), "word": _("历法")},
        *({"word": step} for step in steps),
    ]
    told = {
        "node": node,
        "year": year,
        "desk_areas": True,
        "may_set": may_at_hub(request.actor, MANAGE_NETWORK),
        "crumbs": crumbs if steps else [crumbs[0], {"word": _("历法")}],
    }
    return render(request, f"desk/almanac/{name}.html", {**told, **context})


def change(request: Request, node: Node, year: int, act: Callable[[], str]) -> HttpResponse:
    """Act, say what came of it, go back to the year."""
    return say(request, act, reverse("desk:almanac-year", args=[node.code, year]))
