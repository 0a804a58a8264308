"""Bytes and characters of SIP2: charsets, checksums, what a text may carry, how much fits.

Machines disagree about two things the standard leaves to ASCII: which charset the text is in, and
what exactly the checksum adds up. Both are settings of a terminal; `fitting` finds them out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CHARSETS = ("utf-8", "gbk", "gb18030", "cp850")


class Checksum(StrEnum):
    """What is added up: the bytes, the Unicode code points, or nothing at all."""

    BYTES = "bytes"
    POINTS = "points"
    OFF = "off"


class Trailer(StrEnum):
    """How far it is added up: through "AZ" as the standard says, or to before "|AY"."""

    THROUGH_AZ = "az"
    BEFORE_AY = "ay"


@dataclass(frozen=True)
class Wire:
    """How one machine writes and counts."""

    charset: str = "utf-8"
    checksum: Checksum = Checksum.BYTES
    trailer: Trailer = Trailer.THROUGH_AZ

    @property
    def told(self) -> str:
        return f"{self.charset} × {self.checksum} × {self.trailer}"

    @classmethod
    def read(cls, told: str) -> "Wire | None":
        """The wire that was `told`; None for anything else."""
        charset, _sep, rest = told.partition(" × ")
        way, _sep, trailer = rest.partition(" × ")
        if charset not in CHARSETS or way not in list(Checksum) or trailer not in list(Trailer):
            return None
        return cls(charset, Checksum(way), Trailer(trailer))


STRICT = Wire()


def checksum(text: str, wire: Wire) -> str:
    """Four hex digits for a frame's text up to and with "AZ"."""
    if wire.trailer == Trailer.BEFORE_AY:
        text = text[: text.rindex("AY")].removesuffix("|")
    points = wire.checksum == Checksum.POINTS
    numbers = map(ord, text) if points else text.encode(wire.charset, "replace")
    return f"{-sum(numbers) & 0xFFFF:04X}"


def fitting(raw: bytes) -> Iterator[Wire]:
    """Every wire under which a frame that ends in AY…AZ…. decodes and adds up."""
    if raw[-9:-7] != b"AY" or raw[-6:-4] != b"AZ":
        return
    for charset in CHARSETS:
        try:
            text = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        for way in (Checksum.BYTES, Checksum.POINTS):
            for trailer in Trailer:
                wire = Wire(charset, way, trailer)
                if checksum(text[:-4], wire) == text[-4:].upper():
                    yield wire


# Control characters, halves of characters, ends of lines and of paragraphs.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


def plain(text: str) -> str:
    """A value that cannot break a frame: the separator and control characters are replaced."""
    return _HARMFUL.sub(" ", text.replace("|", "｜"))


def cut(text: str, columns: int) -> str:
    """As much as a screen of so many columns shows; a Chinese character takes two."""
    if 2 * len(text) <= columns:
        return text
    room, kept = columns, []
    for char in text:
        room -= 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if room < 0:
            break
        kept.append(char)
    return "".join(kept)


def clip(text: str, charset: str, most: int) -> str:
    """As much as fits into so many bytes, ending between two characters."""
    if len(text.encode(charset, "replace")) <= most:
        return text
    size, kept = 0, []
    for char in text:
        size += len(char.encode(charset, "replace"))
        if size > most:
            break
        kept.append(char)
    return "".join(kept)
