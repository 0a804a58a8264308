"""Reads about loans, for pages and for other packages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yanzhen.library.circulation.models import HistoryChoice, Loan, LoanRule, ReturnException
from yanzhen.library.circulation.ruling import default_rows
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node


def open_loans_of(person_id: int) -> QuerySet[Loan]:
    """What a person has at home, what falls due first on top."""
    return (
        Loan.objects.open()
        .filter(person=person_id)
        .select_related("copy__bib", "copy__kind", "lent_node", "governing_node")
        .order_by("due_on", "pk")
    )


@dataclass(frozen=True)
class LoanCounts:
    """How much a person has at home, and how much of it should be back."""

    open: int
    overdue: int


def loan_counts_of(person_id: int, day: dt.date) -> LoanCounts:
    """One query, however many loans."""
    late = Count("pk", Q(due_on__lt=day))
    found = Loan.objects.open().filter(person=person_id).aggregate(open=Count("pk"), overdue=late)
    return LoanCounts(**found)


def past_loans_of(person_id: int) -> QuerySet[Loan]:
    """What a person has brought back, newest first."""
    return (
        Loan.objects.counted()
        .filter(person=person_id, returned_at__isnull=False, lost_at=None)
        .select_related("copy__bib", "returned_node")
        .order_by("-returned_at")
    )


def history_days_of(person_ids: list[int]) -> dict[int, int | None]:
    """How long each of these people wants to be remembered; who never chose is missing."""
    rows = HistoryChoice.objects.filter(person__in=person_ids)
    return dict(rows.values_list("person", "days"))


@dataclass(frozen=True)
class Day:
    """A branch's figures of one calendar day."""

    lent: int
    returned: int
    arriving: int
    leaving: int
    exceptions: int


def day_at(node: Node, at: dt.datetime) -> Day:
    """Today's figures of a branch; every number counts rows that can be opened."""
    since = start_of_day(at)
    road = Transit.objects.on_the_road()
    return Day(
        lent=Loan.objects.counted().filter(lent_node=node, lent_at__gte=since).count(),
        returned=Loan.objects.brought_back()
        .filter(returned_node=node, returned_at__gte=since)
        .count(),
        arriving=road.filter(to_node=node).count(),
        leaving=road.filter(from_node=node).count(),
        exceptions=exceptions_at(node).count(),
    )


def start_of_day(at: dt.datetime) -> dt.datetime:
    """Midnight in the county before `at`."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Deed:
    """One line of a desk's day: what was done (lent, returned, received), when, to what."""

    what: str
    at: dt.datetime
    title: str
    barcode: str
    loan_id: int | None = None
    person_name: str = ""
    goes_to: str = ""


def deeds_at(node: Node, at: dt.datetime, limit: int = 12) -> list[Deed]:
    """The last deeds of a desk today, newest first; three queries."""
    since = start_of_day(at)
    deeds = [*_lent(node, since, limit), *_returned(node, since, limit)]
    deeds += _received(node, since, limit)
    return sorted(deeds, key=lambda deed: deed.at, reverse=True)[:limit]


_LOAN_FIELDS = ("copy__bib__title", "copy__barcode", "pk", "person__name")


def _lent(node: Node, since: dt.datetime, limit: int) -> list[Deed]:
    rows = Loan.objects.counted().filter(lent_node=node, lent_at__gte=since)
    found = rows.order_by("-lent_at").values_list("lent_at", *_LOAN_FIELDS)[:limit]
    return [_loan_deed("lent", *row) for row in found]


def _returned(node: Node, since: dt.datetime, limit: int) -> list[Deed]:
    rows = Loan.objects.brought_back().filter(returned_node=node, returned_at__gte=since)
    found = rows.order_by("-returned_at").values_list("returned_at", *_LOAN_FIELDS)[:limit]
    return [_loan_deed("returned", *row) for row in found]


def _loan_deed(
    what: str, at: dt.datetime, title: str, barcode: str, loan_id: int, name: str | None
) -> Deed:
    """The name is missing once the reader let the loan go."""
    return Deed(what, at, title, barcode, loan_id, name or "")


def _received(node: Node, since: dt.datetime, limit: int) -> list[Deed]:
    rows = Transit.objects.filter(
        ended_node=node,
        ended_at__gte=since,
        ending__in=[Transit.Ending.SCAN, Transit.Ending.STOPOVER],
    ).order_by("-ended_at")
    found = rows.values_list("ended_at", "copy__bib__title", "copy__barcode")[:limit]
    return [Deed("received", at, title, barcode) for at, title, barcode in found if at]


def exceptions_at(node: Node) -> QuerySet[ReturnException]:
    """What was handed in here and nobody has explained yet, newest first."""
    unsettled = ReturnException.objects.filter(node=node, settled_at=None)
    return unsettled.select_related("copy__bib").order_by("-at")


def settled_exceptions_at(node: Node) -> QuerySet[ReturnException]:
    """What was handed in here and has been explained since, the last on top."""
    settled = ReturnException.objects.filter(node=node, settled_at__isnull=False)
    return settled.select_related("copy__bib").order_by("-settled_at", "-pk")


def open_loan_of_copy(copy_id: int) -> Loan | None:
    """The open loan of a copy, with its reader."""
    return Loan.objects.open().filter(copy=copy_id).select_related("person", "lent_node").first()


def returned_since(copy_id: int, node: Node, since: dt.datetime) -> Loan | None:
    """The loan of this copy that was closed here since a moment; none if it is on loan again."""
    loans = Loan.objects.brought_back().filter(
        copy=copy_id, returned_node=node, returned_at__gte=since
    )
    loans = loans.exclude(copy__state=Copy.State.ON_LOAN).order_by("-returned_at", "-pk")
    return loans.select_related("person", "lent_node").first()


def default_terms(day: dt.date) -> LoanRule | None:
    """The county's default terms of lending on a day: days, how many, renewals."""
    return default_rows(day).first()


def loans_of_copy(copy_id: int) -> QuerySet[Loan]:
    """Every loan of a copy that counts, the newest first; the readers are not loaded."""
    loans = Loan.objects.counted().filter(copy=copy_id)
    return loans.select_related("lent_node", "returned_node").order_by("-lent_at", "-pk")
