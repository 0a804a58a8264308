"""Pairs of titles that look like one: the same ISBN and title or year; without one of the ISBNs,
the same title, author and year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Q

from yanzhen.groundwork.text.folding import fold
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.merging.models import TwoTitles

GROUPS = 300  # looked at, the newest first
_OF_A_GROUP = 8
_FIELDS = ("id", "title", "subtitle", "author", "publisher", "year", "isbn13")


@dataclass(frozen=True)
class Candidate:
    """`kept` is the older one. The same of what: isbn, title, year."""

    kept: BibRecord
    gone: BibRecord
    isbn: bool
    title: bool
    year: bool

    @property
    def sure(self) -> bool:
        return self.isbn and self.title and self.year


def candidates(limit: int = 50) -> list[Candidate]:
    """The pairs nobody has told apart, the surest first."""
    apart = set(TwoTitles.objects.values_list("first", "second"))
    living = BibRecord.objects.living()
    numbers = living.exclude(isbn13="").values("isbn13").annotate(n=Count("id")).filter(n__gt=1)
    named = living.exclude(year=None).values("title", "year")
    named = named.annotate(n=Count("id"), bare=Count("id", filter=Q(isbn13="")))
    named = named.filter(n__gt=1, bare__gt=0).order_by("title")
    some = [row["isbn13"] for row in numbers.order_by("-isbn13")[:GROUPS]]
    titles = [row["title"] for row in named[:GROUPS]]
    found = {
        (pair.kept.pk, pair.gone.pk): pair
        for pair in (*_pairs("isbn13", some), *_pairs("title", titles))
        if (pair.kept.pk, pair.gone.pk) not in apart
    }
    order = sorted(found.values(), key=lambda pair: (not pair.sure, pair.kept.pk, pair.gone.pk))
    return order[:limit]


def _pairs(column: str, values: Iterable[str]) -> Iterator[Candidate]:
    groups: dict[str, list[BibRecord]] = {}
    rows = BibRecord.objects.living().filter(**{f"{column}__in": list(values)}).only(*_FIELDS)
    for bib in rows.order_by("id"):
        groups.setdefault(getattr(bib, column), []).append(bib)
    for group in groups.values():
        for kept, gone in combinations(group[:_OF_A_GROUP], 2):
            pair = compared(kept, gone)
            if likely(pair):
                yield pair


def compared(kept: BibRecord, gone: BibRecord) -> Candidate:
    """What two titles have in common."""
    return Candidate(
        kept,
        gone,
        isbn=bool(kept.isbn13) and kept.isbn13 == gone.isbn13,
        title=_bare(kept.title) == _bare(gone.title),
        year=kept.year is not None and kept.year == gone.year,
    )


def likely(pair: Candidate) -> bool:
    """Two different numbers are two books, whatever they are called."""
    if pair.isbn:
        return pair.title or pair.year
    one_without = not (pair.kept.isbn13 and pair.gone.isbn13)
    same_author = _bare(pair.kept.author) == _bare(pair.gone.author)
    return one_without and pair.title and pair.year and same_author


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")
