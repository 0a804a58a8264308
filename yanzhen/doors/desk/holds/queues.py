"""Who waits for a title, and headquarters moving somebody, with a reason that stays."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holds import queries
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.reordering import move_hold
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK

LONGEST_NUMBER = 6


@staff(CIRCULATE)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """The titles somebody waits for, the longest queue on top."""
    node = desk_node(code, request.actor, CIRCULATE)
    context = {"node": node, "desk_areas": True, "titles": queries.waited_for()}
    return render(request, "desk/holds/queues.html", context)


@staff(CIRCULATE)
@require_safe
def queue(request: Request, code: str, bib_id: int) -> HttpResponse:
    """One queue in its order; `?move=` opens the form for one who waits."""
    node = desk_node(code, request.actor, CIRCULATE)
    return _page(request, node, get_object_or_404(BibRecord, pk=bib_id), request.GET)


@staff(MOVE_STOCK)
@require_POST
def move(request: Request, code: str, hold_id: int) -> HttpResponse:
    """Bring somebody to another place; a refusal comes back with what was typed."""
    node = desk_node(code, request.actor, CIRCULATE)
    hold = get_object_or_404(Hold.objects.select_related("bib"), pk=hold_id)
    typed = request.POST.get("position", "").strip()
    number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    try:
        moved = move_hold(
            hold_id=hold.pk, position=int(typed) if number else 0,
            reason=request.POST.get("reason", ""), by=request.actor, at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        if refused.status == 403:
            raise
        asked = {"move": str(hold.pk), "position": typed, "reason": request.POST.get("reason", "")}
        messages.error(request, refused.in_full)
        return _page(request, node, hold.bib, asked, status=422)
    said = _("%(name)s 现在排第 %(n)d 位，原因记下了。")
    messages.success(request, said % {"name": hold.person.name, "n": moved.position})
    return redirect("desk:hold-queue", node.code, hold.bib_id)


def _page(request: Request, node: Node, bib: BibRecord, asked, *, status: int = 200):
    holds = list(queries.queue_of(bib.pk))
    may_move = request.actor.may(MOVE_STOCK)
    chosen = next((each for each in holds if str(each.pk) == asked.get("move")), None)
    context = {
        "node": node,
        "desk_areas": True,
        "bib": bib,
        "holds": holds,
        "captured": queries.captured_of(bib.pk),
        "changes": queries.changes_of(bib.pk),
        "may_move": may_move,
        "chosen": chosen if may_move else None,
        "position": asked.get("position", chosen.position if chosen else ""),
        "reason": asked.get("reason", ""),
    }
    return render(request, "desk/holds/queue.html", context, status=status)
