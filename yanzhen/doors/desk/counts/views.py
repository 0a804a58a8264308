"""Counting the shelves at a branch: the list of counts, and the sheet of one with its scan box."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.counts import saying
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.work import KEPT, kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.stocktaking import batches, counting, queries
from yanzhen.library.stocktaking.models import Count, CountLine
from yanzhen.network.models import Node
from yanzhen.people.roles import COUNT_STOCK

A_PAGE = 50
LARGEST_FILE = 512 * 1024


@staff(COUNT_STOCK)
def listing(request: Request, code: str) -> HttpResponse:
    """The counts of a branch; a POST opens a new one."""
    node = desk_node(code, request.actor, COUNT_STOCK)
    if request.method == "POST":
        return _open(request, node)
    context = {
        "node": node,
        "desk_areas": True,
        "said": kept_banner(request),
        "counts": Paginator(queries.counts_at(node), A_PAGE).get_page(request.GET.get("page")),
        "kinds": ItemKind.objects.all(),
        "shelves": queries.shelves_at(node),
    }
    return render(request, "desk/counts/listing.html", context)


def _open(request: Request, node: Node) -> HttpResponse:
    given = {
        name: request.POST.get(name, "").replace("\x00", "")
        for name in ("shelf", "call_from", "call_to")
    }
    kind = ItemKind.objects.filter(code=request.POST.get("kind", "").replace("\x00", "")).first()
    try:
        count = counting.open_count(node=node, kind=kind, **given, by=request.actor, at=clock.now())
    except Refused as refusal:
        request.session[KEPT] = refused(refusal).as_dict()
        return redirect("desk:counts", node.code)
    return redirect("desk:count", node.code, count.pk)


@staff(COUNT_STOCK)
def sheet(request: Request, code: str, count_id: int) -> HttpResponse:
    """One count: where to scan, how far it is, what is found and what is not seen yet."""
    node = desk_node(code, request.actor, COUNT_STOCK)
    return render(
        request, "desk/counts/sheet.html", _board(request, node, count_id, kept_banner(request))
    )


@staff(COUNT_STOCK)
@require_POST
def scan(request: Request, code: str, count_id: int) -> HttpResponse:
    barcode = request.POST.get("code", "")
    return _act(
        request, code, count_id,
        lambda act: saying.counted(counting.record_scan(barcode=barcode, **act)),
    )  # fmt: skip


@staff(COUNT_STOCK)
@require_POST
def batch(request: Request, code: str, count_id: int) -> HttpResponse:
    return _act(
        request, code, count_id,
        lambda act: saying.batched(batches.record_batch(text=_text(request), **act)),
    )  # fmt: skip


def _text(request: Request) -> str:
    """What was pasted, and behind it what was uploaded. Raises Refused."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    if (file.size or 0) > LARGEST_FILE:
        raise Refused("batch-too-long", _("这个文件太大，没有读。"), _("请把文件分成几个再传。"))
    return (
        request.POST.get("text", "")
        + "\n" * bool(request.POST.get("text"))
        + batches.decoded(file.read())
    )


@staff(COUNT_STOCK)
@require_POST
def close(request: Request, code: str, count_id: int) -> HttpResponse:
    return _act(
        request, code, count_id, lambda act: saying.closed(counting.close_count(**act))
    )  # fmt: skip


@staff(COUNT_STOCK)
@require_POST
def reopen(request: Request, code: str, count_id: int) -> HttpResponse:
    def again(act: dict) -> Said:
        counting.reopen_count(**act)
        return Said("note", _("重新打开了"), _("接着扫就可以。"))

    return _act(request, code, count_id, again)


def _act(request: Request, code: str, count_id: int, act: Callable[[dict], Said]) -> HttpResponse:
    """Do one thing to a count and say what came of it: the board for htmx, else the page."""
    node = desk_node(code, request.actor, COUNT_STOCK)
    _count_at(node, count_id)
    try:
        said = act({"count_id": count_id, "by": request.actor, "at": clock.now()})
    except Refused as refusal:
        said = refused(refusal)
    if request.headers.get("HX-Request") == "true":
        board = _board(request, node, count_id, said.as_dict())
        return render(request, "desk/counts/board.html", board)
    request.session[KEPT] = said.as_dict()
    return redirect("desk:count", node.code, count_id)


def _board(request: Request, node: Node, count_id: int, said: dict | None) -> dict:
    count = _count_at(node, count_id)
    totals, waiting = queries.totals_of(count), queries.not_seen_by(count)
    left = waiting.count() if count.closed_at is None else totals.get("missing", 0)
    finding = request.GET.get("finding", "")
    lines = queries.lines_of(count)
    lines = lines.filter(finding=finding) if finding in totals else lines
    return {
        "node": node,
        "desk_areas": True,
        "said": said,
        "count": count,
        "finding": finding,
        "left": left,
        "sums": [(each, each.label, totals[each]) for each in CountLine.Finding if each in totals],
        "lines": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "waiting": waiting[:A_PAGE] if count.closed_at is None else (),
    }


def _count_at(node: Node, count_id: int) -> Count:
    """The count, if it is this branch's; raises Refused."""
    count = queries.counts_at(node).filter(pk=count_id).first()
    if count is None:
        raise Refused(
            "count-unknown", _("没有找到这次清点。"), _("请回到清点列表再选一次。"), status=404
        )
    return count
