"""Reads for pages and for other packages."""

import datetime as dt

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from yanzhen.groundwork.text.isbn import normalise
from yanzhen.library.acquisitions import money
from yanzhen.library.acquisitions.models import (
    Allocation,
    Fund,
    InvoiceLine,
    Order,
    OrderLine,
    Wish,
)
from yanzhen.network.models import Node
from yanzhen.people.models import Person

LATE = dt.timedelta(days=60)  # without a promised day, what is not here after this is late


def orders() -> QuerySet[Order]:
    """Orders with `titles`, `quantity`, `outstanding` and `fen`, the newest first."""
    lines = OrderLine.objects.filter(order=OuterRef("pk")).values("order")
    shares = Allocation.objects.filter(line__order=OuterRef("pk")).values("line__order")
    rest = F("quantity") - F("received") - F("given_up")
    return (
        Order.objects.select_related("supplier")
        .annotate(
            titles=Count("lines"),
            quantity=money.total(lines, F("quantity")),
            fen=money.total(lines, F("quantity") * F("unit_fen")),
            outstanding=money.total(shares, rest),
        )
        .order_by("-pk")
    )


def lines() -> QuerySet[OrderLine]:
    """Lines with `received`, `outstanding`, `paid` and `unpaid`, their allocations loaded."""
    shares = Allocation.objects.filter(line=OuterRef("pk")).values("line")
    invoiced = InvoiceLine.objects.filter(line=OuterRef("pk")).values("line")
    rest = F("quantity") - F("received") - F("given_up")
    return (
        OrderLine.objects.select_related("fund", "order__supplier", "bib")
        .annotate(
            received=money.total(shares, F("received")),
            outstanding=money.total(shares, rest),
            paid=money.total(invoiced, F("quantity")),
        )
        .annotate(unpaid=F("received") - F("paid"))
        .prefetch_related(
            Prefetch("allocations", Allocation.objects.select_related("node")), "claims"
        )
    )


def unpaid_of(line: OrderLine) -> int:
    """How many copies of a line that came from `lines` are accepted and not paid."""
    return line.unpaid  # type: ignore[attr-defined]  # annotated


def awaited(text: str) -> QuerySet[OrderLine]:
    """Lines still to come that a scan of an ISBN, or some words of a title, means."""
    placed = lines().filter(order__in=Order.objects.placed())
    coming = placed.filter(outstanding__gt=0)  # type: ignore[misc]  # annotated by lines()
    number = normalise(text)
    by_number = Q(isbn13=number.digits) if number else Q(pk=None)
    return coming.filter(by_number | Q(title__icontains=text.strip())).order_by("order", "pk")[:20]


def late(day: dt.date) -> QuerySet[OrderLine]:
    """Lines to claim: past the promised day, or sixty days after the order without one."""
    past = Q(order__due_on__lt=day) | Q(order__due_on=None, order__placed_at__date__lt=day - LATE)
    placed = lines().filter(past, order__in=Order.objects.placed())
    coming = placed.filter(outstanding__gt=0)  # type: ignore[misc]  # annotated by lines()
    return coming.annotate(claimed_at=Max("claims__at")).order_by("order__placed_at", "pk")


def funds() -> QuerySet[Fund]:
    """All funds with their balances."""
    return money.with_balance(Fund.objects.all())


def wishes_of(node: Node) -> QuerySet[Wish]:
    """What a branch wished for, and its readers suggested; the newest first."""
    rows = Wish.objects.filter(node=node).select_related("line__order", "person")
    return _with_arrivals(rows).order_by("-made_at", "-pk")


def suggestions_of(person: Person) -> QuerySet[Wish]:
    """What a reader suggested, with what came of it; the newest first."""
    rows = Wish.objects.filter(person=person).select_related("line__order", "line__bib")
    return _with_arrivals(rows).order_by("-made_at", "-pk")


def _with_arrivals(rows: QuerySet[Wish]) -> QuerySet[Wish]:
    return rows.annotate(arrived=Coalesce(Sum("line__allocations__received"), 0))


def paid_from(fund: Fund) -> QuerySet[InvoiceLine]:
    """What was paid from a fund, invoice by invoice, with voucher and line."""
    rows = InvoiceLine.objects.filter(line__fund=fund)
    return rows.select_related("invoice__supplier", "line").order_by("invoice__at", "pk")
