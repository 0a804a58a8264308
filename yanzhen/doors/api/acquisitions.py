"""Reading what branches wish for and what the main library has ordered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from yanzhen.doors.api.answers import answer
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.network import library_node
from yanzhen.doors.api.shapes.acquisitions import (
    OrderHead,
    OrderTold,
    WishLine,
    order_head,
    order_told,
    wish_line,
)
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.library.acquisitions import queries
from yanzhen.library.acquisitions.access import require_purchasing, require_wishing

router = Router(tags=["purchasing"])


@router.get("/nodes/{slug:code}/wishes", response=Page[WishLine], summary="Wishes of a branch")
def wishes(request: Call, code: str, paging: Query[Paging]) -> HttpResponse:
    """What a branch and its readers would like to have, with what came of it; newest first."""
    node = library_node(code)
    require_wishing(request.actor, node)
    return answer(page_of(queries.wishes_of(node), paging, wish_line))


@router.get("/purchasing/orders", response=Page[OrderHead], summary="Orders to suppliers")
def orders(request: Call, paging: Query[Paging]) -> HttpResponse:
    """All orders with what is still to come; newest first. For the main library."""
    require_purchasing(request.actor)
    return answer(page_of(queries.orders(), paging, order_head))


@router.get("/purchasing/orders/{int:order_id}", response=OrderTold, summary="One order")
def order(request: Call, order_id: int) -> HttpResponse:
    """An order with its lines and their split among branches. For the main library."""
    require_purchasing(request.actor)
    found = get_object_or_404(queries.orders(), pk=order_id)
    return answer(order_told(found, list(queries.lines().filter(order=found))))
