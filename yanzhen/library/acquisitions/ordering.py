"""Orders: opened as a draft, filled, placed, cancelled."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import access, allocating, duplicates, money, rules
from yanzhen.library.acquisitions.amounts import WHOLE, net
from yanzhen.library.acquisitions.described import Title
from yanzhen.library.acquisitions.facts import OrderPlaced
from yanzhen.library.acquisitions.giving_up import close_line
from yanzhen.library.acquisitions.models import (
    Allocation,
    Contract,
    Fund,
    Order,
    OrderLine,
    Supplier,
    Wish,
)
from yanzhen.people.roles import Actor


def open_order(
    *,
    supplier: Supplier,
    contract: Contract | None = None,
    due_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Order:
    """Begin an order; nothing of it binds money yet. Raises Refused."""
    with transaction.atomic():
        access.require_purchasing(by)
        if contract is not None:
            refuse_first(
                rules.a_contract_is_with_the_supplier(contract.supplier_id == supplier.pk),
                _in_force(contract, at),
            )
        order = Order.objects.create(
            supplier=supplier, contract=contract, due_on=due_on, opened_at=at, opened_by=by.name
        )
        audit.write(by=by, at=at, action="order.opened", subject=f"order:{order.pk}")
    return order


def add_line(
    order_id: int,
    title: Title,
    *,
    fund: Fund,
    shares: Mapping[int, int],
    list_fen: int = 0,
    discount: int | None = None,
    extra: Collection[int] = (),
    by: Actor,
    at: dt.datetime,
) -> OrderLine:
    """Put a title on a draft, split over branches (node id → copies). Raises Refused."""
    with transaction.atomic():
        order = draft(order_id, by)
        here = order.lines.filter(same_key=title.same_key).exists()
        quantity = sum(shares.values())
        refuse_first(
            rules.a_title_stands_once_in_an_order(here), rules.a_quantity_is_countable(quantity)
        )
        found = duplicates.check([title])[title.same_key]
        part = usual_discount(order) if discount is None else discount
        refuse_first(rules.a_discount_is_a_part(part))
        line = OrderLine.objects.create(
            **title.columns(),
            bib_id=found.bib_id,
            order=order,
            fund=fund,
            quantity=quantity,
            list_fen=list_fen,
            discount=part,
            unit_fen=net(list_fen, part),
        )
        allocating.split(line, shares, extra, found)
        _write("line.added", line, by, at)
    return line


def revise_line(
    line_id: int,
    *,
    fund: Fund,
    list_fen: int,
    discount: int,
    shares: Mapping[int, int],
    extra: Collection[int] = (),
    by: Actor,
    at: dt.datetime,
) -> OrderLine:
    """Change price, fund and split of a line of a draft. Raises Refused."""
    with transaction.atomic():
        line = draft_line(line_id, by)
        quantity = sum(shares.values())
        refuse_first(rules.a_quantity_is_countable(quantity), rules.a_discount_is_a_part(discount))
        line.fund, line.quantity = fund, quantity
        line.list_fen, line.discount, line.unit_fen = list_fen, discount, net(list_fen, discount)
        line.save(update_fields=["fund", "quantity", "list_fen", "discount", "unit_fen"])
        title = Title(line.title, line.author, line.publisher, line.year, line.isbn13)
        found = duplicates.check([title], but_line=line.pk)[title.same_key]
        allocating.split(line, shares, extra, found)
        _write("line.revised", line, by, at)
    return line


def remove_line(line_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Take a title off a draft; what was wished for waits again. Raises Refused."""
    with transaction.atomic():
        line = draft_line(line_id, by)
        _free(Wish.objects.filter(line=line))
        _write("line.removed", line, by, at)
        line.delete()


def place(order_id: int, *, by: Actor, at: dt.datetime) -> Order:
    """Send a draft to the supplier: from now on it binds money. Raises Refused.

    The funds are held while their balances are asked, so two orders at one moment cannot both
    take the last yuan.
    """
    with transaction.atomic():
        order = draft(order_id, by)
        lines = list(order.lines.select_related("fund"))
        refuse_first(
            rules.an_order_has_lines(len(lines)),
            *(rules.a_line_has_a_price(line.title, line.list_fen) for line in lines),
            _in_force(order.contract, at) if order.contract else None,
            *_allocations_stand(order),
        )
        afford(_wanted(lines))
        order.placed_at, order.placed_by = at, by.name
        order.save(update_fields=["placed_at", "placed_by"])
        cost = sum(line.quantity * line.unit_fen for line in lines)
        audit.write(by=by, at=at, action="order.placed", subject=f"order:{order.pk}", fen=cost)
        outbox.record(OrderPlaced(order.pk, len(lines), cost), at=at)
    return order


