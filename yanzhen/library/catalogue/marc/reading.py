"""Any file of MARC records, whatever its form and code: the door all imports come through."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from yanzhen.library.catalogue.marc import iso2709, xml
from yanzhen.library.catalogue.marc.encoding import UTF8, Decoder
from yanzhen.library.catalogue.marc.iso2709 import Damaged, RawRecord, Unreadable
from yanzhen.library.catalogue.marc.record import Record

SAMPLE = 300  # records that vote on the Chinese code of the file


class Taken(NamedTuple):
    """A record read: `number` from 1, `offset` in bytes (0 in XML), `encoding` found.

    `whole` is false when some bytes were unreadable and stand as U+FFFD; `mended` when the
    record's field ends had to be set right.
    """

    number: int
    offset: int
    record: Record
    encoding: str = UTF8
    whole: bool = True
    mended: bool = False


Cut = RawRecord | Taken | Damaged
Take = Callable[[Cut], Taken | Damaged]


def read(file: BinaryIO, encoding: str = "auto") -> Iterator[Taken | Damaged]:
    """Read ISO 2709 or MARCXML from `file` (seekable), one record at a time.

    Raises LookupError for an unknown `encoding` (auto, utf-8, gb18030, gbk, big5, marc-8) and
    nothing else, whatever the file holds.
    """
    items, taken = cut(file, encoding)
    yield from map(taken, items)


def cut(file: BinaryIO, encoding: str = "auto") -> tuple[Iterator[Cut], Take]:
    """The records of `file` as they lie there, and a function that reads one of them.

    Cutting is a twentieth of the work, so that several processes can each cut the whole file and
    share the reading. Raises LookupError as `read`.
    """
    if is_xml(file):
        return _from_xml(file), lambda item: item
    raws = iso2709.read(file)
    sample = list(islice(raws, SAMPLE))
    if encoding == "auto":
        decoder = Decoder.voting(raw.raw for raw in sample if isinstance(raw, RawRecord))
    else:
        decoder = Decoder.forcing(encoding)
    return chain(
        sample, raws
    ), lambda item: take(item, decoder) if isinstance(item, RawRecord) else item


def is_xml(file: BinaryIO) -> bool:
    """Whether `file` begins like XML; leaves it at its start."""
    start = file.read(64)
    file.seek(0)
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))


def take(raw: RawRecord, decoder: Decoder) -> Taken | Damaged:
    """Decode and parse one record, mending its field ends if that makes it readable."""
    text, encoding, whole = decoder.decode(raw.raw)
    try:
        return Taken(raw.number, raw.offset, iso2709.parse(text), encoding, whole)
    except Unreadable:
        pass
    try:
        text, encoding, whole = decoder.decode(iso2709.mended(raw.raw))
        return Taken(raw.number, raw.offset, iso2709.parse(text), encoding, whole, mended=True)
    except Unreadable as fault:
        return Damaged(raw.number, raw.offset, str(fault))


def _from_xml(file: BinaryIO) -> Iterator[Taken | Damaged]:
    for number, record in enumerate(xml.read(file), 1):
        yield record if isinstance(record, Damaged) else Taken(number, 0, record)
