"""What a person typed, read by us and turned into a query; tantivy's own parser never sees it."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import tantivy

from yanzhen.groundwork.text import fold, words
from yanzhen.groundwork.text.isbn import normalise
from yanzhen.library.discovery.forms import HAN, begins_latin, joined, shelfmark
from yanzhen.library.discovery.schema import LATIN, SPELLINGS, WEIGHTS, schema

LONGEST = 200

_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ISBN = re.compile(r"(?:isbn)?[\s::]*[0-9][0-9xX\s‐‑‒–—−-]{8,}", re.IGNORECASE)
_SHELFMARK = re.compile(r"[A-Za-z]{1,2}[0-9][^\s]*")
_FIRST = 1000.0
_SOUND = 3.0
_SHORTEST_PREFIX = 2
_SHELVED = ("clc", "shelfmark")  # what stands on a book's back: the class, and other call numbers

Must, Should = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True)
class Asked:
    """A query as read: `text` cleaned and cut to LONGEST, `chunks` as parted by the person."""

    text: str
    cut: bool
    words: tuple[str, ...]
    chunks: tuple[str, ...]
    whole: str
    isbn: str = ""
    shelfmark: str = ""


def read(typed: str) -> Asked:
    """Read any string at all: control characters and lone surrogates count as spaces."""
    text = readable(typed[: LONGEST * 50])
    cut = len(text) > LONGEST or len(typed) > LONGEST * 50
    text = text[:LONGEST].strip()
    narrow = unicodedata.normalize("NFKC", text)
    isbn = normalise(narrow) if _ISBN.fullmatch(narrow) else None
    mark = shelfmark(narrow) if _SHELFMARK.fullmatch(narrow) else ""
    return Asked(
        text=text,
        cut=cut,
        words=tuple(dict.fromkeys(words(text))),
        chunks=tuple(dict.fromkeys(fold(text).split())),
        whole=joined(text),
        isbn=isbn.digits if isbn else "",
        shelfmark=mark,
    )


def readable(typed: str) -> str:
    """Without control characters and lone surrogates, which no database takes."""
    return " ".join(_UNREADABLE.sub(" ", typed).split())


def narrow_query(asked: Asked, *, is_title: bool = True) -> tantivy.Query:
    """Titles that hold every word; the title that is exactly this comes first.

    Unless `is_title` there is no such title, and looking for it would only take time.
    """
    return _any(_every(asked.words), *_whole(asked, is_title=is_title))


def wide_query(asked: Asked) -> tantivy.Query:
    """Titles that hold every part typed, as a part of a word too: 楼梦, hongl."""
    parts = [_any(_every(words(chunk)), *_inside(chunk)) for chunk in asked.chunks]
    return _any(_all(parts), *_whole(asked), *_beginning(asked))


def partial_query(asked: Asked, at_least: int) -> tantivy.Query:
    """Titles that hold at least so many of the words."""
    return tantivy.Query.boolean_query(
        [(Should, _word(word)) for word in asked.words], minimum_number_should_match=at_least
    )


def beginning_with(field: str, prefix: str) -> tantivy.Query:
    """Terms of a field that begin so."""
    return tantivy.Query.regex_query(schema(), field, f"{re.escape(prefix)}.*")


def is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def term(field: str, value: str | int) -> tantivy.Query:
    return tantivy.Query.term_query(schema(), field, value)


def field_of(field: str, form: str) -> str:
    """Where a form of "exact" or "names" stands."""
    return LATIN[field] if begins_latin(form) else field


def entire(field: str, form: str) -> tantivy.Query:
    """Titles with this form among those of "exact" or "names"."""
    return term(field_of(field, form), form)


def fields_of(word: str) -> tuple[str, ...]:
    """Where a word is looked for."""
    return (*WEIGHTS, *SPELLINGS) if is_latin(word) else tuple(WEIGHTS)


def _word(word: str) -> tantivy.Query:
    fields = [_boosted(term(name, word), weight) for name, weight in WEIGHTS.items()]
    if is_latin(word):
        fields.append(_spelled(word))
    return _any(*fields)


def _spelled(word: str) -> tantivy.Query:
    return _boosted(_best([term(field, word) for field in SPELLINGS]), _SOUND)


def _every(some: tuple[str, ...] | list[str]) -> tantivy.Query:
    return _all([_word(word) for word in some])


def _whole(asked: Asked, *, is_title: bool = True) -> list[tantivy.Query]:
    """What the typed text may be as a whole: a title, its pinyin or initials, a number."""
    title = tantivy.Query.const_score_query(entire("exact", asked.whole), _FIRST)
    found = [title] if is_title else []
    if is_latin(asked.whole):
        found.append(_spelled(asked.whole))
    if asked.isbn:
        found.append(tantivy.Query.const_score_query(term("isbn", asked.isbn), _FIRST))
    if asked.shelfmark:
        found.append(_best([beginning_with(field, asked.shelfmark) for field in _SHELVED]))
    return found


def _beginning(asked: Asked) -> list[tantivy.Query]:
    """The typed Latin text as the beginning of a whole title or name in pinyin."""
    if is_latin(asked.whole) and len(asked.whole) > _SHORTEST_PREFIX:
        return [beginning_with(field, asked.whole) for field in LATIN.values()]
    return []


def _inside(chunk: str) -> list[tantivy.Query]:
    """A part of a title or name: neighbouring characters in order, or the beginning of a word."""
    if HAN.fullmatch(chunk):
        if len(chunk) == 1:
            return [beginning_with("pairs", chunk)]
        following: list[str | tuple[int, str]] = [a + b for a, b in pairwise(chunk)]
        if len(chunk) == 2:
            return [term("pairs", chunk)]
        return [tantivy.Query.phrase_query(schema(), "pairs", following)]
    if is_latin(chunk) and len(chunk) >= _SHORTEST_PREFIX:
        spelled = _best([beginning_with(field, chunk) for field in SPELLINGS])
        return [beginning_with("title", chunk), beginning_with("author", chunk), spelled]
    return []


def _best(queries: list[tantivy.Query]) -> tantivy.Query:
    """Any of them; one that several find counts once."""
    return tantivy.Query.disjunction_max_query(queries)


def _all(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Must, query) for query in queries])


def _any(*queries: tantivy.Query) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Should, query) for query in queries])


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return tantivy.Query.boost_query(query, weight)
