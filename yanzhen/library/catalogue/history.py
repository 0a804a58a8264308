"""What a title was before each change, who changed it and when; and back again."""

import datetime as dt
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from yanzhen.library.catalogue.marc import lines
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord, RecordChange

_PORTION = 500
KEPT, GONE, NEW = "kept", "gone", "new"


class DiffLine(NamedTuple):
    """One line of a record as typed: `kept`, `gone` (only before) or `new` (only after)."""

    what: str
    text: str


class Version(NamedTuple):
    """A change as somebody reads it, with what it did to the lines of the record."""

    change: RecordChange
    diff: list[DiffLine]


def ended(bib_ids: Sequence[int], *, how: str, by_name: str, at: dt.datetime) -> None:
    """Keep what these titles are now, in the transaction that is about to change them."""
    for start in range(0, len(bib_ids), _PORTION):
        some = BibRecord.objects.filter(pk__in=bib_ids[start : start + _PORTION])
        RecordChange.objects.bulk_create(
            RecordChange(
                bib_id=pk, revision=revision, before=marc, how=how, by_name=by_name[:80], at=at
            )
            for pk, revision, marc in some.values_list("pk", "revision", "marc")
        )


def versions(bib: BibRecord) -> list[Version]:
    """The changes of a title, the newest first."""
    after, told = bib.marc, []
    for change in bib.changes.order_by("-revision"):
        told.append(Version(change, difference(change.before, after)))
        after = change.before
    return told


def difference(before: str, after: str) -> list[DiffLine]:
    """The lines of two records (as stored), those of `before` that went before what came."""
    old, new = _lines(before), _lines(after)
    told: list[DiffLine] = []
    for name, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            told += [DiffLine(KEPT, text) for text in old[a:b]]
        else:
            told += [DiffLine(GONE, text) for text in old[a:b]]
            told += [DiffLine(NEW, text) for text in new[c:d]]
    return told


def _lines(marc: str) -> list[str]:
    return lines.written(Record.loads(marc)).split("\n") if marc else []
