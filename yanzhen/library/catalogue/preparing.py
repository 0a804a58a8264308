"""Stage one of an import: from the bytes of a file to rows ready to store, in batches.

Pure work without a database, so that it can be done in a process of its own (see aside.py).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, BinaryIO

from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.iso2709 import Damaged, RawRecord
from yanzhen.library.catalogue.marc.reading import Cut, Taken
from yanzhen.library.catalogue.titles import Title, title_of

MOST_RECORDS = 5_000  # in a batch
MOST_BYTES = 8_000_000
USUAL_LENGTH = 1_000  # of a record in XML
_HANDFUL = 50  # records that take each step together, while the processor has its code at hand

Entry = Callable[[Title, Derived], Any]  # what the search index wants of a title, to be pickled
Share = tuple[int, int]
Prepared = tuple[int, int, str, tuple, Any]  # number, offset, note, columns of Title, entry

UNTITLED = "这条记录没有题名，没有收入。"
MENDED = "字段的界线有错，已按目次区改正。"
PARTLY = "有些字节读不出来，已用“\ufffd”代替；可换一种编码再试。"


@dataclass(slots=True)
class Batch:
    """Records next to each other in the file; `position` is how many bytes were read by now."""

    records: list[Prepared] = field(default_factory=list)
    damaged: list[tuple[int, int, str]] = field(default_factory=list)
    encodings: dict[str, int] = field(default_factory=dict)
    position: int = 0


def batches(
    file: BinaryIO, encoding: str, entry: Entry | None = None, *, share: Share = (0, 1)
) -> Iterator[Batch]:
    """Read all of `file`; memory stays that of one batch.

    Of several who read the file together, each gives every so manieth batch: `share` is who this
    one is, from 0, and how many they are.
    """
    records, taken = reading.cut(file, encoding)
    which, of = share
    for turn, portion in enumerate(_portions(records)):
        if turn % of == which:
            batch = Batch(position=file.tell())
            for start in range(0, len(portion), _HANDFUL):
                _prepare(list(map(taken, portion[start : start + _HANDFUL])), batch, entry)
            yield batch


def _portions(records: Iterable[Cut]) -> Iterator[list[Cut]]:
    """As many records as a batch may hold; the last portion may be empty."""
    portion: list[Cut] = []
    length = 0
    for record in records:
        portion.append(record)
        length += len(record.raw) if isinstance(record, RawRecord) else USUAL_LENGTH
        if len(portion) >= MOST_RECORDS or length >= MOST_BYTES:
            yield portion
            portion, length = [], 0
    yield portion


def _prepare(items: list[Taken | Damaged], batch: Batch, entry: Entry | None) -> None:
    """Add some records to the batch; step by step for all, which is a tenth quicker."""
    titles = [title_of(item.record) if isinstance(item, Taken) else None for item in items]
    good: list[tuple[Taken, Title, Derived]] = []
    for item, found in zip(items, titles, strict=True):
        if isinstance(item, Taken) and found:
            batch.encodings[item.encoding] = batch.encodings.get(item.encoding, 0) + 1
            if found[0].title:
                good.append((item, *found))
                continue
        reason = item.reason if isinstance(item, Damaged) else UNTITLED
        batch.damaged.append((item.number, item.offset, reason))
    entries = [entry(title, derived) for _, title, derived in good] if entry else repeat(None)
    batch.records += [
        (item.number, item.offset, _note(item), tuple(title), shown)
        for (item, title, _), shown in zip(good, entries, strict=False)
    ]


def _note(item: Taken) -> str:
    if item.whole:
        return MENDED if item.mended else ""
    return PARTLY
