"""Reads about counts, for pages."""

from django.db.models import Count as Number
from django.db.models import Exists, OuterRef, QuerySet

from yanzhen.groundwork.text.clc import sort_key
from yanzhen.library.holdings.models import Copy
from yanzhen.library.stocktaking.models import Count, CountLine
from yanzhen.network.models import Node


def counts_at(node: Node) -> QuerySet[Count]:
    """Every count of a branch, the newest first."""
    return Count.objects.filter(node=node).select_related("kind")


def in_scope(count: Count) -> QuerySet[Copy]:
    """The copies that shelve where this count looks, whatever their state."""
    copies = Copy.objects.filter(home_node=count.node_id)
    if count.kind_id:
        copies = copies.filter(kind=count.kind_id)
    if count.shelf:
        copies = copies.filter(shelf=count.shelf)
    if count.call_from:
        copies = copies.filter(call_number_key__gte=sort_key(count.call_from))
    if count.call_to:
        copies = copies.filter(call_number_key__lte=sort_key(count.call_to) + "zzzz")
    return copies


def expected_by(count: Count) -> QuerySet[Copy]:
    """The copies that should stand on the counted shelves now."""
    return in_scope(count).filter(state=Copy.State.AVAILABLE, current_node=count.node_id)


def not_seen_by(count: Count) -> QuerySet[Copy]:
    """What should stand there and has not been scanned, in the order of the shelf."""
    seen = CountLine.objects.filter(count=count, copy=OuterRef("pk"))
    waiting = expected_by(count).filter(~Exists(seen)).select_related("bib")
    return waiting.order_by("call_number_key", "barcode")


def lines_of(count: Count) -> QuerySet[CountLine]:
    """Everything the count says, the newest first."""
    return count.lines.select_related("copy__bib", "copy__home_node").order_by("-at", "-pk")


def totals_of(count: Count) -> dict[str, int]:
    """How many lines of each finding."""
    lines = CountLine.objects.filter(count=count).values_list("finding")
    return dict(lines.annotate(n=Number("pk")))


def shelves_at(node: Node) -> list[str]:
    """The shelves a branch has copies on."""
    shelves = Copy.objects.filter(home_node=node).exclude(shelf="")
    return list(shelves.order_by("shelf").values_list("shelf", flat=True).distinct())


def lines_about(copy_id: int) -> QuerySet[CountLine]:
    """What counts said of one copy, the newest first."""
    lines = CountLine.objects.filter(copy=copy_id).select_related("count__node")
    return lines.order_by("-at", "-pk")
