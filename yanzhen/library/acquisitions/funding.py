"""Funds and the money put into them; suppliers and their contracts."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.acquisitions import access, money, rules
from yanzhen.library.acquisitions.models import Appropriation, Contract, Fund, Supplier
from yanzhen.people.roles import Actor


def open_fund(
    *, name: str, source: str, year: int, purpose: str, by: Actor, at: dt.datetime
) -> Fund:
    """Begin a fund; it is empty until money is appropriated. Raises Refused."""
    name, purpose = name.strip()[:80], purpose.strip()[:200]
    with transaction.atomic():
        access.require_purchasing(by)
        refuse_first(rules.something_is_named(name), rules.something_is_named(purpose))
        fund = _unique(Fund(name=name, source=Fund.Source(source), year=year, purpose=purpose))
        audit.write(by=by, at=at, action="fund.opened", subject=f"fund:{fund.pk}", name=name)
    return fund


def appropriate(
    fund_id: int, *, fen: int, voucher: str, by: Actor, at: dt.datetime
) -> Appropriation:
    """Put money into a fund, or take it out with a negative sum; the balance never falls below
    nothing. Raises Refused."""
    voucher = voucher.strip()[:60]
    with transaction.atomic():
        access.require_purchasing(by)
        refuse_first(rules.something_is_named(voucher), rules.a_sum_is_money(fen or None, str(fen)))
        money.hold([fund_id])
        fund = money.with_balance(Fund.objects.filter(pk=fund_id)).get()
        refuse_first(rules.over_budget_is_stopped(str(fund), money.balance_of(fund), max(0, -fen)))
        made = Appropriation.objects.create(
            fund=fund, fen=fen, voucher=voucher, at=at, by_name=by.name
        )
        audit.write(
            by=by, at=at, action="fund.appropriated", subject=f"fund:{fund_id}", fen=fen,
            voucher=voucher,
        )  # fmt: skip
    return made


def add_supplier(*, name: str, contact: str = "", by: Actor, at: dt.datetime) -> Supplier:
    """Raises Refused."""
    name = name.strip()[:80]
    with transaction.atomic():
        access.require_purchasing(by)
        refuse_first(rules.something_is_named(name))
        supplier = _unique(Supplier(name=name, contact=contact.strip()[:120]))
        audit.write(
            by=by, at=at, action="supplier.added", subject=f"supplier:{supplier.pk}", name=name
        )
    return supplier


def add_contract(
    *,
    supplier: Supplier,
    number: str,
    discount: int,
    valid_from: dt.date,
    valid_to: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Contract:
    """Raises Refused."""
    number = number.strip()[:60]
    with transaction.atomic():
        access.require_purchasing(by)
        refuse_first(
            rules.something_is_named(number),
            rules.a_discount_is_a_part(discount),
            rules.a_span_of_days_runs_forward(valid_from, valid_to),
        )
        contract = _unique(
            Contract(
                supplier=supplier, number=number, discount=discount, valid_from=valid_from,
                valid_to=valid_to,
            )
        )  # fmt: skip
        audit.write(
            by=by, at=at, action="contract.added", subject=f"contract:{contract.pk}", number=number
        )
    return contract


def _unique(row):
    """Store a row whose name or number must be new."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as doubled:
        raise Refused(
            "name-taken",
            _("“%(name)s”已经有了。") % {"name": row},
            _("请换一个名称或编号，或者直接用已有的。"),
        ) from doubled
    return row
