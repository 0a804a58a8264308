"""An order's own page, without an account: see it, cancel it, sign for it, rate it.

Who has the number and its code is whoever ordered; who has not is told nothing, not even whether
there is such an order.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yanzhen.culture.tours import answering, queries, signing_off
from yanzhen.culture.tours.access import REQUESTER, with_code
from yanzhen.culture.tours.models import MenuOrder, SignOff, Stop
from yanzhen.doors.gate import Request, public
from yanzhen.doors.photos import photo_answer
from yanzhen.doors.portal.menu_pages import order_url
from yanzhen.doors.sign_off_form import SignOffForm
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused

State = MenuOrder.State


@public
@never_cache
def find(request: Request) -> HttpResponse:
    """Number and code, for whoever has lost the link."""
    number, code = request.GET.get("number", "")[:20], request.GET.get("code", "")[:20]
    refused = None
    if number or code:
        try:
            return redirect(order_url(with_code(number, code)))
        except Refused as caught:
            refused = caught
    context = {"number": number, "refused": refused, "section_menu": True}
    return render(request, "portal/menu/find.html", context, status=422 if refused else 200)


@public
@never_cache
def show(request: Request, number: str) -> HttpResponse:
    """How far the order is; `?new=1` right after it was made."""
    order = with_code(number, request.GET.get("code", "")[:20])
    return _page(request, order, new=request.GET.get("new") == "1")


@public
@require_POST
def cancel(request: Request, number: str) -> HttpResponse:
    def act(order: MenuOrder) -> str:
        reason = request.POST.get("reason", "")
        answering.cancel(order.pk, reason=reason, by=REQUESTER, at=clock.now())
        return _("取消了，谢谢您告诉我们。")

    return _act(request, number, act)


@public
@require_POST
def rate(request: Request, number: str) -> HttpResponse:
    def act(order: MenuOrder) -> str:
        stars = request.POST.get("stars", "")
        signing_off.rate(
            order.pk, int(stars) if stars in {"1", "2", "3", "4", "5"} else 0,
            request.POST.get("words", ""), by=REQUESTER, at=clock.now(),
        )  # fmt: skip
        return _("谢谢您的评价。")

    return _act(request, number, act)


@public
@require_POST
def sign_off(request: Request, number: str) -> HttpResponse:
    """Sign for what came; what was typed stays on the page when something is wrong."""
    order = with_code(number, request.POST.get("code", "")[:20])
    form = SignOffForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            signed = signing_off.sign_off(
                order.pk, form.came(), channel=SignOff.Channel.WEB, by=REQUESTER, at=clock.now()
            )
        except Refused as refused:
            form.take(refused)
        else:
            said = _("签收好了，谢谢您。") if signed.photo else _("签收好了；照片补上才算数。")
            messages.success(request, said)
            return redirect(order_url(order))
    return _page(request, order, form=form, status=422)


@public
@never_cache
def photo(request: Request, number: str) -> HttpResponse:
    """The photo this order was signed off with."""
    order = with_code(number, request.GET.get("code", "")[:20])
    signed = _signed(queries.stop_of(order.pk))
    if signed is None or not signed.photo:
        raise Http404
    return photo_answer(signed.photo)


def _act(request: Request, number: str, act: Callable[[MenuOrder], str]) -> HttpResponse:
    order = with_code(number, request.POST.get("code", "")[:20])
    try:
        messages.success(request, act(order))
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect(order_url(order))


def _page(
    request: Request, found: MenuOrder, *, form: SignOffForm | None = None, new: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    order = queries.order_with_all(found.pk)
    assert order is not None
    stop = queries.stop_of(order.pk)
    signed = _signed(stop)
    begun = stop is not None and stop.starts_at <= clock.now()
    context = {
        "order": order,
        "stop": stop,
        "signed": signed,
        "rating": getattr(order, "rating", None),
        "may_cancel": order.state in (State.ASKED, State.ASSIGNED) and not begun,
        "form": (form or SignOffForm.about(signed, order.contact)) if begun else None,
        "new": new,
        "stars": range(5, 0, -1),
        "steps": [State.ASKED.label, State.ASSIGNED.label, State.DONE.label],
        "at": {State.ASKED: 1, State.ASSIGNED: 2, State.DONE: 3}.get(State(order.state), 0),
        "url": request.build_absolute_uri(order_url(order)),
        "section_menu": True,
    }
    return render(request, "portal/menu/order_page.html", context, status=status)


def _signed(stop: Stop | None) -> SignOff | None:
    return getattr(stop, "sign_off", None)
