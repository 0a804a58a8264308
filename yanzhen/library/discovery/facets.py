"""How the results divide: counts for availability, branch, format, language, year and class."""

from collections import Counter
from dataclasses import dataclass

import tantivy

from yanzhen.library.discovery.documents import BRANCH_COLUMNS

_TERMS = {
    "format": ("format", 40), "language": ("language", 60), "year": ("year", 400),
    "clc": ("class_letter", 30), **{column: (column, 600) for column in BRANCH_COLUMNS},
}  # fmt: skip
_REQUEST = {
    name: {"terms": {"field": field, "size": size}} for name, (field, size) in _TERMS.items()
}
_AVAILABLE = {"available": {"terms": {"field": "available", "size": 2}}}
_SHELVES = {"shelves": {"terms": {"field": "shelves", "size": 600}}}

Counts = dict[str, int]


@dataclass(frozen=True)
class Facets:
    """Titles by value, most first. `year` is newest first and 0 (unknown) is left out.

    `total` is exact. `available` counts titles that can be taken off a shelf now: of the branch
    asked for, if any.
    """

    total: int
    available: int
    branch: Counts
    format: Counts
    language: Counts
    year: dict[int, int]
    clc: Counts

    @property
    def decades(self) -> dict[int, int]:
        """Titles by the first year of a decade, newest first."""
        found: dict[int, int] = {}
        for year, count in self.year.items():
            decade = year // 10 * 10
            found[decade] = found.get(decade, 0) + count
        return found


def count_facets(searcher: tantivy.Searcher, wanted: tantivy.Query, branch: str) -> Facets:
    """Count every facet in one pass over the results."""
    request = {**_REQUEST, **_AVAILABLE, **(_SHELVES if branch else {})}
    counts = {name: _counts(found) for name, found in searcher.aggregate(wanted, request).items()}
    shelved = counts.pop("available")  # every title has it once, so its counts make the total
    available = counts["shelves"].get(branch, 0) if branch else shelved.get(1, 0)
    years = sorted(counts.pop("year").items(), reverse=True)
    named = {name: _named(counts[name]) for name in ("format", "language", "clc")}
    known_years = {year: count for year, count in years if year}
    return Facets(
        sum(shelved.values()), available, branch=_branches(counts), year=known_years, **named
    )


def _branches(counts: dict[str, Counts]) -> Counts:
    """A title stands in each of its branches once, whichever of the columns names it."""
    found: Counter[str] = Counter()
    for column in BRANCH_COLUMNS:
        found.update(counts[column])
    return _named(dict(sorted(found.items(), key=lambda each: (-each[1], each[0]))))


def _counts(found: dict) -> dict:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


def _named(counts: Counts) -> Counts:
    return {value: count for value, count in counts.items() if value}
