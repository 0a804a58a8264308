"""A MARC record in memory and in the form it is stored in.

A field is kept as ISO 2709 has it: the tag, then the body (a plain value, or two indicators and
subfields that each begin with 0x1F and a case-sensitive code). Nothing is interpreted, so nothing
is lost: pinyin in $A, embedded 4xx fields and unknown local fields come out as they went in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

FIELD_END = "\x1e"
RECORD_END = "\x1d"
SUBFIELD = "\x1f"
LEADER_LENGTH = 24
_SEPARATORS = frozenset(FIELD_END + RECORD_END + SUBFIELD)

# PostgreSQL text holds no NUL; a data link escape stands before what replaces it.
_NUL, _NUL_STORED = "\x00", "\x10" + "0"
_ESCAPE, _ESCAPE_STORED = "\x10", "\x10" + "1"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `tag` of three characters and the `body` after it, separators and all."""

    tag: str
    body: str

    @classmethod
    def control(cls, tag: str, value: str) -> Self:
        """A field without indicators or subfields (001 to 009)."""
        return cls(_whole(tag, 3), _plain(value))

    @classmethod
    def of(cls, tag: str, indicators: str, *subfields: tuple[str, str]) -> Self:
        """A field with `indicators` ("1 ") and `subfields` as (code, value) pairs, in order."""
        body = "".join(SUBFIELD + _whole(code, 1) + _plain(value) for code, value in subfields)
        return cls(_whole(tag, 3), _whole(indicators, 2) + body)

    @property
    def is_control(self) -> bool:
        """Without subfields: 001 to 009, and local fields of some systems (FMT)."""
        return SUBFIELD not in self.body

    @property
    def indicators(self) -> str:
        return "" if self.is_control else self.body.partition(SUBFIELD)[0]

    @property
    def subfields(self) -> list[tuple[str, str]]:
        """(code, value) pairs in order; codes keep their case. Empty for a control field."""
        return [(part[:1], part[1:]) for part in self.body.split(SUBFIELD)[1:]]

    @property
    def value(self) -> str:
        """The whole of a control field; of another field, its values joined by spaces."""
        if self.is_control:
            return self.body
        return " ".join(value for _, value in self.subfields)

    def all(self, code: str) -> list[str]:
        return [part[1:] for part in self.body.split(SUBFIELD)[1:] if part[:1] == code]

    def first(self, code: str) -> str:
        """Value of the first subfield `code`, "" when there is none."""
        return next(iter(self.all(code)), "")


@dataclass(frozen=True, slots=True)
class Record:
    """A leader and fields in order. `lines` are the fields as tag and body in one string."""

    leader: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, leader: str, fields: Iterable[Field]) -> Self:
        return cls(leader, tuple(field.tag + field.body for field in fields))

    @classmethod
    def loads(cls, stored: str) -> Self:
        """Read the form `dumps` wrote."""
        if _ESCAPE in stored:
            stored = stored.replace(_NUL_STORED, _NUL).replace(_ESCAPE_STORED, _ESCAPE)
        leader, *lines = stored.split(FIELD_END)
        return cls(leader, tuple(lines))

    def dumps(self) -> str:
        """The form kept in the database: leader and fields parted by 0x1E, of any length."""
        stored = FIELD_END.join((self.leader, *self.lines))
        if _NUL in stored or _ESCAPE in stored:
            stored = stored.replace(_ESCAPE, _ESCAPE_STORED).replace(_NUL, _NUL_STORED)
        return stored

    @property
    def fields(self) -> Iterator[Field]:
        return (Field(line[:3], line[3:]) for line in self.lines)

    def all(self, tag: str) -> list[Field]:
        return [Field(tag, line[3:]) for line in self.lines if line.startswith(tag)]

    def get(self, tag: str) -> Field | None:
        """The first field `tag`."""
        return next((Field(tag, line[3:]) for line in self.lines if line.startswith(tag)), None)

    def first(self, tag: str, code: str) -> str:
        """The first subfield `code` in any field `tag`, "" when there is none."""
        return next(iter(self.values(tag, code)), "")

    def values(self, tag: str, code: str) -> list[str]:
        return [value for field in self.all(tag) for value in field.all(code)]

    def replacing(self, tag: str, *fields: Field) -> "Record":
        """This record with all fields `tag` replaced by `fields`, put in tag order."""
        kept = [line for line in self.lines if not line.startswith(tag)]
        at = next((i for i, line in enumerate(kept) if line[:3] > tag), len(kept))
        kept[at:at] = [field.tag + field.body for field in fields]
        return Record(self.leader, tuple(kept))


def _whole(text: str, length: int) -> str:
    if len(text) != length:
        raise ValueError(f"{text!r} must have {length} characters")
    return _plain(text)


def _plain(text: str) -> str:
    if not _SEPARATORS.isdisjoint(text):
        raise ValueError(f"{text!r} holds a MARC separator")
    return text
