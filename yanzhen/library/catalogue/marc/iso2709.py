"""ISO 2709 (GB/T 2901) files: streaming reader for files as they are, and a strict writer."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from yanzhen.library.catalogue.marc.encoding import declared
from yanzhen.library.catalogue.marc.record import FIELD_END, LEADER_LENGTH, Record

LONGEST_FIELD = 9_999
LONGEST_RECORD = 99_999

_CHUNK = 1 << 20
_LONGEST_READ = 1 << 20  # some systems write records beyond the limit of the standard
_BETWEEN_RECORDS = b"\r\n\t \x00\x1a\xef\xbb\xbf"  # line ends, blanks, DOS end of file, BOM
_NO_DIRECTORY = "这条记录的目次区是空的或已损坏，读不出字段。"
_MISFIT = "这条记录的目次区与正文对不上，读不出字段。"
_NEXT_LEADER = re.compile(rb"\x1e(?=[0-9]{5}[a-z ][a-z][a-z ].{2}2[2 ][0-9]{5}.{3}4)", re.DOTALL)


class RawRecord(NamedTuple):
    """Bytes of one record without its terminator; `offset` in the file, `number` from 1."""

    raw: bytes
    offset: int
    number: int


class Damaged(NamedTuple):
    """A stretch of the file that is no record; `reason` is a sentence for the person importing."""

    number: int
    offset: int
    reason: str


class Unreadable(ValueError):
    """A record whose directory and fields cannot be made to agree; its text is the reason."""


class TooLong(ValueError):
    """A record ISO 2709 cannot hold: more than 9,999 bytes a field or 99,999 in all."""


def read(file: BinaryIO) -> Iterator[RawRecord | Damaged]:
    """Cut `file` into records, holding about a megabyte at a time; never raises on any content.

    The record terminator alone parts records, so wrong lengths in leaders do no harm.
    """
    number = 0
    for offset, piece, ended in _pieces(file):
        body = _without_junk_before(piece)
        offset += len(piece) - len(body)
        body = body if ended else body.rstrip(_BETWEEN_RECORDS)
        if not body:
            continue
        for start, raw in _runs(body):
            number += 1
            reason = _fault(raw, ended)
            at = offset + start
            yield Damaged(number, at, reason) if reason else RawRecord(raw, at, number)


def _pieces(file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Offset and bytes before each record terminator; the last has none when not `ended`."""
    offset, rest = 0, b""
    while chunk := file.read(_CHUNK):
        *pieces, rest = (rest + chunk).split(b"\x1d")
        for piece in pieces:
            yield offset, piece, True
            offset += len(piece) + 1
        while len(rest) > _LONGEST_READ:  # no end in sight: give it up in portions
            yield offset, rest[:_LONGEST_READ], False
            offset += _LONGEST_READ
            rest = rest[_LONGEST_READ:]
    yield offset, rest, False


def _without_junk_before(piece: bytes) -> bytes:
    body = piece.lstrip(_BETWEEN_RECORDS)
    blank_length = b" " * 5 + body
    return blank_length if body and piece.endswith(blank_length) else body


