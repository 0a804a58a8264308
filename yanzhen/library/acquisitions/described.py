"""What somebody says a title is, made plain, and the key under which it is found again."""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass

from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.text.folding import fold
from yanzhen.groundwork.text.isbn import normalise
from yanzhen.library.acquisitions import rules
from yanzhen.library.catalogue.models import BibRecord

_LONGEST = {"title": 300, "author": 200, "publisher": 120}


@dataclass(frozen=True)
class Title:
    """The facts of a title that may not be in the catalogue yet."""

    title: str
    author: str = ""
    publisher: str = ""
    year: int | None = None
    isbn13: str = ""

    @property
    def same_key(self) -> str:
        """The ISBN; without one the title, the author and the year, folded."""
        return self.isbn13 or _digest(self.title, self.author, self.year)

    def columns(self) -> dict:
        """The columns of `models.Described` that these facts fill."""
        return {**asdict(self), "same_key": self.same_key}


def told(
    *,
    title: str,
    author: str = "",
    publisher: str = "",
    year: int | None = None,
    isbn: str = "",
    at: dt.datetime,
) -> Title:
    """The facts as somebody told them. Raises Refused without a title, with half an ISBN."""
    number = normalise(isbn) if isbn.strip() else None
    valid = number is not None and number.valid
    title = _plain(title)
    refuse_first(
        rules.a_title_is_named(title),
        rules.an_isbn_is_whole(isbn.strip(), valid),
        rules.a_year_is_likely(year, local_day(at)),
    )
    return Title(
        title[: _LONGEST["title"]],
        _plain(author)[: _LONGEST["author"]],
        _plain(publisher)[: _LONGEST["publisher"]],
        year,
        number.digits if number and valid else "",
    )


def of_bib(bib: BibRecord) -> Title:
    """The facts of a title of the catalogue."""
    return Title(
        bib.title[: _LONGEST["title"]],
        bib.author[: _LONGEST["author"]],
        bib.publisher[: _LONGEST["publisher"]],
        bib.year,
        bib.isbn13,
    )


def same_author(one: str, other: str) -> bool:
    """Whether two bylines can be the same person's: one not said, or one within the other."""
    one, other = (fold(each).replace(" ", "") for each in (one, other))
    return not one or not other or one in other or other in one


def _digest(title: str, author: str, year: int | None) -> str:
    facts = (fold(title).replace(" ", ""), fold(author).replace(" ", ""), str(year or ""))
    return hashlib.blake2b("\n".join(facts).encode(), digest_size=20).hexdigest()


def _plain(text: str) -> str:
    """No control characters, no double spaces; what PostgreSQL cannot store is left out."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
