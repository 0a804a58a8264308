"""The network: nodes of both trees, and towns."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from yanzhen.doors.api.answers import answer
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.doors.api.shapes.network import (
    NodeDetail,
    NodeLine,
    TownList,
    node_detail,
    node_line,
    town_line,
)
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network import queries
from yanzhen.network.models import Node
from yanzhen.network.queries import branch, coverage

router = Router(tags=["network"])


class NodesWanted(Paging):
    tree: Literal["library", "culture", ""] = Field("", description="Only nodes of one tree")
    level: Literal["hub", "branch", "service_point", "mobile_stop", ""] = Field(
        "", description="Only nodes of one level"
    )


@router.get("/nodes", response=Page[NodeLine], summary="Nodes of both trees")
def nodes(request: HttpRequest, wanted: Query[NodesWanted]) -> HttpResponse:
    """Library and culture nodes from the hubs down; those closed for good are left out."""
    found = Node.objects.exclude(status=Node.Status.CLOSED)
    named = {"tree": wanted.tree, "level": wanted.level}
    found = found.filter(**{key: value for key, value in named.items() if value})
    return answer(page_of(found.select_related("site__division", "parent"), wanted, node_line))


@router.get("/nodes/{slug:code}", response=NodeDetail, summary="One node")
def node(request: HttpRequest, code: str) -> HttpResponse:
    """Hours, closures, contact and accessibility of one node."""
    at = clock.now()
    found = branch(code, on=clock.local_day(at))
    if found is None:
        raise node_unknown()
    return answer(node_detail(found, at))


@router.get("/towns", response=TownList, summary="Towns with their two branches")
def towns(request: HttpRequest) -> HttpResponse:
    """Which town has which branches today, and which are central towns."""
    return answer({"items": [town_line(cover) for cover in coverage(clock.today())]})


def library_node(code: str) -> Node:
    """The library node with this code. Raises Refused."""
    found = queries.library_node(code)
    if found is None:
        raise node_unknown()
    return found


def node_unknown() -> Refused:
    return Refused(
        "node-unknown",
        _("没有这个馆。"),
        _("馆的代码可以在 /api/v1/nodes 里查到；借还只在图书馆的馆办理。"),
        status=404,
    )
