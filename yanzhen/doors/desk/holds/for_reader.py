"""A reader's holds at a desk or on the telephone: seen, placed, changed, cancelled for them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.readers import file_opened
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.queries import to_edit
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.library.holds import queries
from yanzhen.library.holds.cancelling import cancel_hold, change_pickup
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.network.models import Node
from yanzhen.people.models import Person
from yanzhen.people.names import plain
from yanzhen.people.roles import RENEW

LISTED = 10


@staff(RENEW)
@require_safe
def reader_holds(request: Request, code: str, person_id: int) -> HttpResponse:
    """What the reader waits for; `?q=` finds a title to hold. Read like the file it belongs to."""
    node = desk_node(code, request.actor, RENEW)
    person = get_object_or_404(Person, pk=person_id)
    asked = file_opened(request, node, person)
    if asked:
        return asked
    text = plain(request.GET.get("q", ""))[:100]
    found = _titles(text, node) if text else []
    pickup_nodes = list(queries.pickup_nodes())
    context = {
        "node": node,
        "desk_readers": True,
        "person": person,
        "reason": request.GET.get("reason", ""),
        "holds": queries.live_holds_of(person.pk),
        "q": text,
        "found": [(bib, queries.queue_length(bib.pk)) for bib in found],
        "pickup_nodes": pickup_nodes,
    }
    return render(request, "desk/holds/reader.html", context)


@staff(RENEW)
@require_POST
def place(request: Request, code: str, person_id: int, bib_id: int) -> HttpResponse:
    """Put the reader into the queue of a title."""

    def act(node: Node) -> str:
        hold = place_hold(
            person_id=person_id, bib_id=bib_id, pickup=_pickup(request), by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        said = _("《%(title)s》预约好了，排在第 %(n)d 位，到了%(place)s就通知读者。")
        told = {"title": hold.bib.title, "n": hold.position, "place": hold.pickup_node.label}
        return said % told

    return _do(request, code, person_id, act)


@staff(RENEW)
@require_POST
def cancel(request: Request, code: str, person_id: int, hold_id: int) -> HttpResponse:
    def act(node: Node) -> str:
        get_object_or_404(Hold, pk=hold_id, person=person_id)
        hold = cancel_hold(hold_id=hold_id, by=request.actor, at=clock.now())
        return _("《%(title)s》的预约取消了。") % {"title": hold.bib.title}

    return _do(request, code, person_id, act)


@staff(RENEW)
@require_POST
def pickup(request: Request, code: str, person_id: int, hold_id: int) -> HttpResponse:
    """Fetch it at another branch."""

    def act(node: Node) -> str:
        get_object_or_404(Hold, pk=hold_id, person=person_id)
        hold = change_pickup(
            hold_id=hold_id, pickup=_pickup(request), by=request.actor, at=clock.now()
        )
        told = {"title": hold.bib.title, "place": hold.pickup_node.label}
        return _("《%(title)s》改到%(place)s取。") % told

    return _do(request, code, person_id, act)


def _titles(text: str, node: Node) -> list[BibRecord]:
    """By the barcode of a copy in hand, else by ISBN, number or words of the title."""
    copy = copy_scanned(text, node)
    return [copy.bib] if copy else to_edit(text, LISTED)


def _pickup(request: Request) -> Node | None:
    code = request.POST.get("pickup", "")[:48]
    return queries.pickup_nodes().filter(code=code).first()


def _do(request: Request, code: str, person_id: int, act: Callable[[Node], str]) -> HttpResponse:
    """Do one thing for the reader; a refusal leads back to the same search."""
    node = desk_node(code, request.actor, RENEW)
    kept = {"reason": request.POST.get("opened_for", "")[:20]}
    try:
        messages.success(request, act(node))
    except Refused as refused:
        messages.error(request, refused.in_full)
        kept["q"] = request.POST.get("q", "")[:100]
    told = urlencode({name: value for name, value in kept.items() if value})
    address = reverse("desk:reader-holds", args=[node.code, person_id])
    return redirect(f"{address}?{told}" if told else address)
