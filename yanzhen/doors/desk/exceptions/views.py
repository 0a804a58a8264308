"""What was handed in or sent and nobody has explained yet, and what was explained."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.exceptions import entries, settling
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import tell
from yanzhen.doors.desk.typed import kept_typed
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.people.roles import CIRCULATE

A_PAGE = 50


@staff(CIRCULATE)
def listing(request: Request, code: str) -> HttpResponse:
    node = desk_node(code, request.actor, CIRCULATE)
    context = {
        "node": node,
        "desk_exceptions": True,
        "entries": entries.open_at(node, request.actor),
        "said": kept_banner(request),
        "typed": kept_typed(request, reverse("desk:exceptions", args=[node.code])),
    }
    return render(request, "desk/exceptions/listing.html", context)


@staff(CIRCULATE)
def settled(request: Request, code: str) -> HttpResponse:
    """What was settled here, by whom, when and how: nothing vanishes."""
    node = desk_node(code, request.actor, CIRCULATE)
    source = request.GET.get("source", "")
    source = source if source in entries.SOURCES else "return"
    rows = Paginator(entries.settled_rows(source, node), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "node": node,
        "desk_exceptions": True,
        "source": source,
        "sources": (("return", _("还书")), ("dispute", _("差异"))),
        "rows": rows,
        "entries": entries.entries_of(source, rows),
    }  # fmt: skip
    return render(request, "desk/exceptions/settled.html", context)


@staff(CIRCULATE)
@require_POST
def settle(request: Request, code: str, source: str, entry_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, CIRCULATE)

    def act() -> Said:
        settling.settle(source, entry_id, request, node)
        return Said("done", _("处理好了"), _("这一条已从“待核对”里划掉，记录还在。"))

    return tell(request, act, "desk:exceptions", node.code)
