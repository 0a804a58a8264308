"""Believable Chinese titles in any number, the same ones every time (演示: nothing here is real).

Words follow Zipf's law as in a real catalogue: a few stand in every tenth title, most in a handful.
Title number n depends on n and the seed alone, so a run of 10,000 is the beginning of one of a
million. `facts` gives the titles, `iso2709` a record as bytes, `bib_values` and `index_row` what
the database and the search index hold.
"""

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from yanzhen.groundwork.text.isbn import check_digit
from yanzhen.library.discovery.documents import Row

SEED = 2026
ENTERED = "20200101"
BIB_COLUMNS = (
    "id", "flavour", "marc", "match_key", "title", "subtitle", "author", "publisher", "year",
    "isbn13", "language", "format", "clc", "source", "created_at", "changed_at",
)  # fmt: skip

_FILE = Path(__file__).with_name("words.txt")


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^\[(\w+)\]$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


_WORDS = _sections(_FILE.read_text("utf-8"))
_QUALITIES, _THINGS, _ENDINGS, _CITIES, _HOUSES = (
    _WORDS[name].split() for name in ("qualities", "things", "endings", "cities", "houses")
)
_PIECES, _SURNAMES, _GIVEN = (
    "".join(_WORDS[name].split()) for name in ("pieces", "surnames", "given")
)
_LETTERS = "IIIIIIKKKGGGTTTTFFFDDDHHRRJJJSSBBCOPQNXZUEVA"
_FORMATS = (*["book"] * 93, "periodical", "large_print", "braille", "sound", "video", "electronic")


class Facts(NamedTuple):
    """One invented title. `author` holds one name or two parted by ';'."""

    number: int
    title: str
    subtitle: str
    author: str
    publisher: str
    place: str
    year: int
    isbn: str
    clc: str
    subject: str
    language: str
    format: str


def facts(count: int, *, first: int = 1, seed: int = SEED) -> Iterator[Facts]:
    """Titles number `first` to `first + count - 1`."""
    for number in range(first, first + count):
        yield fact(number, seed)


def fact(number: int, seed: int = SEED) -> Facts:
    """Title number `number`."""
    r = random.Random(number * 1_000_003 + seed)
    chance = r.random
    thing = _zipf(_THINGS, chance())
    city = _zipf(_CITIES, chance())
    authors = _name(chance) if chance() < 0.8 else f"{_name(chance)};{_name(chance)}"
    twelve = f"9787{number % 100_000_000:08d}"
    return Facts(
        number=number,
        title=_title(thing, chance),
        subtitle=_rare(chance) + "篇" if chance() < 0.15 else "",
        author=authors,
        publisher=f"{city}{_zipf(_HOUSES, chance())}出版社",
        place=city,
        year=max(1950, 2025 - int(r.expovariate(1 / 14))),
        isbn=twelve + check_digit(twelve),
        clc=_class(chance),
        subject=f"{thing}—{_zipf(_ENDINGS, chance())}",
        language="zh" if chance() < 0.97 else "en",
        format=_FORMATS[int(chance() * len(_FORMATS))],
    )


def bib_values(one: Facts, marc: str, at: dt.datetime) -> tuple:
    """Values for BIB_COLUMNS."""
    return (
        one.number, "cnmarc", marc, f"{one.isbn}-{one.number}", one.title, one.subtitle,
        one.author, one.publisher, one.year, one.isbn, one.language, one.format, one.clc, "演示",
        at, at,
    )  # fmt: skip


def index_row(one: Facts, branches: tuple[str, ...], shelves: tuple[str, ...], copies: int) -> Row:
    """The title as the search index takes it."""
    return Row(
        one.number, one.title, one.subtitle, one.author, one.publisher, one.year, one.language,
        one.format, one.clc, subjects=(one.subject,), isbns=(one.isbn,),
        call_numbers=(f"{one.clc}/{one.number}",), branches=branches, shelves=shelves,
        copies=copies,
    )  # fmt: skip


def marc_lines(one: Facts) -> list[str]:
    """The fields of a CNMARC record, each its tag and body."""
    names = one.author.split(";")
    heading, division = one.subject.split("—")
    code = "chi" if one.language == "zh" else "eng"
    subtitle = f"\x1fe{one.subtitle}" if one.subtitle else ""
    return [
        f"001D{one.number:09d}",
        f"010  \x1fa{one.isbn}\x1fdCNY{20 + one.number % 60}.00",
        f"100  \x1fa{ENTERED}d{one.year}    em y0{code}y50      ea",
        f"1010 \x1fa{code}",
        "102  \x1faCN",
        f"2001 \x1fa{one.title}{subtitle}\x1ff{'，'.join(names)}著",
        f"210  \x1fa{one.place}\x1fc{one.publisher}\x1fd{one.year}",
        f"215  \x1fa{100 + one.number % 500}页\x1fd21cm",
        f"6060 \x1fa{heading}\x1fx{division}",
        f"690  \x1fa{one.clc}\x1fv5",
        *(f"701 0\x1fa{name}\x1f4著" for name in names),
        f"801 0\x1faCN\x1fb演示\x1fc{ENTERED}",
    ]


def stored(one: Facts) -> str:
    """The record as the database keeps it (catalogue/marc)."""
    return "\x1e".join(["00000nam0 2200000   450 ", *marc_lines(one)])


def iso2709(one: Facts, encoding: str = "utf-8") -> bytes:
    """The record as ISO 2709 bytes with its terminator."""
    directory, bodies, start = [], [], 0
    for line in marc_lines(one):
        body = line[3:].encode(encoding) + b"\x1e"
        directory.append(f"{line[:3]}{len(body):04}{start:05}")
        bodies.append(body)
        start += len(body)
    base = 24 + 12 * len(bodies) + 1
    leader = f"{base + start + 1:05}nam0 22{base:05}   450 "
    head = (leader + "".join(directory)).encode("ascii")
    return b"".join((head, b"\x1e", *bodies, b"\x1d"))


def _title(thing: str, chance) -> str:
    """About two words in three are common, the rest from the long tail."""
    ending = _zipf(_ENDINGS, chance())
    shape = chance()
    if shape < 0.35:
        return f"{_zipf(_QUALITIES, chance())}{thing}{ending}"
    if shape < 0.55:
        return f"{_rare(chance)}{thing}{ending}"
    if shape < 0.7:
        return f"{thing}与{_zipf(_THINGS, chance())}"
    if shape < 0.85:
        return f"{_rare(chance)}的{_rare(chance)}"
    return f"{_rare(chance)}{_zipf(_QUALITIES, chance())}{thing}"


def _zipf(words, chance: float):
    """A word whose frequency falls with its rank."""
    return words[int(len(words) ** chance) - 1]


def _rare(chance) -> str:
    """Two or three characters out of a tail of some million combinations."""
    pieces = len(_PIECES)
    word = _PIECES[int(pieces * chance())] + _PIECES[int(pieces * chance())]
    return word if chance() < 0.7 else word + _PIECES[int(pieces * chance())]


def _name(chance) -> str:
    given = _GIVEN[int(len(_GIVEN) * chance())]
    if chance() < 0.7:
        given += _GIVEN[int(len(_GIVEN) * chance())]
    return _zipf(_SURNAMES, chance()) + given


def _class(chance) -> str:
    number = f"{_LETTERS[int(len(_LETTERS) * chance())]}{int(10 + 290 * chance() ** 2)}"
    return f"{number}.{int(1 + 9 * chance())}" if chance() < 0.5 else number
