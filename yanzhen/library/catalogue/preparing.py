"""Stage one of an import: from the bytes of a file to rows ready to store, in batches.

Pure work without a database, so that it can be done in a process of its own (see aside.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.reading import Taken
from yanzhen.library.catalogue.titles import Title, title_of

MOST_RECORDS = 5_000  # in a batch
MOST_CHARACTERS = 4_000_000

Entry = Callable[[Title, Derived], Any]  # what the search index wants of a title, to be pickled
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


def batches(file: BinaryIO, encoding: str, entry: Entry | None = None) -> Iterator[Batch]:
    """Read all of `file`; memory stays that of one batch."""
    batch, characters = Batch(), 0
    for item in reading.read(file, encoding):
        if isinstance(item, Taken):
            characters += _prepare(item, batch, entry)
        else:
            batch.damaged.append((item.number, item.offset, item.reason))
        full = len(batch.records) + len(batch.damaged) >= MOST_RECORDS
        if full or characters >= MOST_CHARACTERS:
            batch.position = file.tell()
            yield batch
            batch, characters = Batch(), 0
    batch.position = file.tell()
    yield batch


def _prepare(item: Taken, batch: Batch, entry: Entry | None) -> int:
    """Add one record to the batch; return its length in characters."""
    title, derived = title_of(item.record)
    batch.encodings[item.encoding] = batch.encodings.get(item.encoding, 0) + 1
    if not title.title:
        batch.damaged.append((item.number, item.offset, UNTITLED))
        return 0
    note = "" if item.whole and not item.mended else PARTLY if not item.whole else MENDED
    shown = entry(title, derived) if entry else None
    batch.records.append((item.number, item.offset, note, tuple(title), shown))
    return len(title.marc)
