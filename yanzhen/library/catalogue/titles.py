"""A MARC record as a row of the catalogue: every column but the MARC itself is derived from it.

No Django here: worker processes make these rows by the million.
"""

from typing import NamedTuple

from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.flavour import flavour_of
from yanzhen.library.catalogue.marc.record import Record

_LONGEST_CLASS = 40


class Title(NamedTuple):
    """The columns of a BibRecord that a record decides, by their names there."""

    flavour: str
    marc: str
    match_key: str
    title: str
    subtitle: str
    author: str
    publisher: str
    year: int | None
    isbn13: str
    language: str
    format: str
    clc: str


def title_of(record: Record) -> tuple[Title, Derived]:
    """The columns, and all that was derived. A record without a title has an empty one."""
    flavour = flavour_of(record)
    derived = derive(record, flavour)
    marc = record.dumps()
    title = Title(
        flavour, marc, derived.match_key, derived.title, derived.subtitle, derived.byline,
        derived.publisher, derived.year, derived.isbns[0] if derived.isbns else "",
        derived.language, derived.format, derived.clc[0][:_LONGEST_CLASS] if derived.clc else "",
    )  # fmt: skip
    return (_storable(title) if "\x10" in marc else title), derived


def _storable(title: Title) -> Title:
    """PostgreSQL text holds no NUL; `marc` has its own escape for it."""
    return Title._make(
        each.replace("\x00", "") if isinstance(each, str) else each for each in title
    )
