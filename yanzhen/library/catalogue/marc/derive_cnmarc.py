"""CNMARC: which field tells what (see 新版中国机读目录格式使用手册)."""

from collections.abc import Callable

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

Parts = list[str]  # subfields, each its code and value in one string


def from_cnmarc(record: Record) -> Derived:
    """Facts of a CNMARC or UNIMARC record."""
    derived = Derived()
    carrier = ""
    for line in record.lines:
        tag = line[:3]
        take = _FIELDS.get(tag)
        if take:
            take(derived, line.split(SUBFIELD)[1:])
        if tag in _WORDED:
            carrier += line
    leader = record.leader
    if derived.format == "book":
        derived.format = _KINDS.get(leader[6:7], "book")
    if leader[7:8] == "s" and derived.format in ("book", "electronic"):
        derived.format = "periodical"
    derived.settle_format(carrier)
    return derived


def _isbn(derived: Derived, parts: Parts) -> None:
    for part in parts:
        code, value = part[:1], part[1:]
        if code == "a":
            derived.add_isbn(value)
        elif code == "b":
            derived.binding = derived.binding or value.strip()
        elif code == "d":
            derived.price = derived.price or value.strip()


def _issn(derived: Derived, parts: Parts) -> None:
    derived.issn = derived.issn or _first(parts, "a")


def _general(derived: Derived, parts: Parts) -> None:
    """100$a: year of publication, when 210 comes without one (it comes later and wins)."""
    derived.year = isbd.year(_first(parts, "a")[9:13])


def _language(derived: Derived, parts: Parts) -> None:
    derived.language = isbd.language(_first(parts, "a"))


def _form(derived: Derived, parts: Parts) -> None:
    derived.format = _FORMS.get(_first(parts, "a")[:1], derived.format)


def _title(derived: Derived, parts: Parts) -> None:
    if derived.title:
        return
    subtitle, part_of, told = [], [], []
    for part in parts:
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


def _other_title(derived: Derived, parts: Parts) -> None:
    if title := _first(parts, "a"):
        derived.other_titles.append(title)


def _edition(derived: Derived, parts: Parts) -> None:
    derived.edition = _first(parts, "a")


def _publication(derived: Derived, parts: Parts) -> None:
    derived.place = derived.place or _first(parts, "a")
    derived.publisher = derived.publisher or _first(parts, "c")
    derived.year = isbd.year(_first(parts, "d")) or derived.year


def _extent(derived: Derived, parts: Parts) -> None:
    derived.pages = derived.pages or _first(parts, "a")


def _series(derived: Derived, parts: Parts) -> None:
    if series := _first(parts, "a"):
        derived.series.append(series)


def _abstract(derived: Derived, parts: Parts) -> None:
    derived.abstract = derived.abstract or _first(parts, "a")


def _subject(derived: Derived, parts: Parts) -> None:
    subject = "—".join([p[1:].strip() for p in parts if p[:1] in ("a", "x", "y", "z")])
    if subject and subject not in derived.subjects:
        derived.subjects.append(subject)


def _keywords(derived: Derived, parts: Parts) -> None:
    derived.subjects += [part[1:].strip() for part in parts if part[:1] == "a"]


def _class(derived: Derived, parts: Parts) -> None:
    if number := clean_class(_first(parts, "a")):
        derived.clc.append(number)


def _author(derived: Derived, parts: Parts) -> None:
    derived.add_author(_person(parts), main=True)


def _contributor(derived: Derived, parts: Parts) -> None:
    derived.add_author(_person(parts))


def _person(parts: Parts) -> str:
    """$b is the rest of a Western name; Chinese names stand whole in $a."""
    name, rest = _first(parts, "a"), _first(parts, "b")
    return f"{name}, {rest}" if rest and name.isascii() else name


def _body(derived: Derived, parts: Parts) -> None:
    derived.add_author(_first(parts, "a"), main=True)


def _contributing_body(derived: Derived, parts: Parts) -> None:
    derived.add_author(_first(parts, "a"))


def _first(parts: Parts, code: str) -> str:
    for part in parts:
        if part[:1] == code:
            return isbd.trimmed(part[1:])
    return ""


_FIELDS: dict[str, Callable[[Derived, Parts], None]] = {
    "010": _isbn, "011": _issn, "100": _general, "101": _language, "106": _form, "200": _title,
    "205": _edition, "210": _publication, "215": _extent, "225": _series, "330": _abstract,
    **dict.fromkeys(("500", "510", "512", "513", "514", "515", "516", "517", "518"), _other_title),
    **dict.fromkeys(("600", "601", "602", "605", "606", "607"), _subject), "610": _keywords,
    "690": _class, "700": _author, "701": _author, "702": _contributor,
    "710": _body, "711": _body, "712": _contributing_body,
}  # fmt: skip
