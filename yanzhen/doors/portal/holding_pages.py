"""A reader's holds: placing one on a title's page, changing and cancelling one on my page."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.gate import Request, signed_in
from yanzhen.doors.portal.family import family_of
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holds import queries
from yanzhen.library.holds.cancelling import cancel_hold, change_pickup
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.patrons.queries import current_card_of
from yanzhen.network.models import Node
from yanzhen.people.models import Person

LONGEST_ID = 18


@dataclass(frozen=True)
class HoldBox:
    """What the title's page says about holds: who waits, and for a reader the form."""

    waiting: int
    mine: Hold | None
    family: list[Person]
    nodes: list[Node]
    near: int | None


def hold_box(request: Request, bib_id: int) -> HoldBox:
    """For a stranger only how many wait; two queries more for whoever has signed in."""
    waiting, person_id = queries.queue_length(bib_id), request.actor.person_id
    if person_id is None:
        return HoldBox(waiting, None, [], [], None)
    card = current_card_of(person_id)
    family = family_of(request)
    return HoldBox(
        waiting,
        queries.live_hold_on(bib_id, person_id),
        family if len(family) > 1 else [],
        list(queries.pickup_nodes()),
        card.home_node_id if card else None,
    )


@signed_in
@require_POST
def place(request: Request, bib_id: int) -> HttpResponse:
    """Hold a title for oneself, or for a child one is guardian of."""
    asked = request.POST.get("person", "")
    known = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_ID
    person_id = int(asked) if known else request.user.person_id
    try:
        hold = place_hold(
            person_id=person_id, bib_id=bib_id, pickup=_node(request), by=request.actor,
            at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, refused.in_full)
        return redirect("portal:record", bib_id)
    said = _("《%(title)s》预约好了，排在第 %(n)d 位。到了%(place)s就通知您。")
    told = {"title": hold.bib.title, "n": hold.position, "place": hold.pickup_node.label}
    messages.success(request, said % told)
    return redirect("portal:me")


@signed_in
@require_POST
def cancel(request: Request, hold_id: int) -> HttpResponse:
    try:
        hold = cancel_hold(hold_id=hold_id, by=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(request, _("《%(title)s》的预约取消了。") % {"title": hold.bib.title})
    return redirect("portal:me")


@signed_in
@require_POST
def pickup(request: Request, hold_id: int) -> HttpResponse:
    """Fetch it at another branch."""
    try:
        hold = change_pickup(
            hold_id=hold_id, pickup=_node(request), by=request.actor, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        told = {"title": hold.bib.title, "place": hold.pickup_node.label}
        messages.success(request, _("《%(title)s》改到%(place)s取。") % told)
    return redirect("portal:me")


def _node(request: Request) -> Node | None:
    code = request.POST.get("pickup", "")[:48]
    return queries.pickup_nodes().filter(code=code).first()