def _runs(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Part records that lost the terminator between them."""
    if len(body) + 1 == _number(body[:5]):
        yield 0, body
        return
    start = 0
    for lost in _NEXT_LEADER.finditer(body, LEADER_LENGTH):
        yield start, body[start : lost.end()]
        start = lost.end()
    yield start, body[start:]


def _fault(raw: bytes, ended: bool) -> str:
    if len(raw) >= _LONGEST_READ:
        return "这一段超过 1 MB 还没有记录结束符，不是 MARC 记录，已跳过。"
    if len(raw) <= LEADER_LENGTH or (_number(raw[12:17]) is None and b"\x1e" not in raw):
        return "这一段不像 MARC 记录（没有头标区和目次区），已跳过。"
    if not ended and not raw.endswith(b"\x1e"):
        return "文件在这条记录中间断了，请重新拷贝或下载这个文件。"
    return ""


def _number(digits: bytes) -> int | None:
    return int(digits) if digits.isdigit() else None


def parse(text: str) -> Record:
    """Make a record of the decoded `text` of one record.

    Separators part the fields; the directory gives only tags and order, so lengths counted in
    characters instead of bytes do no harm. Raises Unreadable when the two do not agree.
    """
    head, *bodies = text.split(FIELD_END)
    if bodies and not bodies[-1]:
        bodies.pop()
    entries = range(LEADER_LENGTH, len(head) - 11, 12)
    tags = [head[at : at + 3] for at in entries]
    starts = [head[at + 7 : at + 12] for at in entries]
    sound = bool(tags) and head.isascii() and _are_sound(head[LEADER_LENGTH:], tags, starts)
    if len(tags) != len(bodies) or not sound:
        raise Unreadable(_disagreement(len(tags), len(bodies)) if sound else _NO_DIRECTORY)
    if sorted(starts) != starts:  # the directory's order is the record's, not the bytes'
        in_place = sorted(range(len(tags)), key=starts.__getitem__)
        bodies = [body for _, body in sorted(zip(in_place, bodies, strict=True))]
    return Record(head[:LEADER_LENGTH], tuple(map(str.__add__, tags, bodies)))


def _are_sound(directory: str, tags: list[str], starts: list[str]) -> bool:
    if directory.isdigit():  # as nearly always
        return True
    return "".join(tags).isalnum() and "".join(starts).isdigit()


def _disagreement(tags: int, bodies: int) -> str:
    return f"这条记录的目次区列了 {tags} 个字段，正文里却有 {bodies} 个，对应不上。"


def mended(raw: bytes) -> bytes:
    """`raw` with field terminators where the directory's lengths say, for records that lost some
    or hold stray ones. Raises Unreadable when the lengths do not fit either.
    """
    base = raw.find(b"\x1e") + 1
    if not base or (base - 1 - LEADER_LENGTH) % 12:
        base = _number(raw[12:17]) or 0
    head, fields = raw[: base - 1], raw[base:]
    bodies, at = [], 0
    for entry in range(LEADER_LENGTH, len(head) - 11, 12):
        length = _number(head[entry + 3 : entry + 7])
        if not length:
            raise Unreadable(_MISFIT)
        body = fields[at : at + length - 1]
        if head[entry : entry + 2] != b"00" and body[2:3] != b"\x1f":
            raise Unreadable(_MISFIT)
        bodies.append(body.replace(b"\x1e", b""))
        at += len(body)
        at += fields[at : at + 1] == b"\x1e"
    if not bodies or at < len(fields):
        raise Unreadable(_MISFIT)
    return b"\x1e".join([head, *bodies])


def write(record: Record, encoding: str = "utf-8") -> bytes:
    """Bytes of `record` with terminator, saying truly how it is encoded (see `declared`).

    `encoding` is utf-8 or gb18030 (which is GBK and more). Lengths are bytes. Raises TooLong;
    write MARCXML instead then.
    """
    record = declared(record, encoding)
    directory, bodies, start = [], [], 0
    for line in record.lines:
        body = (line[3:] + FIELD_END).encode(encoding)
        if len(body) > LONGEST_FIELD:
            raise TooLong(f"字段 {line[:3]} 有 {len(body)} 字节，超过 ISO 2709 的 9999 字节上限。")
        directory.append(f"{line[:3]}{len(body):04}{start:05}")
        bodies.append(body)
        start += len(body)
    base = LEADER_LENGTH + 12 * len(bodies) + 1
    length = base + start + 1
    if length > LONGEST_RECORD:
        raise TooLong(f"这条记录有 {length} 字节，超过 ISO 2709 的 99999 字节上限。")
    given = record.leader.ljust(LEADER_LENGTH)
    leader = f"{length:05}{given[5:10]}22{base:05}{given[17:20]}45{given[22:24]}"
    head = (leader + "".join(directory)).encode("ascii", "replace")
    return b"".join((head, b"\x1e", *bodies, b"\x1d"))
