"""The menu and the troupes as a house keeps them."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.tours import entering, queries
from yanzhen.culture.tours.models import MenuItem, Troupe
from yanzhen.doors.desk.tours.forms import DishForm, TroupeForm
from yanzhen.doors.desk.tours.pages import change, open_desk, page, sees_all
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
def listing(request: Request, code: str) -> HttpResponse:
    node = open_desk(request, code)
    items = queries.items_of(node, everything=sees_all(request, node)).order_by("kind", "pk")
    often = queries.delivered_often()
    context = {"rows": [(item, often.get(item.pk, 0)) for item in items]}
    return page(request, node, "menu", context, tab="desk:menu")


@staff(PLAN_ACTIVITIES)
def edit(request: Request, code: str, item_id: int | None = None) -> HttpResponse:
    """A new item, or one that is changed."""
    node = open_desk(request, code)
    items = queries.items_of(node, everything=sees_all(request, node))
    item = items.filter(pk=item_id).first() if item_id is not None else None
    if item_id is not None and item is None:
        raise Http404
    form = DishForm(request.POST or None, initial=model_to_dict(item) if item else None)
    if request.method == "POST" and form.is_valid():
        try:
            entering.offer(
                form.dish(item), node=node, by=request.actor, at=clock.now(), item_id=item_id
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("菜单改好了。") if item else _("上菜单了。"))
            return redirect("desk:menu", node.code)
    back = (reverse("desk:menu", args=[node.code]), _("菜单"))
    context = {"form": form, "item": item}
    return page(request, node, "item", context, back=back, status=422 if form.is_bound else 200)


@staff(PLAN_ACTIVITIES)
@require_POST
def pause(request: Request, code: str, item_id: int) -> HttpResponse:
    """Stop taking orders for an item, or take them again."""
    node = open_desk(request, code)

    def act() -> str:
        paused = request.POST.get("paused") == "1"
        item = entering.pause(item_id, paused=paused, by=request.actor, at=clock.now())
        paused_now = item.state == MenuItem.State.PAUSED
        said = _("“%(name)s”暂停点单了。") if paused_now else _("“%(name)s”又可以点了。")
        return said % {"name": item.label}

    return change(request, act, "desk:menu", node.code)


@staff(PLAN_ACTIVITIES)
def troupes(request: Request, code: str) -> HttpResponse:
    node = open_desk(request, code)
    rows = queries.troupes_at(node, everything=sees_all(request, node))
    context = {"troupes": rows, "today": clock.today()}
    return page(request, node, "troupes", context, tab="desk:troupes")


@staff(PLAN_ACTIVITIES)
def troupe(request: Request, code: str, troupe_id: int | None = None) -> HttpResponse:
    """A new troupe, or one that was asked whether all is still right."""
    node = open_desk(request, code)
    rows = queries.troupes_at(node, everything=sees_all(request, node))
    found = rows.filter(pk=troupe_id).first() if troupe_id is not None else None
    if troupe_id is not None and found is None:
        raise Http404
    form = TroupeForm(request.POST or None, initial=_known(found, node.site.division.code))
    if request.method == "POST" and form.is_valid():
        try:
            entering.enter_troupe(
                form.band(), node=node, by=request.actor, at=clock.now(), troupe_id=troupe_id
            )
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("记下了，今天核对过。"))
            return redirect("desk:troupes", node.code)
    back = (reverse("desk:troupes", args=[node.code]), _("团队"))
    context = {"form": form, "troupe": found}
    return page(request, node, "troupe", context, back=back, status=422 if form.is_bound else 200)


def _known(troupe: Troupe | None, town: str) -> dict[str, object]:
    if troupe is None:
        return {"town": town}
    names = ("name", "kind", "art", "members", "leader", "phone")
    return {"town": troupe.town.code, **{name: getattr(troupe, name) for name in names}}
