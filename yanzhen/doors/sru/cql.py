"""The Contextual Query Language 1.2, read into a tree. It knows the grammar and no index.

sorted  = query [ "sortBy" key { key } ]           key  = index { "/" modifier }
query   = { ">" [ prefix "=" ] uri } scoped
scoped  = clause { boolean { "/" modifier } clause }      all booleans bind alike, to the left
clause  = "(" query ")"  |  [ index relation { "/" modifier } ] term
"""

import re
from dataclasses import dataclass

from yanzhen.doors.sru.diagnostics import (
    BOOLEAN_MODIFIER,
    FEATURE,
    PROXIMITY,
    SYNTAX,
    TOO_LONG,
    TOO_MANY_BOOLEANS,
    Diagnosed,
)

LONGEST = 4_000
MOST_BOOLEANS = 60
DEEPEST = 40
BOOLEANS = ("and", "or", "not", "prox")
_SYMBOLS = ("==", "<>", "<=", ">=", "<", ">", "=")
_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<symbol>==|<>|<=|>=|[<>=()/])'
    r"|(?P<word>[^\s\"()=<>/]+))",
    re.DOTALL,
)


@dataclass(frozen=True)
class Clause:
    """`index` and `relation` are "" where only a term was given; `term` still has its backslashes.

    `modifiers` are the names after the relation, with what they are set to.
    """

    index: str
    relation: str
    term: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Combined:
    """Two queries and the boolean between them."""

    how: str
    left: "Node"
    right: "Node"


Node = Clause | Combined
Key = tuple[str, tuple[str, ...]]  # an index to sort by, and its modifiers


@dataclass(frozen=True)
class Read:
    """A whole query: the tree, and what to sort by."""

    tree: Node
    keys: tuple[Key, ...] = ()


def read(text: str) -> Read:
    """Raises Diagnosed."""
    if len(text) > LONGEST:
        raise Diagnosed(TOO_LONG, f"{len(text)} > {LONGEST}")
    return _Reader(text).whole()


class _Reader:
    """Reads from left to right; `place` is the token it stands at."""

    def __init__(self, text: str):
        self._tokens = _cut(text)
        self._place = 0
        self._booleans = 0
        self._depth = 0

    def whole(self) -> Read:
        tree = self._query()
        keys: list[Key] = []
        if self._is("sortby"):
            self._next()
            while self._place < len(self._tokens):
                keys.append((self._word("an index to sort by"), self._modifiers()))
            if not keys:
                raise Diagnosed(SYNTAX, "sortBy what?")
        if self._place < len(self._tokens):
            raise Diagnosed(SYNTAX, f"unexpected {self._next()[1]}")
        return Read(tree, tuple(keys))

    def _query(self) -> Node:
        if self._symbol(">"):
            raise Diagnosed(FEATURE, "prefix assignment")
        left = self._clause()
        while how := self._boolean():
            left = Combined(how, left, self._clause())
        return left

    def _boolean(self) -> str:
        kind, text = self._peek()
        if kind != "word" or text.lower() not in BOOLEANS:
            return ""
        self._next()
        if text.lower() == "prox":
            raise Diagnosed(PROXIMITY, text)
        if modifiers := self._modifiers():
            raise Diagnosed(BOOLEAN_MODIFIER, modifiers[0])
        self._booleans += 1
        if self._booleans > MOST_BOOLEANS:
            raise Diagnosed(TOO_MANY_BOOLEANS, str(MOST_BOOLEANS))
        return text.lower()

    def _clause(self) -> Node:
        if self._symbol("("):
            return self._in_brackets()
        first = self._term()
        kind, text = self._peek()
        named = kind == "word" and text.lower() not in (*BOOLEANS, "sortby")
        if not named and not (kind == "symbol" and text in _SYMBOLS):
            return Clause("", "", _unquoted(first))
        if first[0] != "word":
            raise Diagnosed(SYNTAX, f"an index cannot be quoted: {first[1]}")
        self._next()
        modifiers = self._modifiers()
        return Clause(first[1].lower(), text.lower(), _unquoted(self._term()), modifiers)

    def _in_brackets(self) -> Node:
        self._next()
        self._depth += 1
        if self._depth > DEEPEST:
            raise Diagnosed(SYNTAX, f"more than {DEEPEST} brackets in each other")
        inside = self._query()
        if not self._symbol(")"):
            raise Diagnosed(SYNTAX, "a bracket is not closed")
        self._next()
        self._depth -= 1
        return inside

    def _modifiers(self) -> tuple[str, ...]:
        found: list[str] = []
        while self._symbol("/"):
            self._next()
            name = self._word("a modifier").lower()
            kind, text = self._peek()
            if kind == "symbol" and text in _SYMBOLS:
                self._next()
                name += text + _unquoted(self._term())
            found.append(name)
        return tuple(found)

    def _term(self) -> tuple[str, str]:
        kind, _text = self._peek()
        if kind not in ("word", "quoted"):
            raise Diagnosed(SYNTAX, "a term is missing")
        return self._next()

    def _word(self, what: str) -> str:
        kind, text = self._peek()
        if kind != "word":
            raise Diagnosed(SYNTAX, f"{what} is missing")
        self._next()
        return text

    def _is(self, word: str) -> bool:
        kind, text = self._peek()
        return kind == "word" and text.lower() == word

    def _symbol(self, text: str) -> bool:
        return self._peek() == ("symbol", text)

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("", "")

    def _next(self) -> tuple[str, str]:
        self._place += 1
        return self._tokens[self._place - 1]


def _cut(text: str) -> list[tuple[str, str]]:
    """(kind, text) of every token; kinds are quoted, symbol, word."""
    tokens, place, text = [], 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            raise Diagnosed(SYNTAX, f"a quotation mark is not closed: {text[place:]}")
        tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
        place = found.end()
    return tokens


def _unquoted(token: tuple[str, str]) -> str:
    kind, text = token
    return text[1:-1] if kind == "quoted" else text
