"""Invoices: what was accepted is paid; a wrong invoice is reversed by a contra entry."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import access, ordering, rules
from yanzhen.library.acquisitions.facts import InvoiceBooked
from yanzhen.library.acquisitions.models import Invoice, InvoiceLine, OrderLine
from yanzhen.people.roles import Actor

Charge = tuple[int, int]  # copies, 分 altogether


def book_invoice(
    order_id: int,
    charges: Mapping[int, Charge],
    *,
    number: str,
    voucher: str,
    day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Invoice:
    """Book an invoice for lines of an order (line id → copies and 分). Raises Refused.

    When it asks more than was agreed, the difference must be in the fund.
    """
    number, voucher = number.strip()[:60], voucher.strip()[:60]
    with transaction.atomic():
        order = ordering.locked(order_id)
        access.require_purchasing(by)
        lines = list(order.lines.filter(pk__in=charges).select_related("fund"))
        known = Invoice.objects.filter(supplier=order.supplier, number=number, reverses=None)
        refuse_first(
            rules.something_is_named(number),
            rules.something_is_named(voucher),
            rules.an_order_has_lines(len(lines)),
            rules.an_invoice_is_booked_once(known.exists(), number),
            *(
                rules.paid_stays_within_received(line.title, charges[line.pk][0], unpaid(line))
                for line in lines
            ),
        )
        ordering.afford(_above_agreed(lines, charges))
        invoice = _booked(
            Invoice(
                supplier=order.supplier, number=number, voucher=voucher, day=day, at=at,
                by_name=by.name,
            ),
            {line.pk: charges[line.pk] for line in lines},
        )  # fmt: skip
        _write("invoice.booked", invoice, charges, by, at)
    return invoice


def reverse(invoice_id: int, *, by: Actor, at: dt.datetime) -> Invoice:
    """Take an invoice out of the books by its contra entry; both stay to be seen. What was
    accepted is then unpaid again, and bound at the agreed price. Raises Refused."""
    with transaction.atomic():
        invoice = Invoice.objects.select_for_update(of=("self",)).filter(pk=invoice_id).first()
        access.require_purchasing(by)
        if invoice is None:
            raise Refused("invoice-unknown", _("没有找到这张发票。"), _("请刷新再看。"), status=404)
        done = invoice.reverses_id is not None or Invoice.objects.filter(reverses=invoice).exists()
        refuse_first(rules.an_invoice_is_reversed_once(done))
        rows = list(invoice.lines.select_related("line__fund"))
        ordering.afford(_below_agreed(rows))
        contra = {row.line_id: (-row.quantity, -row.fen) for row in rows}
        made = _booked(
            Invoice(
                supplier=invoice.supplier, number=invoice.number, voucher=invoice.voucher,
                day=invoice.day, at=at, by_name=by.name, reverses=invoice,
            ),
            contra,
        )  # fmt: skip
        _write("invoice.reversed", made, contra, by, at)
    return made


def unpaid(line: OrderLine) -> int:
    """Copies of a line that were accepted and not paid yet."""
    received = line.allocations.aggregate(n=Sum("received"))["n"] or 0
    return received - (line.invoice_lines.aggregate(n=Sum("quantity"))["n"] or 0)


def _booked(invoice: Invoice, charges: Mapping[int, Charge]) -> Invoice:
    try:
        with transaction.atomic():
            invoice.save()
    except IntegrityError:
        refuse_first(rules.an_invoice_is_booked_once(True, invoice.number))
        raise
    InvoiceLine.objects.bulk_create(
        InvoiceLine(invoice=invoice, line_id=line_id, quantity=copies, fen=fen)
        for line_id, (copies, fen) in charges.items()
    )
    return invoice


def _above_agreed(lines: list[OrderLine], charges: Mapping[int, Charge]) -> dict[int, int]:
    """What each fund must find beyond what the order has bound already."""
    more: dict[int, int] = {}
    for line in lines:
        copies, fen = charges[line.pk]
        more[line.fund_id] = more.get(line.fund_id, 0) + fen - copies * line.unit_fen
    return more


def _below_agreed(rows: list[InvoiceLine]) -> dict[int, int]:
    """Reversing what was cheaper than agreed binds the agreed price again."""
    more: dict[int, int] = {}
    for row in rows:
        fund = row.line.fund_id
        more[fund] = more.get(fund, 0) + row.quantity * row.line.unit_fen - row.fen
    return more


def _write(
    action: str, invoice: Invoice, charges: Mapping[int, Charge], by: Actor, at: dt.datetime
) -> None:
    total = sum(fen for _copies, fen in charges.values())
    audit.write(
        by=by, at=at, action=action, subject=f"invoice:{invoice.pk}", number=invoice.number,
        voucher=invoice.voucher, fen=total,
    )  # fmt: skip
    outbox.record(InvoiceBooked(invoice.pk, total), at=at)
