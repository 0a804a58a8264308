"""采购: wishes to decide, orders under way, what to claim, and the funds."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.purchasing.asking import (
    buyers_desk,
    day_of,
    discount_of,
    done,
    sum_of,
    whole,
)
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.library.acquisitions import funding, gathering, ordering, phasing, queries, wishing
from yanzhen.library.acquisitions.models import Contract, Fund, Order, Supplier
from yanzhen.people.roles import PURCHASE


@staff(PURCHASE)
def board(request: Request, code: str) -> HttpResponse:
    node = buyers_desk(request, code)
    today = clock.today()
    context = {
        "node": node,
        "desk_areas": True,
        "groups": gathering.waiting(),
        "drafts": Order.objects.drafts().select_related("supplier"),
        "orders": queries.orders()[:50],
        "late": queries.late(today)[:50],
        "funds": queries.funds(),
        "suppliers": Supplier.objects.prefetch_related("contracts"),
        "contracts": Contract.objects.filter(
            valid_from__lte=today, valid_to__gte=today
        ).select_related("supplier"),
        "sources": Fund.Source.choices,
        "today": today,
    }
    return render(request, "desk/purchasing/board.html", context)


@staff(PURCHASE)
@require_POST
def gather(request: Request, code: str) -> HttpResponse:
    """Put the ticked wishes on a draft."""
    buyers_desk(request, code)
    draft = get_object_or_404(Order.objects.drafts(), pk=whole(request.POST.get("order")))
    fund = get_object_or_404(Fund, pk=whole(request.POST.get("fund")))
    return done(
        request,
        lambda: gathering.gather(
            [whole(pk) for pk in request.POST.getlist("wish")],
            order_id=draft.pk, fund=fund, by=request.actor, at=clock.now(),
            extra=[whole(pk) for pk in request.POST.getlist("extra")],
        ),
        _("已放进订单，请填定价。"), "desk:order", code, draft.pk,
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def answer(request: Request, code: str, wish_id: int) -> HttpResponse:
    """Not bought, and why."""
    buyers_desk(request, code)
    said = request.POST.get("answer", "")
    return done(
        request,
        lambda: wishing.decline(wish_id, answer=said, by=request.actor, at=clock.now()),
        _("已答复。"), "desk:purchasing", code,
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def open_order(request: Request, code: str) -> HttpResponse:
    node = buyers_desk(request, code)
    supplier = get_object_or_404(Supplier, pk=whole(request.POST.get("supplier")))
    contract = Contract.objects.filter(pk=whole(request.POST.get("contract"))).first()
    return done(
        request,
        lambda: ordering.open_order(
            supplier=supplier, contract=contract, due_on=day_of(request.POST.get("due_on")),
            by=request.actor, at=clock.now(),
        ),
        _("新订单开好了，现在选书。"), "desk:purchasing", node.code,
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def open_fund(request: Request, code: str) -> HttpResponse:
    """A new fund, with its first appropriation."""
    buyers_desk(request, code)
    told = request.POST

    def act() -> None:
        fund = funding.open_fund(
            name=told.get("name", ""), source=_source(told.get("source")),
            year=whole(told.get("year")) or clock.today().year, purpose=told.get("purpose", ""),
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        if told.get("sum"):
            funding.appropriate(
                fund.pk, fen=sum_of(told.get("sum")), voucher=told.get("voucher", ""),
                by=request.actor, at=clock.now(),
            )  # fmt: skip

    return done(request, act, _("经费建好了。"), "desk:purchasing", code)


@staff(PURCHASE)
@require_POST
def add_supplier(request: Request, code: str) -> HttpResponse:
    buyers_desk(request, code)
    told = request.POST
    return done(
        request,
        lambda: funding.add_supplier(
            name=told.get("name", ""), contact=told.get("contact", ""), by=request.actor,
            at=clock.now(),
        ),
        _("书商加好了。"), "desk:purchasing", code,
    )  # fmt: skip


@staff(PURCHASE)
@require_POST
def add_contract(request: Request, code: str) -> HttpResponse:
    buyers_desk(request, code)
    told = request.POST
    supplier = get_object_or_404(Supplier, pk=whole(told.get("supplier")))
    today = clock.today()
    return done(
        request,
        lambda: funding.add_contract(
            supplier=supplier, number=told.get("number", ""),
            discount=discount_of(told.get("discount")),
            valid_from=day_of(told.get("valid_from")) or today,
            valid_to=day_of(told.get("valid_to")) or today.replace(month=12, day=31),
            by=request.actor, at=clock.now(),
        ),
        _("合同记好了。"), "desk:purchasing", code,
    )  # fmt: skip


@staff(PURCHASE)
def fund(request: Request, code: str, fund_id: int) -> HttpResponse:
    """Every yuan of a fund, down to its line and its voucher."""
    node = buyers_desk(request, code)
    found = get_object_or_404(queries.funds(), pk=fund_id)
    if request.method == "POST":
        minus = -1 if request.POST.get("way") == "out" else 1
        return done(
            request,
            lambda: funding.appropriate(
                fund_id, fen=minus * sum_of(request.POST.get("sum")),
                voucher=request.POST.get("voucher", ""), by=request.actor, at=clock.now(),
            ),
            _("已记账。"), "desk:fund", code, fund_id,
        )  # fmt: skip
    context = {
        "node": node, "desk_areas": True, "fund": found,
        "lines": queries.lines().filter(fund=found).exclude(order__placed_at=None),
        "paid": queries.paid_from(found), "plan": phasing.plan_and_spent(found),
    }  # fmt: skip
    return render(request, "desk/purchasing/fund.html", context)


@staff(PURCHASE)
def receiving(request: Request, code: str) -> HttpResponse:
    """Scan the ISBN of a book that came; one line alone is opened at once."""
    node = buyers_desk(request, code)
    text = request.GET.get("code", "")[:100]
    found = list(queries.awaited(text)) if text.strip() else []
    if len(found) == 1:
        return redirect("desk:receipt", code, found[0].pk)
    context = {"node": node, "desk_areas": True, "text": text, "found": found}
    return render(request, "desk/purchasing/receiving.html", context)


def _source(text: str | None) -> str:
    return text if text in Fund.Source.values else Fund.Source.DISTRICT
