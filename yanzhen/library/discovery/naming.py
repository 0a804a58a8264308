"""The persons and bodies that made a title, in every form they may be typed in. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from yanzhen.groundwork.text import pinyin, pinyin_forms, words
from yanzhen.library.discovery.forms import LONGEST_MARK, initial_forms, joined, pairs

LONGEST_ORDER = 24

_BETWEEN_NAMES = re.compile(r"[;；,，、/|]|\s{2,}|\band\b|\(|\)|（|）|\[|\]")
_ROLE = re.compile(
    r"\s*(等|编著|主编|原著|改编|编写|编译|译著|选编|整理|校注|绘画|著|编|译|绘|撰|注|文|图|口述)+$"
)


class Authors(NamedTuple):
    """What a document says of the authors. Everything is folded; `sounds` are spellings."""

    words: str
    pairs: str
    forms: tuple[str, ...]
    sounds: tuple[str, ...]
    order: str


class _Stated(NamedTuple):
    """One statement of responsibility."""

    words: str
    pairs: str
    names: tuple[str, ...]


def authors_of(author: str, other: tuple[str, ...] = ()) -> Authors:
    """What the line of authors and the names from elsewhere in the record come to."""
    if other == (author,):  # most titles: told once, found twice
        return _one_author(author)
    told = _stated(author)
    beside = list(map(_stated, other))
    names = _names((told, *beside))
    return _authors(" ".join([told.words, *[each.words for each in beside]]), told.pairs, names)


@lru_cache(maxsize=65536)
def _one_author(author: str) -> Authors:
    told = _stated(author)
    return _authors(f"{told.words} {told.words}", told.pairs, _names((told,)))


def _authors(words: str, pairs: str, names: list[str]) -> Authors:
    forms = list(map(name_forms, names))
    return Authors(
        words,
        pairs,
        tuple(chain.from_iterable(forms)),
        tuple(chain.from_iterable([each[1:] for each in forms])),
        pinyin(names[0])[:LONGEST_ORDER] if names else "~",
    )


@lru_cache(maxsize=65536)
def _stated(text: str) -> _Stated:
    return _Stated(" ".join(words(text)), pairs(text), _names_in(text))


def _names(statements: Iterable[_Stated]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable([each.names for each in statements])))


def names_of(author: str, other: tuple[str, ...] = ()) -> list[str]:
    """The persons and bodies named in a statement of responsibility, without their roles."""
    return list(dict.fromkeys(chain.from_iterable(map(_names_in, (author, *other)))))


@lru_cache(maxsize=65536)
def _names_in(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_name, _BETWEEN_NAMES.split(text))))


def _name(part: str) -> str:
    part = part.strip()
    return _ROLE.sub("", part).strip() if len(part) > 2 else part


@lru_cache(maxsize=65536)
def name_forms(name: str) -> tuple[str, ...]:
    """A name as it may be typed: folded, in pinyin, by initials."""
    forms = (joined(name), *pinyin_forms(name)[:2], *initial_forms(name))
    return tuple(dict.fromkeys([form[:LONGEST_MARK] for form in forms if len(form) > 1]))
