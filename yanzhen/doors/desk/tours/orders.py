"""The inbox of orders: what waits longest on top, an order on the telephone, a no with a reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.tours import answering, entering, queries
from yanzhen.culture.tours.models import MenuOrder
from yanzhen.culture.tours.ordering import order_from_menu
from yanzhen.doors.desk.tours.forms import PhoneOrderForm, UnitForm
from yanzhen.doors.desk.tours.pages import change, open_desk, page, sees_all
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people.roles import PLAN_ACTIVITIES

SHOWN = 60
State = MenuOrder.State


@staff(PLAN_ACTIVITIES)
def inbox(request: Request, code: str) -> HttpResponse:
    """`?state=` shows others than those that wait."""
    node = open_desk(request, code)
    everything = sees_all(request, node)
    state = request.GET.get("state", "")
    if state not in State.values:
        state = State.ASKED
    rows = queries.orders_at(node, everything=everything).filter(state=state)
    order = "asked_at" if state == State.ASKED else "-asked_at"
    here = reverse("desk:menu-orders", args=[node.code])
    today = clock.today()
    context = {
        "orders": [
            (each, (today - clock.local_day(each.asked_at)).days)
            for each in rows.order_by(order, "pk")[:SHOWN]
        ],
        "state": state,
        "states": [
            {"word": word, "url": f"{here}?state={key}", "current": key == state}
            for key, word in State.choices
        ],
        "today": today,
    }
    return page(request, node, "orders", context, tab="desk:menu-orders")


@staff(PLAN_ACTIVITIES)
def show(request: Request, code: str, order_id: int) -> HttpResponse:
    node = open_desk(request, code)
    order = _seen(request, node, order_id)
    stop = queries.stop_of(order.pk)
    context = {
        "order": order,
        "stop": stop,
        "signed": getattr(stop, "sign_off", None),
        "rating": getattr(order, "rating", None),
    }
    return page(request, node, "order", context, back=_inbox(node))


@staff(PLAN_ACTIVITIES)
def by_phone(request: Request, code: str) -> HttpResponse:
    """Five fields; the number is read out at once."""
    node = open_desk(request, code)
    form = PhoneOrderForm(
        request.POST or None, items=queries.menu(), initial=request.GET.dict(),
        requesters=queries.requesters_at(node, everything=sees_all(request, node)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            order = order_from_menu(
                form.wish(), form.unit(), channel=MenuOrder.Channel.PHONE, by=request.actor,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("记下了。请把单号和查询码念给对方。"))
            return redirect("desk:menu-order", node.code, order.pk)
    status = 422 if form.is_bound else 200
    return page(request, node, "by_phone", {"form": form}, back=_inbox(node), status=status)


@staff(PLAN_ACTIVITIES)
def new_unit(request: Request, code: str) -> HttpResponse:
    """A unit nobody has entered yet; then back to its order."""
    node = open_desk(request, code)
    form = UnitForm(request.POST or None, initial={"town": node.site.division.code})
    if request.method == "POST" and form.is_valid():
        try:
            unit = entering.enter_requester(form.unit(), by=request.actor, at=clock.now())
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("登记好了。"))
            return redirect(
                f"{reverse('desk:new-menu-order', args=[node.code])}?requester={unit.pk}"
            )
    back = (reverse("desk:new-menu-order", args=[node.code]), _("记一单"))
    status = 422 if form.is_bound else 200
    return page(request, node, "unit", {"form": form}, back=back, status=status)


@staff(PLAN_ACTIVITIES)
@require_POST
def decline(request: Request, code: str, order_id: int) -> HttpResponse:
    node = open_desk(request, code)

    def act() -> str:
        order = answering.decline(
            order_id, reason=request.POST.get("reason", ""), by=request.actor, at=clock.now()
        )
        return _("回了“这次办不了”。请打电话告诉 %(name)s：%(phone)s") % _whom(order)

    return change(request, act, "desk:menu-order", node.code, order_id)


@staff(PLAN_ACTIVITIES)
@require_POST
def cancel(request: Request, code: str, order_id: int) -> HttpResponse:
    """The unit rang and does not want it any more."""
    node = open_desk(request, code)

    def act() -> str:
        answering.cancel(
            order_id, reason=request.POST.get("reason", ""), by=request.actor, at=clock.now()
        )
        return _("这一单取消了，占着的车和队伍都放开了。")

    return change(request, act, "desk:menu-order", node.code, order_id)


def _whom(order: MenuOrder) -> dict[str, str]:
    return {"name": order.contact, "phone": order.phone}


def _seen(request: Request, node: Node, order_id: int) -> MenuOrder:
    rows = queries.orders_at(node, everything=sees_all(request, node))
    order = rows.prefetch_related("steps").filter(pk=order_id).first()
    if order is None:
        raise Http404
    return order


def _inbox(node: Node) -> tuple[str, str]:
    return reverse("desk:menu-orders", args=[node.code]), _("点单")
