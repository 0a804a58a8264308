"""The menu: what can be ordered, one item, the order form (R29, R49)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity
from yanzhen.culture.tours import queries
from yanzhen.culture.tours.access import VISITOR
from yanzhen.culture.tours.models import MenuItem, MenuOrder
from yanzhen.culture.tours.ordering import known_item, order_from_menu
from yanzhen.doors.gate import Request, public
from yanzhen.doors.portal.menu_forms import OrderForm
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused

Season = MenuItem.Season
FILTERS = (
    ("kind", "kind", MenuItem.Kind.choices),
    ("for", "audience", Activity.Audience.choices),
    ("season", "season", [each for each in Season.choices if each[0] != Season.ANY]),
)

ORDER = [str(kind) for kind in MenuItem.Kind.values]


@public
def menu(request: Request) -> HttpResponse:
    """Cards, narrowed by `?kind=`, `?for=`, `?season=`; an unknown value narrows nothing."""
    chosen = {
        name: request.GET[name]
        for name, _field, choices in FILTERS
        if request.GET.get(name, "") in dict(choices)
    }
    items = sorted(_narrowed(chosen), key=lambda each: (ORDER.index(each.kind), each.pk))
    context = {"items": items, "filters": _drawn(chosen), "chosen": chosen, "section_menu": True}
    return render(request, "portal/menu/list.html", context)


def _narrowed(chosen: dict[str, str]):
    items = queries.menu()
    if "kind" in chosen:
        items = items.filter(kind=chosen["kind"])
    if "for" in chosen:  # what is for everybody is for them too
        items = items.filter(audience__in=[chosen["for"], Activity.Audience.EVERYBODY])
    if "season" in chosen:
        items = items.filter(season__in=[chosen["season"], Season.ANY])
    return items


def _drawn(chosen: dict[str, str]) -> list[dict[str, Any]]:
    words = {"kind": _("点什么"), "for": _("给谁看"), "season": _("什么季节")}
    return [
        {"name": name, "title": words[name], "choices": choices, "value": chosen.get(name, "")}
        for name, _field, choices in FILTERS
    ]


@public
def item(request: Request, item_id: int) -> HttpResponse:
    """What it is, what the place must have, what others thought of it."""
    found = known_item(item_id)
    mean, raters = queries.stars_of(found)
    context = {
        "item": found,
        "mean": mean,
        "raters": raters,
        "often": queries.delivered_often().get(found.pk, 0),
        "section_menu": True,
    }
    return render(request, "portal/menu/item.html", context)


@public
def order(request: Request, item_id: int) -> HttpResponse:
    """The form, on one page; sent, it leads to the order with its number."""
    found = known_item(item_id)
    form = OrderForm(request.POST or None, initial={"kind": request.GET.get("unit", "")[:20]})
    form.fields["day"].widget.attrs["min"] = clock.today().isoformat()
    if request.method == "POST" and form.is_valid():
        try:
            placed = order_from_menu(
                form.wish(found.pk), form.unit(), channel=MenuOrder.Channel.WEB, by=VISITOR,
                at=clock.now(), once=form.cleaned_data["once"],
            )  # fmt: skip
            return redirect(f"{order_url(placed)}&new=1")
        except Refused as refused:
            form.take(refused)
    status = 422 if form.is_bound else 200
    context = {"item": found, "form": form, "section_menu": True}
    return render(request, "portal/menu/order.html", context, status=status)


def order_url(order: MenuOrder) -> str:
    """The order's page with its code: what is given to whoever ordered."""
    return f"{reverse('portal:menu-order', args=[order.number])}?code={order.code}"
