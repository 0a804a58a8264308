"""What every page of menu, orders and runs has: whose desk, what may be seen there, the tabs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.tours.access import at_headquarters
from yanzhen.doors.gate import Request
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES

TABS = (
    ("desk:menu-orders", "bell"),
    ("desk:tours", "truck"),
    ("desk:menu", "menu"),
    ("desk:troupes", "people"),
    ("desk:tour-figures", "chart"),
)


def open_desk(request: Request, code: str) -> Node:
    """The node of either tree with this code. Raises Http404, or Refused if it is not one's own."""
    node = Node.objects.serving().select_related("site__division__parent").filter(code=code).first()
    if node is None:
        raise Http404(_("没有这个分馆。"))
    require(request.actor, PLAN_ACTIVITIES, node)
    return node


def sees_all(request: Request, node: Node) -> bool:
    """Whether this is the desk of a hub, and of somebody who plans for the whole county."""
    return node.level == Node.Level.HUB and at_headquarters(request.actor)


def page(
    request: Request, node: Node, name: str, context: dict[str, Any], *, tab: str = "",
    back: tuple[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page with the tabs (on the page of a tab) or with the way `back` (address, word)."""
    words = (_("点单"), _("巡回"), _("菜单"), _("团队"), _("数字"))
    tabs = [
        {"url": reverse(url, args=[node.code]), "word": word, "icon": icon, "current": url == tab}
        for (url, icon), word in zip(TABS, words, strict=True)
    ]
    told = {"node": node, "desk_areas": True, "tabs": tabs if tab else [], "back": back, **context}
    return render(request, f"desk/tours/{name}.html", told, status=status)


def change(request: Request, act: Callable[[], str], *address: Any) -> HttpResponse:
    """Act, say what came of it, go to the address."""
    try:
        messages.success(request, act())
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, refused.in_full)
    return redirect(*address)
