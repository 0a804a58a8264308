"""The menu for everybody; orders from it by staff."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from yanzhen.culture.tours import queries
from yanzhen.culture.tours.models import MenuOrder
from yanzhen.culture.tours.ordering import Unit, Wish, order_from_menu
from yanzhen.doors.api.answers import answer, written
from yanzhen.doors.api.callers import SIGNED_IN, Call
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.doors.api.shapes.menu import (
    MenuLine,
    MenuOrderForm,
    MenuOrderTold,
    menu_line,
    menu_order_told,
    town_of,
)
from yanzhen.groundwork import clock
from yanzhen.groundwork.idempotency import Answer

router = Router(tags=["menu"])


@router.get("/menu", response=Page[MenuLine], summary="The menu")
def menu(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """What towns, schools, enterprises and building sites can order now, free of charge."""
    return answer(page_of(queries.menu().order_by("kind", "pk"), paging, menu_line))


@router.post(
    "/menu/orders", response={201: MenuOrderTold}, auth=SIGNED_IN, summary="Order from the menu"
)
def take_menu_order(request: Call, form: MenuOrderForm) -> HttpResponse:
    """Take an order for a unit, as on the telephone. For staff who book for others."""

    def act() -> Answer:
        unit = form.unit
        placed = order_from_menu(
            Wish(
                form.item_id, form.wished_on, form.heads, form.wished_time, form.other_day,
                form.safety_note, form.note,
            ),
            Unit(
                unit.name, unit.kind, town_of(unit.town), unit.contact, unit.phone, unit.address
            ),
            channel=MenuOrder.Channel.PHONE,
            by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        return 201, menu_order_told(placed)

    return written(request, act)
