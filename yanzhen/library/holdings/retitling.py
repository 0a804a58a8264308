"""Copies given to another title; a step of a use-case that merges titles, in its transaction."""

from collections.abc import Sequence

from django.db.models import F

from yanzhen.library.holdings.models import Copy, FloatingExclusion


def lock_copies(*bib_ids: int) -> None:
    """Keep the copies of titles to this transaction, before their titles are locked."""
    list(Copy.objects.select_for_update().filter(bib__in=bib_ids).order_by("pk"))


def move_copies(from_bib: int, to_bib: int, only: Sequence[int] | None = None) -> list[int]:
    """Give the copies of a title (or `only` some of them) to another; return which.

    Their revision moves on, so that a loan being made at this moment reads again.
    """
    copies = Copy.objects.filter(bib=from_bib)
    if only is not None:
        copies = copies.filter(pk__in=only)
    moved = sorted(copies.values_list("pk", flat=True))
    Copy.objects.filter(pk__in=moved).update(bib=to_bib, revision=F("revision") + 1)
    return moved


def move_exclusions(from_bib: int, to_bib: int, only: Sequence[int] | None = None) -> list[int]:
    """The same for the floating groups a title is left out of, once in each; return which."""
    there = FloatingExclusion.objects.filter(bib=to_bib).values("group")
    rows = FloatingExclusion.objects.filter(bib=from_bib).exclude(group__in=there)
    if only is not None:
        rows = rows.filter(pk__in=only)
    moved = sorted(rows.values_list("pk", flat=True))
    FloatingExclusion.objects.filter(pk__in=moved).update(bib=to_bib)
    return moved
