"""CNMARC: which field tells what (see 新版中国机读目录格式使用手册)."""

from collections.abc import Callable
from functools import lru_cache

from yanzhen.library.catalogue.marc import isbd
from yanzhen.library.catalogue.marc.derived import Derived, clean_class
from yanzhen.library.catalogue.marc.record import SUBFIELD, Record

_KINDS = {  # leader 6, type of record
    "a": "book", "b": "manuscript", "c": "score", "d": "score", "e": "map", "f": "map",
    "g": "video", "i": "sound", "j": "sound", "k": "picture", "l": "electronic", "m": "kit",
    "r": "object",
}  # fmt: skip
_FORMS = {"d": "large_print", "f": "braille", "g": "microform", "h": "manuscript"}  # 106$a

_WORDED = frozenset(("200", "215", "300"))  # may say 盲文 or 大字版 in words

_A, _B, _C, _D = (SUBFIELD + code for code in "abcd")

_remembered = lru_cache(maxsize=32_768)  # the same houses, subjects, classes come again and again


def from_cnmarc(record: Record) -> Derived:
    """Facts of a CNMARC or UNIMARC record."""
    derived = Derived()
    carrier = ""
    for line in record.lines:
        tag = line[:3]
        take = _FIELDS.get(tag)
        if take:
            take(derived, line)
        if tag in _WORDED:
            carrier += line
    leader = record.leader
    if derived.format == "book":
        derived.format = _KINDS.get(leader[6:7], "book")
    if leader[7:8] == "s" and derived.format in ("book", "electronic"):
        derived.format = "periodical"
    derived.settle_format(carrier)
    return derived


def _isbn(derived: Derived, line: str) -> None:
    for part in line.split(SUBFIELD)[1:]:
        code, value = part[:1], part[1:]
        if code == "a":
            derived.add_isbn(value)
        elif code == "b":
            derived.binding = derived.binding or value.strip()
        elif code == "d":
            derived.price = derived.price or value.strip()


def _issn(derived: Derived, line: str) -> None:
    derived.issn = derived.issn or _first(line, _A)


def _general(derived: Derived, line: str) -> None:
    """100$a: year of publication, when 210 comes without one (it comes later and wins)."""
    derived.year = _coded_year(line)


@_remembered
def _coded_year(line: str) -> int | None:
    return isbd.year(_first(line, _A)[9:13])


def _language(derived: Derived, line: str) -> None:
    derived.language = _language_in(line)


@_remembered
def _language_in(line: str) -> str:
    return isbd.language(_first(line, _A))


def _form(derived: Derived, line: str) -> None:
    derived.format = _FORMS.get(_first(line, _A)[:1], derived.format)


def _title(derived: Derived, line: str) -> None:
    if derived.title:
        return
    subtitle, part_of, told = [], [], []
    for part in line.split(SUBFIELD)[1:]:
        code, value = part[:1], isbd.trimmed(part[1:])
        if code == "a" and not derived.title:
            derived.title = value
        elif code in "acd":  # further works of the volume, parallel titles
            derived.other_titles.append(value)
        elif code == "e":
            subtitle.append(value)
        elif code in "hiv":
            part_of.append(value)
        elif code in "fg":
            told.append(value)
    derived.subtitle = " ".join(subtitle)
    derived.part = " ".join(part_of)
    derived.responsibility = "; ".join(told)


def _other_title(derived: Derived, line: str) -> None:
    if title := _first(line, _A):
        derived.other_titles.append(title)


def _edition(derived: Derived, line: str) -> None:
    derived.edition = _first(line, _A)


def _publication(derived: Derived, line: str) -> None:
    place, publisher, year = _published(line)
    derived.place = derived.place or place
    derived.publisher = derived.publisher or publisher
    derived.year = year or derived.year


@_remembered
def _published(line: str) -> tuple[str, str, int | None]:
    return _first(line, _A), _first(line, _C), isbd.year(_first(line, _D))


def _extent(derived: Derived, line: str) -> None:
    derived.pages = derived.pages or _first(line, _A)


def _series(derived: Derived, line: str) -> None:
    if series := _first(line, _A):
        derived.series.append(series)


def _abstract(derived: Derived, line: str) -> None:
    derived.abstract = derived.abstract or _first(line, _A)


def _subject(derived: Derived, line: str) -> None:
    subject = _subject_in(line)
    if subject and subject not in derived.subjects:
        derived.subjects.append(subject)


@_remembered
def _subject_in(line: str) -> str:
    parts = line.split(SUBFIELD)[1:]
    return "—".join([p[1:].strip() for p in parts if p[:1] in ("a", "x", "y", "z")])


def _keywords(derived: Derived, line: str) -> None:
    parts = line.split(SUBFIELD)[1:]
    derived.subjects += [part[1:].strip() for part in parts if part[:1] == "a"]


def _class(derived: Derived, line: str) -> None:
    if number := _class_in(line):
        derived.clc.append(number)


@_remembered
def _class_in(line: str) -> str:
    return clean_class(_first(line, _A))


def _author(derived: Derived, line: str) -> None:
    derived.add_author(_person(line), main=True)


def _contributor(derived: Derived, line: str) -> None:
    derived.add_author(_person(line))


@_remembered
def _person(line: str) -> str:
    """$b is the rest of a Western name; Chinese names stand whole in $a."""
    name, rest = _first(line, _A), _first(line, _B)
    return f"{name}, {rest}" if rest and name.isascii() else name


def _body(derived: Derived, line: str) -> None:
    derived.add_author(_first(line, _A), main=True)


def _contributing_body(derived: Derived, line: str) -> None:
    derived.add_author(_first(line, _A))


def _first(line: str, mark: str) -> str:
    """The first subfield of `line` that `mark` begins (0x1F and its code)."""
    found = line.partition(mark)[2]
    return isbd.trimmed(found.partition(SUBFIELD)[0]) if found else ""


_FIELDS: dict[str, Callable[[Derived, str], None]] = {
    "010": _isbn, "011": _issn, "100": _general, "101": _language, "106": _form, "200": _title,
    "205": _edition, "210": _publication, "215": _extent, "225": _series, "330": _abstract,
    **dict.fromkeys(("500", "510", "512", "513", "514", "515", "516", "517", "518"), _other_title),
    **dict.fromkeys(("600", "601", "602", "605", "606", "607"), _subject), "610": _keywords,
    "690": _class, "700": _author, "701": _author, "702": _contributor,
    "710": _body, "711": _body, "712": _contributing_body,
}  # fmt: skip
