"""The copies of a title, and one more of it."""

from decimal import Decimal, InvalidOperation

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yanzhen.doors.desk.cataloguing.form_number import reserved_of
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.call_numbers import numbering
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.accessioning import add_copy
from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.network.models import Node
from yanzhen.people.roles import CATALOGUE

SHOWN = 200
_TYPED = ("branch", "shelf", "barcode", "kind", "price", "class_number", "call_number")
_LARGEST_PRICE = 1_000_000


@staff(CATALOGUE)
def copies(request: Request, code: str, bib_id: int) -> HttpResponse:
    """On POST add a copy, ask for its call number (`do=number`), or give the number back."""
    node = desk_node(code, request.actor, CATALOGUE)
    require_cataloguing(request.actor)
    bib = get_object_or_404(BibRecord.objects.living(), pk=bib_id)
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in _TYPED}
    if request.method != "POST":
        typed |= {"branch": node.code, "class_number": bib.clc}
    shown = {"node": node, "desk_areas": True, "bib": bib, "typed": typed}
    if request.method == "POST":
        try:
            if done := _done(request, bib, typed, shown):
                request.session[KEPT] = done.as_dict()
                return redirect("desk:copies", node.code, bib.pk)
        except Refused as refusal:
            shown |= {"refused": refusal, "reserved": reserved_of(request) or ""}
    rows = Copy.objects.filter(bib=bib).select_related("home_node")
    shown["copies"] = rows.order_by("home_node__path", "call_number_key", "barcode")[:SHOWN]
    shown |= {"branches": _branches().order_by("path"), "kinds": ItemKind.objects.all()}
    shown["said"] = kept_banner(request)
    return render(request, "desk/cataloguing/copies.html", shown)


def _done(request: Request, bib: BibRecord, typed: dict, shown: dict) -> Said | None:
    """What to say on the page that follows; None to show this one again. Raises Refused."""
    by, at, reserved = request.actor, clock.now(), reserved_of(request)
    if request.POST.get("do") == "cancel":
        numbering.release(reserved, by=by)
        return Said("note", _("没有加册"), _("给您留的索书号已放回。"))
    branch = _branches().filter(code=typed["branch"]).first()
    if branch is None:
        raise Refused("branch-missing", _("没有这个馆。"), _("请选一个馆。"), status=422)
    if request.POST.get("do") == "number":
        offer = numbering.suggest(
            typed["class_number"], bib_id=bib.pk, author=bib.author, node=branch,
            shelf=typed["shelf"], by=by, at=at,
        )  # fmt: skip
        if reserved and reserved != offer.reserved:
            numbering.release(reserved, by=by)
        typed["call_number"] = offer.text
        shown |= {"offer": offer, "reserved": offer.reserved or ""}
        return None
    kind = ItemKind.objects.filter(code=typed["kind"]).first()
    if kind is None:
        raise Refused("kind-missing", _("没有这种图书类型。"), _("请选一个。"), status=422)
    copy = add_copy(
        bib=bib, barcode=typed["barcode"], kind=kind, node=branch, shelf=typed["shelf"][:60],
        call_number=typed["call_number"], price=_price(typed["price"]), by=by, at=at,
    )  # fmt: skip
    if reserved:
        numbering.take(reserved, bib.pk, typed["call_number"], by=by, at=at)
    return Said("done", _("已加一册"), f"{copy.barcode} · {copy.call_number}")


def _price(text: str) -> Decimal | None:
    """Raises Refused when it is no sum."""
    if not text:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(-1)
    if not price.is_finite() or not 0 <= price < _LARGEST_PRICE:
        raise Refused(
            "price-unreadable", _("价格要写数字。"), _("例如 59.70；不知道就空着。"), status=422
        )
    return round(price, 2)


def _branches():
    return Node.objects.libraries().serving()
