"""One order: its lines and their split, placing, receiving, claiming, paying."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.purchasing.asking import (
    buyers_desk,
    counted,
    discount_of,
    done,
    sum_of,
    whole,
)
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import claiming, ordering, paying, queries
from yanzhen.library.acquisitions import receiving as taking
from yanzhen.library.acquisitions.barcode_runs import barcodes_for
from yanzhen.library.acquisitions.models import Fund, Invoice, OrderLine
from yanzhen.library.acquisitions.receiving import Came
from yanzhen.library.holdings.models import ItemKind
from yanzhen.network.models import Node
from yanzhen.network.queries.nodes import libraries_to_visit
from yanzhen.people.roles import PURCHASE


@staff(PURCHASE)
def order(request: Request, code: str, order_id: int) -> HttpResponse:
    """The order as a page to work on, and as the sheet the supplier gets when printed."""
    node = buyers_desk(request, code)
    found = get_object_or_404(queries.orders(), pk=order_id)
    rows = list(queries.lines().filter(order=found))
    context = {
        "node": node, "desk_areas": True, "order": found, "lines": rows,
        "funds": queries.funds(), "branches": libraries_to_visit(),
        "payable": [row for row in rows if queries.unpaid_of(row) > 0],
        "invoices": Invoice.objects.filter(lines__line__order=found).distinct(),
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "desk/purchasing/order.html", context)


@staff(PURCHASE)
@require_POST
def revise(request: Request, code: str, line_id: int) -> HttpResponse:
    """Price, fund and split of a line; an empty box takes the branch out."""
    buyers_desk(request, code)
    line = get_object_or_404(OrderLine, pk=line_id)
    told = request.POST

    def act() -> None:
        shares = counted(told, "to-")
        more, count = whole(told.get("more")), whole(told.get("more-count"))
        if more and count:
            shares[more] = shares.get(more, 0) + count
        ordering.revise_line(
            line_id, fund=get_object_or_404(Fund, pk=whole(told.get("fund"))),
            list_fen=sum_of(told.get("price")), discount=discount_of(told.get("discount")),
            shares=shares, extra=shares if told.get("extra") else (), by=request.actor,
            at=clock.now(),
        )  # fmt: skip

    return done(request, act, _("这一行改好了。"), "desk:order", code, line.order_id)


@staff(PURCHASE)
@require_POST
def line_act(request: Request, code: str, line_id: int, what: str) -> HttpResponse:
    """One button of a line: take it off a draft, wait no longer, or claim it."""
    buyers_desk(request, code)
    line = get_object_or_404(OrderLine, pk=line_id)
    at, by = clock.now(), request.actor
    acts = {
        "removal": (lambda: ordering.remove_line(line_id, by=by, at=at), _("已从订单里去掉。")),
        "giving-up": (
            lambda: taking.give_up(line_id, reason=OrderLine.GivenUp.OUT_OF_PRINT, by=by, at=at),
            _("不再等了，占用的经费已放开。"),
        ),
        "claim": (
            lambda: claiming.claim(line_id, note=request.POST.get("note", ""), by=by, at=at),
            _("已记下催缺。"),
        ),
    }
    act, said = acts[what]
    return done(request, act, said, "desk:order", code, line.order_id)


@staff(PURCHASE)
@require_POST
def place(request: Request, code: str, order_id: int) -> HttpResponse:
    buyers_desk(request, code)
    return done(
        request,
        lambda: ordering.place(order_id, by=request.actor, at=clock.now()),
        _("订单已发出，经费已占用。可以打印给书商。"), "desk:order", code, order_id,
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def cancel(request: Request, code: str, order_id: int) -> HttpResponse:
    buyers_desk(request, code)
    reason = request.POST.get("reason", "")
    return done(
        request,
        lambda: ordering.cancel(order_id, reason=reason, by=request.actor, at=clock.now()),
        _("订单已取消，没到的书不再占用经费。"), "desk:order", code, order_id,
    )  # fmt: skip


@staff(PURCHASE)
def receipt(request: Request, code: str, line_id: int) -> HttpResponse:
    """Take in copies of a line; what was typed comes back with a refusal."""
    node = buyers_desk(request, code)
    line = get_object_or_404(queries.lines(), pk=line_id)
    refused = None
    if request.method == "POST":
        try:
            copies = _received(request, line, node)
        except Refused as refusal:
            refused = refusal
        else:
            said = _("收下 %(n)d 册《%(title)s》；给分馆的已在路上，请装箱。")
            messages.success(request, said % {"n": len(copies), "title": line.title})
            return redirect("desk:receiving", code)
    rows = [
        {
            "row": row,
            "accepted": request.POST.get(f"accepted-{row.pk}", row.outstanding),
            "damaged": request.POST.get(f"damaged-{row.pk}", ""),
            "gone": row.node.status != Node.Status.OPEN,
        }
        for row in line.allocations.all()
        if row.outstanding
    ]
    context = {
        "node": node, "desk_areas": True, "line": line, "rows": rows, "refused": refused,
        "kinds": ItemKind.objects.all(), "typed": request.POST, "branches": libraries_to_visit(),
    }  # fmt: skip
    status = refused.status if refused else 200
    return render(request, "desk/purchasing/receipt.html", context, status=status)


def _received(request: Request, line: OrderLine, node: Node) -> list:
    accepted = counted(request.POST, "accepted-")
    damaged = counted(request.POST, "damaged-")
    came = {pk: Came(accepted.get(pk, 0), damaged.get(pk, 0)) for pk in accepted}
    return taking.receive(
        line.pk, came, at_node=node, by=request.actor, at=clock.now(),
        barcodes=barcodes_for(request.POST.get("barcodes", ""), sum(accepted.values())),
        kind=get_object_or_404(ItemKind, code=request.POST.get("kind", "")),
        call_number=request.POST.get("call_number", "").strip()[:80],
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def redirection(request: Request, code: str, line_id: int) -> HttpResponse:
    """What is still to come for one branch goes to another."""
    buyers_desk(request, code)
    line = get_object_or_404(OrderLine, pk=line_id)
    row = get_object_or_404(line.allocations, pk=whole(request.POST.get("allocation")))
    to_node = get_object_or_404(Node, pk=whole(request.POST.get("to")))
    return done(
        request,
        lambda: taking.redirect(row.pk, to_node=to_node, by=request.actor, at=clock.now()),
        _("已改送%(branch)s。") % {"branch": to_node.short_label}, "desk:receipt", code, line_id,
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def invoice(request: Request, code: str, order_id: int) -> HttpResponse:
    """Book an invoice: for each line copies and the sum on paper."""
    buyers_desk(request, code)

    def act() -> None:
        copies = {pk: n for pk, n in counted(request.POST, "copies-").items() if n}
        charges = {pk: (n, sum_of(request.POST.get(f"sum-{pk}"))) for pk, n in copies.items()}
        paying.book_invoice(
            order_id, charges, number=request.POST.get("number", ""),
            voucher=request.POST.get("voucher", ""), day=clock.today(), by=request.actor,
            at=clock.now(),
        )  # fmt: skip

    return done(request, act, _("发票已记账。"), "desk:order", code, order_id)


@staff(PURCHASE)
@require_POST
def reversal(request: Request, code: str, order_id: int, invoice_id: int) -> HttpResponse:
    buyers_desk(request, code)
    return done(
        request,
        lambda: paying.reverse(invoice_id, by=request.actor, at=clock.now()),
        _("已冲销，两笔都留在账上。"), "desk:order", code, order_id,
    )  # fmt: skip