def afford(wanted: Mapping[int, int]) -> None:
    """Hold these funds (id → 分) and refuse what one of them does not have."""
    money.hold(wanted)
    for fund in money.with_balance(Fund.objects.filter(pk__in=wanted)):
        refuse_first(
            rules.over_budget_is_stopped(str(fund), money.balance_of(fund), wanted[fund.pk])
        )


def cancel(order_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Order:
    """Stop an order: what has come stays, the rest is given up and its money is free again.

    Raises Refused.
    """
    reason = reason.strip()[:200]
    with transaction.atomic():
        order = locked(order_id)
        access.require_purchasing(by)
        refuse_first(
            rules.a_refusal_is_explained(reason),
            rules.only_a_placed_order_is_received(True, order.cancelled_at is not None),
        )
        if order.placed_at is None:
            _free(Wish.objects.filter(line__order=order))
        for line in order.lines.all():
            close_line(line, OrderLine.GivenUp.CANCELLED)
        order.cancelled_at, order.cancelled_by, order.cancel_reason = at, by.name, reason
        order.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        audit.write(
            by=by, at=at, action="order.cancelled", subject=f"order:{order.pk}", reason=reason
        )
    return order


def usual_discount(order: Order) -> int:
    return order.contract.discount if order.contract else WHOLE


def locked(order_id: int) -> Order:
    """The order, kept from others until the end of this transaction. Raises Refused."""
    held = Order.objects.select_for_update(of=("self",)).select_related("contract", "supplier")
    order = held.filter(pk=order_id).first()
    if order is None:
        raise Refused("order-unknown", _("没有找到这张订单。"), _("请从采购页再选。"), status=404)
    return order


def draft(order_id: int, by: Actor) -> Order:
    """The order, if `by` may change it and it is still a draft. Raises Refused."""
    order = locked(order_id)
    access.require_purchasing(by)
    refuse_first(rules.an_order_is_changed_while_a_draft(order.is_draft))
    return order


def line_of(line_id: int) -> OrderLine:
    """The line, its order held first so that everybody locks in one sequence. Raises Refused."""
    line = OrderLine.objects.select_related("fund", "order").filter(pk=line_id).first()
    if line is None:
        raise Refused("line-unknown", _("没有找到这一行。"), _("请刷新订单再看。"), status=404)
    line.order = locked(line.order_id)
    line.refresh_from_db(fields=["bib", "quantity", "unit_fen", "given_up_for"])
    return line


def draft_line(line_id: int, by: Actor) -> OrderLine:
    line = line_of(line_id)
    draft(line.order_id, by)
    return line


def _allocations_stand(order: Order) -> list[Refused | None]:
    rows = Allocation.objects.filter(line__order=order).select_related("node")
    return [allocating.still_there(each.node) for each in rows]


def _wanted(lines: list[OrderLine]) -> dict[int, int]:
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.fund_id] = wanted.get(line.fund_id, 0) + line.quantity * line.unit_fen
    return wanted


def _in_force(contract: Contract, at: dt.datetime) -> Refused | None:
    day = local_day(at)
    return rules.a_contract_is_in_force(
        contract.number, contract.valid_from <= day <= contract.valid_to
    )


def _free(wishes) -> None:
    """Let wishes wait again, as if nobody had decided. Where the same branch or reader asked for
    the title once more meanwhile, that one wish waits, and this one says so."""
    for each in wishes.order_by("pk"):
        asked = Wish.objects.undecided().filter(same_key=each.same_key, person=each.person_id)
        again = asked if each.person_id else asked.filter(node=each.node_id)
        each.line = None
        if again.exists():
            each.answer = _("这本书后来又提过一次，以那一条为准。")
        else:
            each.decided_at, each.decided_by = None, ""
        each.save(update_fields=["line", "answer", "decided_at", "decided_by"])


def _write(action: str, line: OrderLine, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"order:{line.order_id}", line=line.pk,
        title=line.title, quantity=line.quantity, unit_fen=line.unit_fen,
    )  # fmt: skip
