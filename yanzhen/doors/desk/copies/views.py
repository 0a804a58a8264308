"""Finding copies, and the page of one: where it is, what happened to it, what can be done."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from yanzhen.doors.desk.copies import acting, timeline
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.typed import kept_typed
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import audit, clock
from yanzhen.library.holdings import finding
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import journey_of
from yanzhen.library.patrons.card_face import barcode_svg
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK, SEE_READERS, SEE_STOCK

A_PAGE = 50


@staff(SEE_STOCK)
def listing(request: Request, code: str) -> HttpResponse:
    """Copies of the whole network; a whole barcode leads straight to its copy."""
    node = desk_node(code, request.actor, SEE_STOCK)
    asked = request.GET
    if found := finding.exactly(asked.get("q", "")):
        return redirect("desk:copy", node.code, found.pk)
    wanted = finding.Wanted(
        asked.get("q", ""), asked.get("branch", ""), asked.get("state", ""), asked.get("flag", "")
    )
    any_asked = any(asked.get(name) for name in ("q", "branch", "state", "flag"))
    context = {
        "node": node,
        "desk_areas": True,
        "wanted": wanted,
        "copies": Paginator(finding.find(wanted), A_PAGE).get_page(asked.get("page"))
        if any_asked
        else None,
        "branches": Node.objects.libraries().filter(level__in=[Node.Level.HUB, Node.Level.BRANCH]),
        "states": Copy.State.choices,
        "flags": list(timeline.flag_words().items()),
    }
    return render(request, "desk/copies/listing.html", context)


@staff(SEE_STOCK)
def show(request: Request, code: str, copy_id: int) -> HttpResponse:
    """One copy. `?readers=1` names who had it, to whoever may know; that is written down."""
    node = desk_node(code, request.actor, SEE_STOCK)
    copy = _copy(copy_id)
    named = bool(request.GET.get("readers")) and request.actor.may(SEE_READERS)
    if named:
        audit.write(
            by=request.actor, at=clock.now(), action="copy.readers_seen",
            subject=f"copy:{copy.pk}", place=node.code,
        )  # fmt: skip
    handles = request.actor.may(CIRCULATE, copy.current_node.path)
    context = {
        "node": node,
        "desk_areas": True,
        "said": kept_banner(request),
        "typed": kept_typed(request, reverse("desk:change-copy", args=[node.code, copy.pk])),
        "copy": copy,
        "badge": timeline.BADGES[copy.state],
        "flags": [word for flag, word in timeline.flag_words().items() if getattr(copy, flag)],
        "journey": journey_of(copy),
        "lines": timeline.of(copy, request.actor, named=named),
        "named": named,
        "may_name": request.actor.may(SEE_READERS),
        "handles": handles,
        "moves": request.actor.may(MOVE_STOCK, copy.owning_node.path),
        "steps": acting.offered(copy, journey_of(copy)) if handles else [],
        "nodes": Node.objects.libraries().serving().exclude(pk=copy.owning_node_id),
        "aliases": copy.aliases.select_related("node"),
    }
    return render(request, "desk/copies/copy.html", context)


@staff(SEE_STOCK)
def label(request: Request, code: str, copy_id: int) -> HttpResponse:
    """The barcode and the spine label of one copy, to be printed."""
    node = desk_node(code, request.actor, SEE_STOCK)
    copy = _copy(copy_id)
    bars = mark_safe(barcode_svg(copy.barcode))  # noqa: S308 - ours
    context = {"node": node, "desk_areas": True, "copy": copy, "bars": bars}
    return render(request, "desk/copies/label.html", context)


def _copy(copy_id: int) -> Copy:
    copies = Copy.objects.select_related("bib", "kind", "owning_node", "home_node", "current_node")
    copy = copies.filter(pk=copy_id).first()
    if copy is None:
        raise Http404(_("没有这册书。"))
    return copy
