"""Rebalancing proposals 调拨建议: made here, shown with reasons, decided line by line."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said
from yanzhen.doors.desk.telling import number, tell
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.text.clc import class_name
from yanzhen.library.rotation import proposing
from yanzhen.library.rotation.models import RebalancingLine, RebalancingProposal
from yanzhen.network.models import Node, in_language
from yanzhen.network.queries import short_names
from yanzhen.people.roles import MOVE_STOCK


@staff(MOVE_STOCK)
def listing(request: Request, code: str) -> HttpResponse:
    node = desk_node(code, request.actor, MOVE_STOCK)
    if request.method == "POST":
        return tell(request, lambda: _propose(request), "desk:proposals", node.code)
    proposals = RebalancingProposal.objects.order_by("-pk")[:20]
    return render(
        request,
        "desk/rotation/proposals.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "proposals": [(each, each.lines.count(), _waiting(each)) for each in proposals],
        },
    )


@staff(MOVE_STOCK)
def show(request: Request, code: str, proposal_id: int) -> HttpResponse:
    node = desk_node(code, request.actor, MOVE_STOCK)
    proposal = get_object_or_404(RebalancingProposal, pk=proposal_id)
    if request.method == "POST":
        return tell(request, lambda: _decide(request), "desk:proposal", node.code, proposal.pk)
    names = short_names()
    return render(
        request,
        "desk/rotation/proposal.html",
        {
            "node": node,
            "desk_areas": True,
            "said": kept_banner(request),
            "proposal": proposal,
            "lines": _by_direction(proposal),
            "waiting": _waiting(proposal),
            "figures": [(names.get(row["code"], row["code"]), row) for row in proposal.figures],
        },
    )


def _by_direction(proposal: RebalancingProposal) -> list[tuple[RebalancingLine, str]]:
    """The lines with the name of their class; what one van carries together, the fullest first."""
    lines = proposal.lines.select_related("from_node", "to_node", "document").order_by("pk")
    found = list(lines.prefetch_related("picks__copy__bib"))
    load: Counter[tuple[int, int]] = Counter()
    for line in found:
        load[line.from_node_id, line.to_node_id] += len(line.picks.all())
    found.sort(key=lambda line: (-load[line.from_node_id, line.to_node_id],
                                 line.from_node_id, line.to_node_id, line.pk))  # fmt: skip
    return [(line, in_language(*class_name(line.clc[:1]))) for line in found]


def _propose(request: Request) -> Said:
    proposal = proposing.propose(
        months=number(request.POST.get("months", "")) or 0,
        at_most=number(request.POST.get("at_most", "")) or 0,
        by=request.actor,
        at=clock.now(),
    )
    n = proposal.lines.count()
    line = ngettext("算好了，%(n)d 条建议", "算好了，%(n)d 条建议", n) % {"n": n}
    more = _("逐条看过再定，没定之前什么都不动。") if n else _("各馆都差不多，没有值得调的。")
    return Said("done", line, more)


def _decide(request: Request) -> Said:
    at, line_id = clock.now(), number(request.POST.get("line", "")) or 0
    if request.POST.get("decision") == "refuse":
        note = request.POST.get("note", "")
        proposing.refuse(line_id=line_id, note=note, by=request.actor, at=at)
        return Said("done", _("这一条不采纳"), _("书都留在原处。"))
    kept = {number(each) for each in request.POST.getlist("pick")}
    line = proposing.accept_only(line_id=line_id, picks=kept, by=request.actor, at=at)
    n = line.picks.filter(sent=True).count()
    said = ngettext("%(n)d 本准备出发 · 去 %(to)s", "%(n)d 本准备出发 · 去 %(to)s", n)
    to_node = Node.objects.get(pk=line.to_node_id).short_label
    return Said("in-transit", said % {"n": n, "to": to_node}, _("装箱时会列在交接单上。"))


def _waiting(proposal: RebalancingProposal) -> int:
    return proposal.lines.filter(decision="").count()
