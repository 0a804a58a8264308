"""What the shelves themselves propose: unread for years, damaged, superseded by a new edition."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanzhen.groundwork.clock import local_day
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.stock import OUT_OF_STOCK
from yanzhen.library.withdrawal.models import WithdrawalLine
from yanzhen.network.models import Node

Reason = WithdrawalLine.Reason
FEWEST_YEARS, MOST_YEARS = 1, 50


@dataclass(frozen=True)
class Choice:
    """What to look for; `years` counts for what nobody borrowed. A reason nobody can compute
    finds nothing."""

    reason: str
    years: int = 5

    def since(self, at: dt.datetime) -> dt.datetime:
        years = min(max(self.years, FEWEST_YEARS), MOST_YEARS)
        return at - dt.timedelta(days=365 * years)


def fitting(node: Node, choice: Choice, *, at: dt.datetime) -> QuerySet[Copy]:
    """Copies that shelve here, fit the choice, and are on no list; the longest here first."""
    listed = WithdrawalLine.objects.undecided().filter(copy=OuterRef("pk"))
    here = Copy.objects.filter(~Exists(listed), home_node=node).exclude(state__in=OUT_OF_STOCK)
    return here.filter(_condition(choice, at)).order_by("accessioned_on", "pk")


def _condition(choice: Choice, at: dt.datetime) -> Q:
    if choice.reason == Reason.DAMAGED:
        return Q(damaged=True)
    if choice.reason == Reason.UNUSED:
        since = choice.since(at)
        lent = Loan.objects.counted().filter(copy=OuterRef("pk"), lent_at__gte=since)
        return Q(~Exists(lent), accessioned_on__lt=local_day(since), for_loan=True)
    if choice.reason == Reason.SUPERSEDED:
        newer = Copy.objects.exclude(state__in=OUT_OF_STOCK).filter(
            home_node=OuterRef("home_node"), bib__title=OuterRef("bib__title"),
            bib__author=OuterRef("bib__author"), bib__year__gt=OuterRef("bib__year"),
        )  # fmt: skip
        return Q(Exists(newer)) & ~Q(bib__author="")
    return Q(pk__in=[])
