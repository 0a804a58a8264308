"""The one query that says what a fund still holds.

balance = appropriated − encumbered − spent. Encumbered is what is ordered, not given up and not
yet invoiced, at the agreed price; spent is what invoices say.
"""

from collections.abc import Iterable

from django.db.models import (
    BigIntegerField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, Coalesce

from yanzhen.library.acquisitions.models import Allocation, Appropriation, Fund, InvoiceLine


def hold(fund_ids: Iterable[int]) -> None:
    """Let nobody else draw on these funds until the end of this transaction.

    Two orders at once would otherwise both take the last yuan. On SQLite the write transaction
    itself is alone.
    """
    list(Fund.objects.select_for_update().filter(pk__in=set(fund_ids)).order_by("pk"))


def with_balance(funds: QuerySet[Fund]) -> QuerySet[Fund]:
    """The funds with `granted`, `encumbered`, `spent` and `balance`, in one query."""
    ordered = Allocation.objects.filter(
        line__fund=OuterRef("pk"), line__order__placed_at__isnull=False
    ).values("line__fund")
    invoiced = InvoiceLine.objects.filter(line__fund=OuterRef("pk")).values("line__fund")
    granted = Appropriation.objects.filter(fund=OuterRef("pk")).values("fund")
    committed = total(ordered, (F("quantity") - F("given_up")) * F("line__unit_fen"))
    settled = total(invoiced, F("quantity") * F("line__unit_fen"))
    return funds.annotate(
        granted=total(granted, F("fen")),
        encumbered=ExpressionWrapper(committed - settled, output_field=BigIntegerField()),
        spent=total(invoiced, F("fen")),
    ).annotate(balance=F("granted") - F("encumbered") - F("spent"))


def balance_of(fund: Fund) -> int:
    """What is left of a fund that came from `with_balance`, in fen."""
    return fund.balance  # type: ignore[attr-defined]  # annotated


def total(rows, amount) -> Coalesce:
    """The sum of `amount` over grouped rows as a whole number, 0 when there are none."""
    whole = Cast(Sum(ExpressionWrapper(amount, output_field=BigIntegerField())), BigIntegerField())
    summed = Subquery(rows.order_by().annotate(n=whole).values("n"), output_field=BigIntegerField())
    return Coalesce(summed, 0, output_field=BigIntegerField())
