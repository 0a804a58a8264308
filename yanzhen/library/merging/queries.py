"""Reads of merges: what a merge would move, and where a title went."""

from dataclasses import dataclass

from yanzhen.library.acquisitions.models import OrderLine, Wish
from yanzhen.library.catalogue.history import DiffLine, difference
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import retitling
from yanzhen.library.holds.models import Hold
from yanzhen.library.merging.models import TitleMerge

_FURTHEST = 20


@dataclass(frozen=True)
class Preview:
    """What hangs on the title that would go; `doubled` readers wait for both."""

    copies: list[Copy]
    waiting: int
    captured: int
    doubled: int
    lines: int
    wishes: int
    diff: list[DiffLine]


def preview(kept: BibRecord, gone: BibRecord) -> Preview:
    live = Hold.objects.live().filter(bib=gone)
    waiting = live.waiting().count()
    return Preview(
        copies=list(Copy.objects.filter(bib=gone).select_related("home_node").order_by("barcode")),
        waiting=waiting,
        captured=live.count() - waiting,
        doubled=len(retitling.doubles(gone.pk, kept.pk)),
        lines=OrderLine.objects.filter(bib=gone).count(),
        wishes=Wish.objects.filter(bib=gone).count(),
        diff=difference(kept.marc, gone.marc),
    )


def latest(count: int = 20) -> list[TitleMerge]:
    """The merges, the newest first."""
    return list(TitleMerge.objects.select_related("kept", "gone")[:count])


def went_to(bib_id: int) -> int | None:
    """The living title a title was merged into, over several merges if need be; else None."""
    found: int | None = None
    for _step in range(_FURTHEST):
        merge = TitleMerge.objects.filter(gone=found or bib_id, undone_at=None).first()
        if merge is None:
            return found
        found = merge.kept_id
    return None
