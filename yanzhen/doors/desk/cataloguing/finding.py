"""Where cataloguing begins: find a title, or look at what branches proposed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.library.catalogue import history, queries
from yanzhen.people.roles import CATALOGUE, SEE_STOCK


@staff(SEE_STOCK)
@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """Titles by number, ISBN or words; the queue at the main house, one's own in a branch."""
    node = desk_node(code, request.actor, SEE_STOCK)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    decides = request.actor.may(CATALOGUE, node.path) and node.parent_id is None
    rows = queries.open_proposals() if decides else queries.proposals_of(node)
    return render(
        request,
        "desk/cataloguing/listing.html",
        {
            "node": node,
            "desk_areas": True,
            "q": text,
            "found": queries.to_edit(text) if text else [],
            "decides": decides,
            "proposals": [
                (row, history.difference(row.bib.marc if row.bib else "", row.marc)) for row in rows
            ],
            "said": kept_banner(request),
        },
    )
