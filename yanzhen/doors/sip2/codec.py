"""SIP2 2.00 messages: text to values and back, by one table. Pure: no socket, no clock, no rows."""

import datetime as dt
import re
from dataclasses import dataclass

from yanzhen.doors.sip2.wire import Checksum, Wire, checksum, clip, plain

LONGEST_FIELD = 255
_DATE = ("date", 18)

# Request code -> its fixed fields and their widths, in order.
FIXED: dict[str, tuple[tuple[str, int], ...]] = {
    "01": (("retained", 1), _DATE),
    "09": (("no_block", 1), _DATE, ("return_date", 18)),
    "11": (("renewal", 1), ("no_block", 1), _DATE, ("due_date", 18)),
    "15": (("mode", 1), _DATE),
    "17": (_DATE,),
    "19": (_DATE,),
    "23": (("language", 3), _DATE),
    "29": (("third_party", 1), ("no_block", 1), _DATE, ("due_date", 18)),
    "35": (_DATE,),
    "37": (_DATE, ("fee_type", 2), ("pay_type", 2), ("currency", 3)),
    "63": (("language", 3), _DATE, ("summary", 10)),
    "65": (_DATE,),
    "93": (("name_way", 1), ("password_way", 1)),
    "97": (),
    "99": (("status", 1), ("width", 3), ("version", 4)),
}
_TRAILER = re.compile(r"AY([0-9])(?:AZ([0-9A-Fa-f]{4}))?$")


class Garbled(Exception):
    """A frame that is no message: it is asked for again (96), never guessed at."""


@dataclass(frozen=True)
class Message:
    """One request. `fields` in the order sent, unknown ones too; `sequence` is "" without AY."""

    code: str
    fixed: dict[str, str]
    fields: tuple[tuple[str, str], ...]
    sequence: str = ""

    def field(self, tag: str) -> str:
        """The first value under this tag, "" without one."""
        return next((value for name, value in self.fields if name == tag), "")


def parse(raw: bytes, wire: Wire) -> Message:
    """Read one frame without its line end. Raises Garbled."""
    try:
        text = raw.decode(wire.charset)
    except UnicodeDecodeError:
        raise Garbled("charset") from None
    if "\0" in text:
        raise Garbled("NUL")
    trailer = _TRAILER.search(text)
    counted = trailer and trailer[2] and wire.checksum != Checksum.OFF
    if trailer and counted and checksum(text[:-4], wire) != trailer[2].upper():
        raise Garbled("checksum")
    body = text[: trailer.start()] if trailer else text
    code = body[:2]
    if code not in FIXED:
        raise Garbled("code")
    fixed, rest = _fixed(code, body[2:])
    return Message(code, fixed, _fields(rest), trailer[1] if trailer else "")


def _fixed(code: str, text: str) -> tuple[dict[str, str], str]:
    found, at = {}, 0
    for name, width in FIXED[code]:
        found[name] = text[at : at + width]
        if len(found[name]) < width or "|" in found[name]:
            raise Garbled("fixed fields")
        at += width
    return found, text[at:]


def _fields(text: str) -> tuple[tuple[str, str], ...]:
    parts = [part for part in text.split("|") if part]
    if any(len(part) < 2 for part in parts):
        raise Garbled("field")
    return tuple((part[:2], part[2:]) for part in parts)


@dataclass(frozen=True)
class Answer:
    """What goes back: the code with its fixed fields as text, then variable fields in order."""

    head: str
    fields: tuple[tuple[str, str], ...] = ()


def build(answer: Answer, wire: Wire, sequence: str = "") -> bytes:
    """The frame with its CR. Values are made harmless and kept within 255 bytes; with a sequence
    number the trailer says it back, with a checksum the machine can count."""
    text = answer.head + "".join(
        f"{tag}{clip(plain(value), wire.charset, LONGEST_FIELD)}|" for tag, value in answer.fields
    )
    text = text.encode(wire.charset, "replace").decode(wire.charset)  # what cannot be written: ?
    if sequence:
        text += f"AY{sequence}AZ"
        text += checksum(text, wire)
    return text.encode(wire.charset) + b"\r"


def stamp(at: dt.datetime) -> str:
    """YYYYMMDDZZZZHHMMSS in local time (four blanks)."""
    return at.strftime("%Y%m%d    %H%M%S")


def stamped(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """The moment a stamp says; None when it is blank or no date. "Z" in the zone is UTC."""
    try:
        moment = dt.datetime.strptime(text[:8] + text[12:18], "%Y%m%d%H%M%S")
    except ValueError:
        return None
    return moment.replace(tzinfo=dt.UTC if text[8:12].strip() == "Z" else zone)
