"""What must hold over all merges; each yields plain sentences of what does not."""

from collections.abc import Iterator

from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.models import Hold
from yanzhen.library.merging.models import TitleMerge


def nothing_hangs_on_a_title_that_was_merged_away() -> Iterator[str]:
    gone = TitleMerge.objects.filter(undone_at=None).values("gone")
    for barcode in Copy.objects.filter(bib__in=gone).values_list("barcode", flat=True):
        yield f"copy {barcode} is a copy of a title that was merged away"
    for pk in Hold.objects.live().filter(bib__in=gone).values_list("pk", flat=True):
        yield f"hold {pk} waits for a title that was merged away"


INVARIANTS = (nothing_hangs_on_a_title_that_was_merged_away,)
