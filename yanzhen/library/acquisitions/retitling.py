"""Wishes and order lines given to another title, in the transaction that merges titles."""

from collections.abc import Sequence

from yanzhen.library.acquisitions.models import OrderLine, Wish


def move_lines(from_bib: int, to_bib: int, only: Sequence[int] | None = None) -> list[int]:
    """Order lines of a title (or `only` some) go to another; return which."""
    return _moved(OrderLine.objects.filter(bib=from_bib), to_bib, only)


def move_wishes(from_bib: int, to_bib: int, only: Sequence[int] | None = None) -> list[int]:
    """Wishes of a title (or `only` some) go to another; return which."""
    return _moved(Wish.objects.filter(bib=from_bib), to_bib, only)


def _moved(rows, to_bib: int, only: Sequence[int] | None) -> list[int]:
    if only is not None:
        rows = rows.filter(pk__in=only)
    moved = sorted(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=moved).update(bib=to_bib)
    return moved
