"""Stage one of an import: from the bytes of a file to rows ready to store, in batches.

Pure work without a database, so that it can be done in a process of its own (see aside.py).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.iso2709 import Damaged, RawRecord
from yanzhen.library.catalogue.marc.reading import Cut, Taken
from yanzhen.library.catalogue.titles import Title, title_of

MOST_RECORDS = 5_000  # in a batch
MOST_BYTES = 8_000_000
USUAL_LENGTH = 1_000  # of a record in XML

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
            for record in portion:
                _prepare(taken(record), batch, entry)
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


def _prepare(item: Taken | Damaged, batch: Batch, entry: Entry | None) -> None:
    """Add one record to the batch."""
    if isinstance(item, Damaged):
        batch.damaged.append((item.number, item.offset, item.reason))
        return
    title, derived = title_of(item.record)
    batch.encodings[item.encoding] = batch.encodings.get(item.encoding, 0) + 1
    if not title.title:
        batch.damaged.append((item.number, item.offset, UNTITLED))
        return
    note = "" if item.whole and not item.mended else PARTLY if not item.whole else MENDED
    shown = entry(title, derived) if entry else None
    batch.records.append((item.number, item.offset, note, tuple(title), shown))
