"""What must hold over all purchasing at every commit; each yields plain sentences of what does
not."""

from collections.abc import Iterator

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from yanzhen.library.acquisitions import money
from yanzhen.library.acquisitions.models import Accession, Allocation, Fund, InvoiceLine, OrderLine


def allocations_of_a_line_sum_to_its_quantity() -> Iterator[str]:
    rows = OrderLine.objects.annotate(n=Coalesce(Sum("allocations__quantity"), 0))
    for line in rows.exclude(quantity=F("n")):
        yield f"order line {line.pk} orders {line.quantity} and allocates {line.n}"


def received_stays_within_ordered() -> Iterator[str]:
    for row in Allocation.objects.filter(quantity__lt=F("received") + F("given_up")):
        yield f"allocation {row.pk} received or gave up more than its {row.quantity}"


def every_copy_received_is_registered() -> Iterator[str]:
    made = Accession.objects.filter(receipt__allocation=OuterRef("pk")).order_by()
    counted = made.values("receipt__allocation").annotate(n=Count("pk")).values("n")
    rows = Allocation.objects.annotate(
        n=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )
    for row in rows.exclude(received=F("n")):
        yield f"allocation {row.pk} received {row.received} but {row.n} copies were made"


def no_fund_is_overdrawn() -> Iterator[str]:
    for fund in money.with_balance(Fund.objects.all()):
        if (balance := money.balance_of(fund)) < 0:
            yield f"fund {fund.pk} is overdrawn by {-balance} fen"


def paid_stays_within_received() -> Iterator[str]:
    received = Allocation.objects.filter(line=OuterRef("line")).order_by().values("line")
    came = Subquery(received.annotate(n=Sum("received")).values("n"), output_field=IntegerField())
    rows = InvoiceLine.objects.values("line").annotate(paid=Sum("quantity"), came=came).order_by()
    for row in rows.filter(Q(paid__gt=F("came")) | Q(paid__lt=0)):
        yield f"order line {row['line']} pays {row['paid']} of {row['came']} received"


def only_a_placed_order_receives() -> Iterator[str]:
    for row in Allocation.objects.filter(received__gt=0, line__order__placed_at=None):
        yield f"allocation {row.pk} received copies of an order that was never placed"


INVARIANTS = (
    allocations_of_a_line_sum_to_its_quantity,
    received_stays_within_ordered,
    every_copy_received_is_registered,
    no_fund_is_overdrawn,
    paid_stays_within_received,
    only_a_placed_order_receives,
)
