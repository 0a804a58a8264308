"""The lists of a branch, what waits for a decision, one list, and its sheet for the archive."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.typed import kept_typed
from yanzhen.doors.desk.work import kept_banner
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.library.withdrawal import proposing, queries
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.library.withdrawal.rules import UNDO_WITHIN
from yanzhen.network.models import Node
from yanzhen.people.roles import COUNT_STOCK, WITHDRAW_STOCK

A_PAGE, LINES_A_PAGE = 50, 200


@staff(COUNT_STOCK)
def listing(request: Request, code: str) -> HttpResponse:
    """The lists of this branch, and for who decides all that wait; a POST opens a new one."""
    node = desk_node(code, request.actor, COUNT_STOCK)
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\x00", "")
        made = proposing.open_list(node=node, note=note, by=request.actor, at=clock.now())
        return redirect("desk:withdrawal", node.code, made.pk)
    decides = request.actor.may(WITHDRAW_STOCK, node.path)
    context = {
        "node": node,
        "desk_areas": True,
        "said": kept_banner(request),
        "waiting": queries.lists_to_decide(node) if decides else [],
        "lists": Paginator(queries.lists_at(node), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/withdrawals/listing.html", context)


@staff(COUNT_STOCK)
def show(request: Request, code: str, list_id: int) -> HttpResponse:
    """One list: being made, waiting for a decision, or decided."""
    node = desk_node(code, request.actor, COUNT_STOCK)
    made = seen(request, list_id)
    lines = Paginator(queries.lines_of(made), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "node": node,
        "desk_areas": True,
        "said": kept_banner(request),
        "typed": kept_typed(
            request, reverse("desk:withdrawal-decision", args=[node.code, made.pk])
        ),
        "made": made,
        "lines": lines,
        "sums": queries.sums_of(made.lines.all()),
        "undo_since": clock.now() - UNDO_WITHIN,
        "left": made.lines.undecided().count(),
        "last_reason": made.lines.order_by("-pk").values_list("reason", flat=True).first(),
        "draft": made.submitted_at is None,
        "decides": request.actor.may(WITHDRAW_STOCK, made.node.path)
        and made.submitted_at is not None,
        "reasons": WithdrawalLine.Reason.choices,
        "computed": [
            (reason, reason.label)
            for reason in (
                WithdrawalLine.Reason.UNUSED,
                WithdrawalLine.Reason.DAMAGED,
                WithdrawalLine.Reason.SUPERSEDED,
            )
        ],
    }
    return render(request, "desk/withdrawals/list.html", context)


@staff(COUNT_STOCK)
def sheet(request: Request, code: str, list_id: int) -> HttpResponse:
    """The whole list on paper, with sums and places to sign, for the archive."""
    node = desk_node(code, request.actor, COUNT_STOCK)
    made = seen(request, list_id)
    approved = made.lines.in_force()
    context = {
        "node": node,
        "desk_areas": True,
        "made": made,
        "lines": queries.lines_of(made),
        "sums": queries.sums_of(made.lines.all()),
        "approved": queries.sums_of(approved),
        "approved_by": sorted(set(approved.values_list("decided_by", flat=True))),
    }
    return render(request, "desk/withdrawals/sheet.html", context)


def seen(request: Request, list_id: int) -> WithdrawalList:
    """The list, if whoever asks may count the stock of its branch. Raises Http404."""
    made = WithdrawalList.objects.select_related("node").filter(pk=list_id).first()
    if made is None or not _may_see(request, made.node):
        raise Http404(_("没有这份清单。"))
    return made


def _may_see(request: Request, node: Node) -> bool:
    return request.actor.may(COUNT_STOCK, node.path)
