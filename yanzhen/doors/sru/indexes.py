"""What the indexes and relations of CQL mean in our catalogue."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from yanzhen.doors.sru import cql
from yanzhen.doors.sru.diagnostics import (
    CONTEXT_SET,
    EMPTY,
    INDEX,
    INDEX_RELATION,
    MASKING,
    MODIFIER,
    RELATION,
    SORT,
    STOPWORDS,
    TERM,
    Diagnosed,
)
from yanzhen.groundwork.text import words
from yanzhen.groundwork.text.isbn import normalise
from yanzhen.library.discovery.asking import readable
from yanzhen.library.discovery.structured import (
    EVERYWHERE,
    LARGEST,
    Between,
    Every,
    Joined,
    Mark,
    Wanted,
    Whole,
    Words,
)

RELATIONS = ("=", "==", "exact", "all", "any", "<", "<=", ">", ">=", "within", "scr")
SORTS = {"dc.title": "title", "dc.creator": "author", "dc.date": "year", "rec.id": "newest"}
_SETS = ("cql", "dc", "bath", "rec")
_MASKED = re.compile(r"(?<!\\)[*?^]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_YEAR = re.compile(r"[0-9]{1,4}")
_NUMBER = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True)
class _Asked:
    """A clause with its index found: the relation, and the term without escapes."""

    relation: str
    text: str
    beginning: bool


def wanted_of(node: cql.Node) -> Wanted:
    """The tree as the catalogue's own question. Raises Diagnosed."""
    if isinstance(node, cql.Combined):
        return Joined(node.how, wanted_of(node.left), wanted_of(node.right))
    return _clause(node)


def order_of(keys: tuple[cql.Key, ...]) -> tuple[str, bool]:
    """(order, downwards) of the first key; more than one cannot be had. Raises Diagnosed."""
    if not keys:
        return "", False
    (index, modifiers), *more = keys
    known = [each.removeprefix("sort.") for each in modifiers]
    if more or index.lower() not in SORTS or not set(known) <= {"ascending", "descending"}:
        raise Diagnosed(SORT, " ".join(index for index, _ in keys))
    return SORTS[index.lower()], "descending" in known


def _clause(clause: cql.Clause) -> Wanted:
    relation = clause.relation or "="
    if relation not in RELATIONS:
        raise Diagnosed(RELATION, relation)
    if clause.modifiers:
        raise Diagnosed(MODIFIER, clause.modifiers[0])
    make = _maker(clause.index)
    return make(_asked(relation, clause.term))


def _maker(index: str) -> Callable[[_Asked], Wanted]:
    context, dot, name = index.rpartition(".")
    if dot and context not in _SETS:
        raise Diagnosed(CONTEXT_SET, context)
    found = INDEXES.get(index) or (None if dot else _BARE.get(name))
    if found is None:
        raise Diagnosed(INDEX, index)
    return found


def _asked(relation: str, term: str) -> _Asked:
    beginning = term.endswith("*") and not term.endswith("\\*")
    kept = term[:-1] if beginning else term
    if masked := _MASKED.search(kept):
        raise Diagnosed(MASKING, f"{masked[0]} in {term}; only * at the end of a word")
    text = readable(_ESCAPED.sub(r"\1", kept))
    if not text:
        raise Diagnosed(EMPTY, term)
    relation = {"scr": "=", "exact": "=="}.get(relation, relation)
    return _Asked(relation, text, beginning)


def _text(field: str) -> Callable[[_Asked], Wanted]:
    """An index of words: all of them, any, or the whole title or name."""

    def make(asked: _Asked) -> Wanted:
        if not words(asked.text):
            raise Diagnosed(STOPWORDS, asked.text)
        if asked.relation in ("=", "all", "any"):
            return Words(field, asked.text, asked.relation == "any", asked.beginning)
        if asked.relation == "==" and field in ("title", "author") and not asked.beginning:
            return Whole(field, asked.text)
        raise Diagnosed(INDEX_RELATION, asked.relation)

    return make


def _mark(field: str) -> Callable[[_Asked], Wanted]:
    """An index of codes, compared whole."""

    def make(asked: _Asked) -> Wanted:
        _equal(asked)
        return Mark(field, asked.text)

    return make


def _isbn(asked: _Asked) -> Wanted:
    _equal(asked)
    number = normalise(asked.text.removeprefix("urn:isbn:"))
    if number is None:
        raise Diagnosed(TERM, asked.text)
    return Mark("isbn", number.digits)


def _date(asked: _Asked) -> Wanted:
    years = asked.text.replace("-", " ").split() if asked.relation == "within" else [asked.text]
    wanted = 2 if asked.relation == "within" else 1
    if asked.beginning or len(years) != wanted or not all(map(_YEAR.fullmatch, years)):
        raise Diagnosed(TERM, asked.text)
    first, last = int(years[0]), int(years[-1])
    return _between("year", asked.relation, first, last, lowest=1)


def _number(asked: _Asked) -> Wanted:
    if asked.beginning or not _NUMBER.fullmatch(asked.text):
        raise Diagnosed(TERM, asked.text)
    return _between("id", asked.relation, int(asked.text), int(asked.text), lowest=0)


def _between(field: str, relation: str, first: int, last: int, *, lowest: int) -> Between:
    """A title without a year has 0, which is before nothing: `lowest` keeps it out."""
    match relation:
        case "<":
            return Between(field, lowest, first - 1)
        case "<=":
            return Between(field, lowest, first)
        case ">":
            return Between(field, first + 1, LARGEST)
        case ">=":
            return Between(field, first, LARGEST)
        case "=" | "==" | "within":
            return Between(field, first, last)
    raise Diagnosed(INDEX_RELATION, relation)


def _class(asked: _Asked) -> Wanted:
    if asked.relation not in ("=", "=="):
        raise Diagnosed(INDEX_RELATION, asked.relation)
    return Mark("clc", asked.text)


def _everything(asked: _Asked) -> Wanted:
    return Every()


def _equal(asked: _Asked) -> None:
    if asked.relation not in ("=", "==") or asked.beginning:
        raise Diagnosed(INDEX_RELATION, asked.relation)


_anywhere = _text(EVERYWHERE)
# In the order of the explanation; "" is a term alone.
INDEXES: dict[str, Callable[[_Asked], Wanted]] = {
    "": _anywhere, "cql.anywhere": _anywhere, "cql.serverchoice": _anywhere,
    "cql.keywords": _anywhere, "cql.allrecords": _everything, "bath.any": _anywhere,
    "dc.title": _text("title"), "bath.title": _text("title"),
    "dc.creator": _text("author"), "dc.contributor": _text("author"),
    "bath.author": _text("author"),
    "bath.name": _text("author"), "bath.personalname": _text("author"),
    "dc.subject": _text("subject"), "bath.subject": _text("subject"),
    "dc.publisher": _text("publisher"), "bath.publisher": _text("publisher"),
    "dc.date": _date, "bath.isbn": _isbn, "dc.identifier": _isbn,
    "dc.language": _mark("language"), "dc.format": _mark("format"), "rec.id": _number,
    "rec.identifier": _number, "bath.classification": _class,
}  # fmt: skip
_BARE = {
    name.partition(".")[2]: make for name, make in reversed(INDEXES.items()) if name
} | {"author": INDEXES["dc.creator"]}  # fmt: skip
