"""Reads of call numbers."""

from yanzhen.library.call_numbers.models import CallNumberScheme, SchemeUse
from yanzhen.network.models import Node


def scheme_for(node: Node, shelf: str = "") -> CallNumberScheme | None:
    """The scheme that holds at a shelf of a branch: the nearest use, the shelf before the branch,
    the branch before those above it."""
    above = [node.path[: end + 1] for end, char in enumerate(node.path) if char == "."]
    uses = SchemeUse.objects.select_related("scheme", "node").filter(shelf__in=("", shelf))
    fitting = [
        use
        for use in uses
        if use.node is None or (use.node.path in above and (not use.shelf or use.node == node))
    ]
    nearest = max(
        fitting,
        key=lambda use: (bool(use.shelf), len(use.node.path) if use.node else 0),
        default=None,
    )
    return nearest.scheme if nearest else None


def uses() -> list[SchemeUse]:
    """Where which scheme holds, from the top down."""
    rows = list(SchemeUse.objects.select_related("scheme", "node"))
    return sorted(rows, key=lambda use: (use.node.path if use.node else "", use.shelf))
