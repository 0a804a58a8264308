"""Reads about withdrawal lists, for pages."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.network.models import Node


def _summed(lists: QuerySet[WithdrawalList]) -> QuerySet[WithdrawalList]:
    """With `listed` and `left`: how many lines, how many undecided."""
    return lists.select_related("node").annotate(
        listed=Count("lines"), left=Count("lines", filter=Q(lines__decision=""))
    )


def lists_at(node: Node) -> QuerySet[WithdrawalList]:
    """The lists of a branch, the newest first."""
    return _summed(WithdrawalList.objects.filter(node=node)).order_by("-pk")


def lists_to_decide(node: Node) -> QuerySet[WithdrawalList]:
    """What waits for a decision at this node and below, the oldest first."""
    waiting = WithdrawalList.objects.waiting().filter(node__path__startswith=node.path)
    return _summed(waiting).order_by("submitted_at", "pk")


def lines_of(made: WithdrawalList) -> QuerySet[WithdrawalLine]:
    """The lines of a list in the order of the shelves, with copies and titles."""
    lines = made.lines.select_related("copy__bib", "copy__kind", "copy__current_node")
    return lines.order_by("copy__call_number_key", "copy__barcode")


def lines_about(copy_id: int) -> QuerySet[WithdrawalLine]:
    """Every list a copy stood or stands on, the newest first."""
    return WithdrawalLine.objects.filter(copy=copy_id).select_related("list").order_by("-pk")


class SumOf(NamedTuple):
    """Copies and what they cost (yuan; a copy without a price counts nothing)."""

    reason: str
    copies: int
    price: Decimal


def sums_of(lines: QuerySet[WithdrawalLine]) -> list[SumOf]:
    """What the lines add up to, by reason; with more than one, all of them at the end."""
    words = dict(WithdrawalLine.Reason.choices)
    rows = lines.order_by("reason").values_list("reason")
    summed = rows.annotate(n=Count("pk"), price=Sum("copy__price", default=Decimal(0)))
    sums = [SumOf(str(words[reason]), n, price) for reason, n, price in summed]
    if len(sums) < 2:
        return sums
    whole = SumOf(_("合计"), sum(s.copies for s in sums), sum((s.price for s in sums), Decimal(0)))
    return [*sums, whole]
