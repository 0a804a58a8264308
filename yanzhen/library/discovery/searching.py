"""Search: the exact total, one page of titles, and how the results divide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import tantivy

from yanzhen.library.discovery import asking
from yanzhen.library.discovery.asking import Asked, Must, beginning_with, term
from yanzhen.library.discovery.facets import Facets, count_facets
from yanzhen.library.discovery.forms import shelfmark
from yanzhen.library.discovery.index import Index, count_of, ids_of
from yanzhen.library.discovery.schema import SPELLINGS, schema

PAGE = 20
LAST_PAGE = 500
SORTS = ("relevance", "newest", "title", "author")
_ORDERS = {
    "newest": ("newest", tantivy.Order.Desc),
    "title": ("title_order", tantivy.Order.Asc),
    "author": ("author_order", tantivy.Order.Asc),
}
_LONGEST_VALUE = 60
_MOST_KEPT = 256
_STRETCH = 10  # pages


@dataclass(frozen=True)
class Query:
    """What is wanted. `year` is "2018" or "2010-2019"; `clc` a class or the beginning of one."""

    q: str = ""
    branch: str = ""
    format: str = ""
    language: str = ""
    year: str = ""
    clc: str = ""
    available: bool = False
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Query":
        """From the parameters of an address; what cannot be read counts as not given."""
        texts = {
            name: asking.readable(given.get(name, "")[:_LONGEST_VALUE])
            for name in ("branch", "format", "language", "clc")
        }
        year = given.get("year", "").strip()
        page = given.get("page", "")
        return cls(
            q=given.get("q", ""),
            year=year if years(year) else "",
            available=given.get("available", "") in {"1", "true", "on"},
            sort=given.get("sort", "") if given.get("sort", "") in SORTS else "",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
            **texts,
        )


@dataclass(frozen=True)
class Results:
    """One page of an answer. `matched` of `asked.words` are in every title; fewer than all only
    when no title has them all."""

    query: Query
    asked: Asked
    total: int
    bib_ids: list[int]
    facets: Facets
    matched: int
    sort: str
    generation: str = field(default="")

    @property
    def page_count(self) -> int:
        return min(-(-self.total // PAGE), LAST_PAGE)

    @property
    def is_partial(self) -> bool:
        return self.matched < len(self.asked.words)


def search(query: Query, index: Index, *, rows: int = PAGE) -> Results:
    """Answer a query; `rows` is the length of a page. Raises NoIndex."""
    (searcher, generation), asked = index.view(), asking.read(query.q)
    answer = _answer(searcher, asked, query, f"{index.root} {generation}")
    sort = query.sort or ("relevance" if asked.words else "newest")
    return Results(
        query=query,
        asked=asked,
        total=answer.facets.total,
        bib_ids=answer.page(searcher, query.page, sort, rows),
        matched=answer.matched,
        sort=sort,
        facets=answer.facets,
        generation=generation,
    )


def years(text: str) -> tuple[int, int] | None:
    """ "2018" -> (2018, 2018); "2010-2019" -> (2010, 2019); None for anything else."""
    first, dash, last = text.partition("-")
    ends = (first, last) if dash else (first, first)
    if all(end.isascii() and end.isdigit() and len(end) <= 4 for end in ends):
        return int(ends[0]), int(ends[1])
    return None


class _Width(NamedTuple):
    """How wide to look: a query, how many of the words it holds, and how many titles it has to
    find to be the one meant."""

    text: tantivy.Query
    matched: int
    least: int = 0


def _widths(searcher: tantivy.Searcher, asked: Asked) -> Iterator[_Width]:
    """The narrowest first; the last has to find nothing."""
    if not asked.words:
        empty = bool(asked.text)  # only signs, nothing to look for
        nothing, all_of_it = tantivy.Query.empty_query, tantivy.Query.all_query
        yield _Width(nothing() if empty else all_of_it(), 0)
        return
    everything = len(asked.words)
    titles = searcher.doc_freq(asking.field_of("exact", asked.whole), asked.whole)
    if titles + _at_most(searcher, asked) >= PAGE:
        yield _Width(asking.narrow_query(asked, is_title=titles > 0), everything, PAGE)
    yield _Width(asking.wide_query(asked), everything, 0 if everything == 1 else 1)
    if (most := _most(searcher, asked)) < everything:
        yield _Width(asking.partial_query(asked, most), most, 1)
    yield _Width(tantivy.Query.empty_query(), everything)


def _at_most(searcher: tantivy.Searcher, asked: Asked) -> int:
    """No fewer titles than the narrow query finds beside those that are exactly this: told from
    the dictionary, in a fraction of the time it takes to look for them."""
    if asked.isbn or asked.shelfmark:
        return PAGE
    whole = _with(searcher, SPELLINGS, asked.whole) if asking.is_latin(asked.whole) else 0
    return whole + min(_with(searcher, asking.fields_of(word), word) for word in asked.words)


def _with(searcher: tantivy.Searcher, fields: Iterable[str], word: str) -> int:
    return sum(searcher.doc_freq(field, word) for field in fields)


def _most(searcher: tantivy.Searcher, asked: Asked) -> int:
    """As many of the words as any title has together; half of them where none has more: less
    than half is another question, and whether any has half is seen when they are looked for."""
    low, high = (len(asked.words) + 1) // 2, len(asked.words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if count_of(searcher, asking.partial_query(asked, middle)):
            low = middle
        else:
            high = middle - 1
    return low


def _narrowed(text: tantivy.Query, filters: list[tantivy.Query]) -> tantivy.Query:
    if not filters:
        return text
    silent = [(Must, tantivy.Query.const_score_query(one, 0.0)) for one in filters]
    return tantivy.Query.boolean_query([(Must, text), *silent])


def _filters(query: Query) -> Iterator[tantivy.Query]:
    if query.branch:
        yield term("shelves" if query.available else "branches", query.branch)
    elif query.available:
        yield term("available", 1)
    if query.format:
        yield term("format", query.format)
    if query.language:
        yield term("language", query.language)
    if span := years(query.year):
        yield tantivy.Query.range_query(schema(), "year", tantivy.FieldType.Integer, *span)
    if len(query.clc) == 1:
        yield term("class_letter", query.clc.upper())
    elif query.clc:
        yield beginning_with("clc", shelfmark(query.clc))


class _Answer:
    """What every page of an answer shares, kept until the next commit, and the titles on those
    pages that were asked for: over the whole catalogue both take longer than all the rest."""

    def __init__(self, wanted: tantivy.Query, matched: int, facets: Facets):
        self.facets, self.matched = facets, matched
        self._wanted = wanted
        self._ids: dict[tuple[str, int, int], list[int]] = {}

    def page(self, searcher: tantivy.Searcher, page: int, sort: str, rows: int) -> list[int]:
        """The titles of a page. Whoever turns the page gets a stretch of pages with it."""
        if page > LAST_PAGE or not self.facets.total:
            return []
        first, pages = (1, 1) if page == 1 else (page - (page - 2) % _STRETCH, _STRETCH)
        key = sort, rows, first
        ids = self._ids.get(key)
        if ids is None:
            ids = _hits(searcher, self._wanted, sort, (first - 1) * rows, pages * rows)
            if rows == PAGE:
                self._ids[key] = ids
        return ids[(page - first) * rows : (page - first + 1) * rows]


_kept: dict[tuple[str, Query], _Answer] = {}


def _answer(searcher: tantivy.Searcher, asked: Asked, query: Query, generation: str) -> _Answer:
    key = generation, replace(query, page=1, sort="")
    answer = _kept.get(key)
    if answer is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        answer = _kept[key] = _answered(searcher, asked, query)
    return answer


def _answered(searcher: tantivy.Searcher, asked: Asked, query: Query) -> _Answer:
    answers = (_if_enough(searcher, width, query) for width in _widths(searcher, asked))
    return next(filter(None, answers))  # the widest is always enough


def _if_enough(searcher: tantivy.Searcher, width: _Width, query: Query) -> _Answer | None:
    """How wide to look is decided without the filters, so that a filter never adds a title. Where
    there are none, the facets tell how many titles there are: nothing is counted twice."""
    filters = list(_filters(query))
    if filters and width.least and count_of(searcher, width.text) < width.least:
        return None
    wanted = _narrowed(width.text, filters)
    facets = count_facets(searcher, wanted, query.branch)
    return (
        _Answer(wanted, width.matched, facets) if filters or facets.total >= width.least else None
    )


def _hits(
    searcher: tantivy.Searcher, wanted: tantivy.Query, sort: str, offset: int, most: int
) -> list[int]:
    if sort in _ORDERS:
        by, order = _ORDERS[sort]
        found = searcher.search(wanted, most, False, order_by_field=by, offset=offset, order=order)
    else:  # of two that fit as well, the one on the shelf comes first
        found = searcher.search(wanted, most, False, offset=offset, weight_by_field="available")
    return ids_of(searcher, found)
