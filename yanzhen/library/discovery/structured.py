"""Searching by parts put together with and, or, not: for programs that ask by field.

The same index and the same words as for people; only how a question is put is another.
"""

from dataclasses import dataclass
from functools import reduce

import tantivy

from yanzhen.library.discovery import asking
from yanzhen.library.discovery.asking import Must, Should, beginning_with, entire, term
from yanzhen.library.discovery.forms import joined, shelfmark
from yanzhen.library.discovery.index import Index, count_of, ids_of, total_of
from yanzhen.library.discovery.schema import WEIGHTS, schema

MustNot = tantivy.Occur.MustNot
EVERYWHERE = ""
LARGEST = 2**63 - 1
ORDERS = {"title": "title_order", "author": "author_order", "year": "year", "newest": "newest"}
_WHOLE = {"title": "exact", "author": "names"}


@dataclass(frozen=True)
class Words:
    """Titles that hold every one of the words of a text, or `any`; `field` is one of WEIGHTS or
    EVERYWHERE. `beginning`: the last word may go on."""

    field: str
    text: str
    any: bool = False
    beginning: bool = False


@dataclass(frozen=True)
class Whole:
    """Titles whose title, or one of whose authors, is exactly this text (or its pinyin)."""

    field: str
    text: str


@dataclass(frozen=True)
class Mark:
    """Titles with this value of a field that is matched whole; of "clc", its beginning."""

    field: str
    value: str


@dataclass(frozen=True)
class Between:
    """Titles whose number (year, id) lies between two, both included."""

    field: str
    low: int
    high: int


@dataclass(frozen=True)
class Every:
    """All titles there are."""


@dataclass(frozen=True)
class Joined:
    """Two questions put together by "and", "or" or "not" (the first and not the second)."""

    how: str
    left: "Wanted"
    right: "Wanted"


Wanted = Words | Whole | Mark | Between | Every | Joined


@dataclass(frozen=True)
class Found:
    """How many there are, and those asked for, by number."""

    total: int
    bib_ids: list[int]


def find(
    wanted: Wanted, index: Index, *, start: int = 0, most: int, order: str = "", down: bool = False
) -> Found:
    """The titles from place `start` on. `order` is one of ORDERS, or "" for the best first.

    Raises NoIndex.
    """
    searcher, query = index.searcher(), query_of(wanted)
    if not most:
        return Found(count_of(searcher, query), [])
    if order:
        direction = tantivy.Order.Desc if down else tantivy.Order.Asc
        found = searcher.search(
            query, most, True, order_by_field=ORDERS[order], offset=start, order=direction
        )
    else:
        found = searcher.search(query, most, True, offset=start)
    return Found(total_of(found), ids_of(searcher, found))


def query_of(wanted: Wanted) -> tantivy.Query:
    match wanted:
        case Joined():
            return _joined(wanted)
        case Words():
            return _words(wanted)
        case Whole():
            return entire(_WHOLE[wanted.field], joined(wanted.text))
        case Mark(field="clc"):
            return beginning_with("clc", shelfmark(wanted.value))
        case Mark():
            return term(wanted.field, wanted.value)
        case Between():
            low, high = max(wanted.low, 0), min(wanted.high, LARGEST)
            if low > high:
                return tantivy.Query.empty_query()
            kind = tantivy.FieldType.Integer
            return tantivy.Query.range_query(schema(), wanted.field, kind, low, high)
        case _:
            return tantivy.Query.all_query()


def _joined(wanted: Joined) -> tantivy.Query:
    left, right = query_of(wanted.left), query_of(wanted.right)
    if wanted.how == "or":
        return tantivy.Query.boolean_query([(Should, left), (Should, right)])
    second = Must if wanted.how == "and" else MustNot
    return tantivy.Query.boolean_query([(Must, left), (second, right)])


def _words(wanted: Words) -> tantivy.Query:
    asked = asking.read(wanted.text)
    if not asked.words:
        return tantivy.Query.empty_query()
    if wanted.field == EVERYWHERE and not wanted.beginning:
        return asking.partial_query(asked, 1) if wanted.any else asking.wide_query(asked)
    fields = list(WEIGHTS) if wanted.field == EVERYWHERE else [wanted.field]
    parts = [_in_any(fields, word) for word in asked.words]
    if wanted.beginning:
        parts = [*parts[:-1], _begun_in_any(fields, asked.words[-1])]
    occur = Should if wanted.any else Must
    return tantivy.Query.boolean_query([(occur, part) for part in parts])


def _in_any(fields: list[str], word: str) -> tantivy.Query:
    return _either([term(field, word) for field in fields])


def _begun_in_any(fields: list[str], word: str) -> tantivy.Query:
    return _either([beginning_with(field, word) for field in fields])


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    def either(left: tantivy.Query, right: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.boolean_query([(Should, left), (Should, right)])

    return reduce(either, queries)
