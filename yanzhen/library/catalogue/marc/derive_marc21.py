"""MARC 21: which field tells what (MARC 21 Format for Bibliographic Data)."""

from collections.abc import Callable

from yanzhen.library.catalogue.marc import isbd
from yanzhen.library.catalogue.marc.derived import Derived, clean_class
from yanzhen.library.catalogue.marc.record import SUBFIELD, Record

_KINDS = {  # leader 6, type of record
    "a": "book", "t": "manuscript", "c": "score", "d": "score", "e": "map", "f": "map",
    "g": "video", "i": "sound", "j": "sound", "k": "picture", "m": "electronic", "o": "kit",
    "p": "kit", "r": "object",
}  # fmt: skip
_FORMS = {  # 008/23, form of item
    "a": "microform", "b": "microform", "c": "microform", "d": "large_print", "f": "braille",
    "o": "electronic", "q": "electronic", "s": "electronic",
}  # fmt: skip

_WORDED = frozenset(("245", "300", "500"))  # may say braille or large print in words

Parts = list[str]  # subfields, each its code and value in one string


def from_marc21(record: Record) -> Derived:
    """Facts of a MARC 21 record; 880 gives the title in its own script as another title."""
    derived = Derived()
    fixed, carrier = "", ""
    for line in record.lines:
        tag = line[:3]
        if tag == "008":
            fixed = line[3:]
            continue
        take = _FIELDS.get(tag)
        if take:
            take(derived, line.split(SUBFIELD)[1:])
        if tag in _WORDED:
            carrier += line
    _from_codes(derived, record.leader, fixed)
    derived.settle_format(carrier)
    return derived


def _from_codes(derived: Derived, leader: str, fixed: str) -> None:
    """What leader and 008 tell; their date is surer than the transcribed one ("2021 [1964]")."""
    derived.year = isbd.year(fixed[7:11]) or derived.year
    derived.language = derived.language or isbd.language(fixed[35:38])
    kind = _KINDS.get(leader[6:7], "book")
    if kind == "book":
        kind = _FORMS.get(fixed[23:24], "book")
    if leader[7:8] in ("s", "b") and kind in ("book", "electronic"):
        kind = "periodical"
    derived.format = kind


def _isbn(derived: Derived, parts: Parts) -> None:
    for part in parts:
        code, value = part[:1], part[1:]
        if code == "a":
            derived.add_isbn(value)
        elif code == "q":
            derived.binding = derived.binding or value.strip("() :;")
        elif code == "c":
            derived.price = derived.price or value.strip()


def _issn(derived: Derived, parts: Parts) -> None:
    derived.issn = derived.issn or _first(parts, "a")


def _language(derived: Derived, parts: Parts) -> None:
    derived.language = derived.language or isbd.language(_first(parts, "a"))


def _class(derived: Derived, parts: Parts) -> None:
    number = clean_class(_first(parts, "a"))
    if number and number not in derived.clc:
        derived.clc.append(number)


def _class_of_scheme(derived: Derived, parts: Parts) -> None:
    if _first(parts, "2").lower() in ("clc", "ztf"):
        _class(derived, parts)


def _title(derived: Derived, parts: Parts) -> None:
    """245; a second one (the romanised title, in some catalogues) is another title."""
    subtitle, part_of = [], []
    title = ""
    for part in parts:
        code, value = part[:1], isbd.trimmed(part[1:])
        if code == "a":
            title = title or value
        elif code == "b":
            subtitle.append(value)
        elif code in ("n", "p"):
            part_of.append(value)
        elif code == "c" and not derived.responsibility:
            derived.responsibility = value
    if derived.title:
        derived.other_titles.append(title)
    else:
        derived.title = title
        derived.subtitle, derived.part = " ".join(subtitle), " ".join(part_of)


def _other_title(derived: Derived, parts: Parts) -> None:
    if title := _first(parts, "a"):
        derived.other_titles.append(title)


def _edition(derived: Derived, parts: Parts) -> None:
    derived.edition = derived.edition or _first(parts, "a")


def _publication(derived: Derived, parts: Parts) -> None:
    derived.place = derived.place or _first(parts, "a").strip("[]")
    derived.publisher = derived.publisher or _first(parts, "b").strip("[]")
    derived.year = derived.year or isbd.year(_first(parts, "c"))


def _extent(derived: Derived, parts: Parts) -> None:
    derived.pages = derived.pages or _first(parts, "a")


def _series(derived: Derived, parts: Parts) -> None:
    series = _first(parts, "a")
    if series and series not in derived.series:
        derived.series.append(series)


def _abstract(derived: Derived, parts: Parts) -> None:
    derived.abstract = derived.abstract or _first(parts, "a")


def _subject(derived: Derived, parts: Parts) -> None:
    wanted = ("a", "v", "x", "y", "z")
    subject = "—".join([isbd.trimmed(part[1:]) for part in parts if part[:1] in wanted])
    if subject and subject not in derived.subjects:
        derived.subjects.append(subject)


def _keywords(derived: Derived, parts: Parts) -> None:
    derived.subjects += [isbd.trimmed(part[1:]) for part in parts if part[:1] == "a"]


def _author(derived: Derived, parts: Parts) -> None:
    derived.add_author(_first(parts, "a"), main=True)


def _added_author(derived: Derived, parts: Parts) -> None:
    """With $t the field names a work inside, not a maker of this title."""
    if not any(part[:1] == "t" for part in parts):
        derived.add_author(_first(parts, "a"))


def _own_script(derived: Derived, parts: Parts) -> None:
    """880: the field named in $6 ("245-01/$1") in its own script."""
    linked = _first(parts, "6")[:3]
    if linked in ("245", "246"):
        _other_title(derived, parts)
    elif linked in ("100", "110", "700", "710"):
        derived.add_author(_first(parts, "a"))


def _first(parts: Parts, code: str) -> str:
    for part in parts:
        if part[:1] == code:
            return isbd.trimmed(part[1:])
    return ""


_FIELDS: dict[str, Callable[[Derived, Parts], None]] = {
    "020": _isbn, "022": _issn, "041": _language, "084": _class_of_scheme, "093": _class,
    **dict.fromkeys(("100", "110", "111"), _author), "245": _title,
    **dict.fromkeys(("130", "240", "246"), _other_title), "250": _edition,
    **dict.fromkeys(("260", "264"), _publication), "300": _extent,
    **dict.fromkeys(("440", "490", "830"), _series), "520": _abstract,
    **dict.fromkeys(("600", "610", "611", "630", "650", "651"), _subject), "653": _keywords,
    **dict.fromkeys(("700", "710", "711"), _added_author), "880": _own_script,
}  # fmt: skip
