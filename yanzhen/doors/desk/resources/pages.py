"""What every page of the resources has: whose desk, what may be managed there, where one is."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.resources.access import managed_sites
from yanzhen.culture.resources.models import Resource
from yanzhen.doors.gate import Request
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import MANAGE_RESOURCES


def open_desk(request: Request, code: str) -> Node:
    """The node of either tree with this code. Raises Http404, or Refused if it is not one's own."""
    node = Node.objects.serving().select_related("site__division__parent").filter(code=code).first()
    if node is None:
        raise Http404(_("没有这个分馆。"))
    require(request.actor, MANAGE_RESOURCES, node)
    return node


def managed(request: Request, resource_id: int) -> Resource:
    """A resource one looks after; a teacher is shown to everybody. Raises Http404."""
    found = Resource.objects.select_related("site").filter(pk=resource_id).first()
    shared = found is not None and found.sort in (Resource.Sort.TEACHER, Resource.Sort.TROUPE)
    if found is None or not (shared or found.site_id in managed_sites(request.actor)):
        raise Http404(_("没有这一项资源。"))
    return found


def page(
    request: Request, node: Node, name: str, context: dict[str, Any], *steps: dict | str
) -> HttpResponse:
    """A page with its way back: the register, then `steps` (words, or links with a word)."""
    crumbs: list[dict[str, Any]] = [
        {"url": reverse("desk:resources", args=[node.code]), "word": _("场地和师资")},
        *(step if isinstance(step, dict) else {"word": step} for step in steps),
    ]
    told = {"node": node, "desk_resources": True, "crumbs": crumbs if steps else [], **context}
    return render(request, f"desk/resources/{name}.html", told)
