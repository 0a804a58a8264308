"""Making a CNMARC record from plain facts, for original cataloguing and the sample file."""

from collections.abc import Sequence
from datetime import date

from yanzhen.groundwork.text import syllables
from yanzhen.library.catalogue.marc.record import Field, Record

_FORMS = {"large_print": "d", "braille": "f"}  # 106$a
_LEADERS = {  # leader 6-7: type of record, bibliographic level
    "book": "am", "large_print": "am", "braille": "am", "periodical": "as", "score": "cm",
    "map": "em", "video": "gm", "sound": "im", "electronic": "lm", "picture": "km", "kit": "mm",
}  # fmt: skip


def cnmarc(
    *,
    title: str,
    identifier: str,
    entered: date,
    subtitle: str = "",
    part: str = "",
    authors: Sequence[str] = (),
    role: str = "著",
    contributors: Sequence[tuple[str, str]] = (),
    isbn: str = "",
    issn: str = "",
    binding: str = "",
    price: str = "",
    place: str = "",
    publisher: str = "",
    year: int | None = None,
    pages: str = "",
    size: str = "",
    series: str = "",
    abstract: str = "",
    subjects: Sequence[str] = (),
    clc: str = "",
    language: str = "chi",
    country: str = "CN",
    region: str = "",
    format: str = "book",
    agency: str = "",
    copies: Sequence[Sequence[tuple[str, str]]] = (),
) -> Record:
    """A CNMARC record. Empty facts make no field.

    `authors` share `role`; `contributors` are (name, role), as ("李健", "译"). `entered` is the
    date on file; `language` three letters (ISO 639-2), `format` one of
    `derived.FORMATS`; `copies` holds the subfields of each 905 as (code, value) pairs.
    """
    told = ", ".join(authors) + role if authors else ""
    dated = f"{entered:%Y%m%d}"
    kind = _LEADERS.get(format, "am")
    fields = [
        Field.control("001", identifier),
        _field("010", "  ", ("a", isbn), ("b", binding), ("d", price)),
        _field("011", "  ", ("a", issn)),
        _field("100", "  ", ("a", _general(dated, year, language))),
        _field("101", "0 ", ("a", language)),
        _field("102", "  ", ("a", country), ("b", region)),
        _field("105", "  ", ("a", "y   z   000yy" if kind == "am" else "")),
        _field("106", "  ", ("a", _FORMS.get(format, "r"))),
        _field(
            "200", "1 ", ("a", title), ("A", spelled(title)), ("e", subtitle), ("i", part),
            ("f", told), *(("g", name + did) for name, did in contributors),
        ),
        _field("210", "  ", ("a", place), ("c", publisher), ("d", str(year or ""))),
        _field("215", "  ", ("a", pages), ("d", size)),
        _field("225", "2 ", ("a", series), ("A", spelled(series))),
        _field("330", "  ", ("a", abstract)),
        *(_field("606", "0 ", *_subdivided(subject)) for subject in subjects),
        _field("690", "  ", ("a", clc), ("v", "5" if clc else "")),
        *(_author("701", name, role) for name in authors),
        *(_author("702", name, did) for name, did in contributors),
        _field("801", " 0", *((("a", country), ("b", agency), ("c", dated)) if agency else ())),
        *(_field("905", "  ", *subfields) for subfields in copies),
    ]  # fmt: skip
    leader = f"00000n{kind}0 2200000   450 "
    return Record.of(leader, (field for field in fields if field))


def spelled(text: str) -> str:
    """Pinyin as $A has it: syllable by syllable, parted by spaces. 红楼梦 -> hong lou meng."""
    return " ".join(syllables(text))


def _field(tag: str, indicators: str, *subfields: tuple[str, str]) -> Field | None:
    kept = [(code, value) for code, value in subfields if value]
    return Field.of(tag, indicators, *kept) if kept else None


def _general(dated: str, year: int | None, language: str) -> str:
    """100$a, 36 characters: entered, type and date of publication, audience, language, code."""
    published = f"d{year:04}    " if year else "u        "
    return f"{dated}{published}em y0{language}y50      ea"


def _subdivided(subject: str) -> list[tuple[str, str]]:
    """小说—中国—当代: the heading in $a, what follows in $x."""
    heading, *divisions = subject.split("—")
    return [("a", heading), *(("x", division) for division in divisions)]


def _author(tag: str, name: str, role: str) -> Field | None:
    return _field(tag, " 0", ("a", name), ("A", spelled(name)), ("4", role))
