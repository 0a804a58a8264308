"""The persons and bodies that made a title, in every form they may be typed in. Pure."""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from yanzhen.groundwork.text import words
from yanzhen.library.discovery.forms import (
    LONGEST_MARK,
    begins_latin,
    joined,
    listed,
    pairs,
    spelled_forms,
)

LONGEST_ORDER = 24

_BETWEEN_NAMES = re.compile(r"[;；,，、/|]|\s{2,}|\band\b|\(|\)|（|）|\[|\]")
_BYLINE = "；"  # between the names of a title's line of authors
_ROLES = "等|编著|主编|原著|改编|编写|编译|译著|选编|整理|校注|绘画|著|编|译|绘|撰|注|文|图|口述"
_ROLE = re.compile(rf"\s*({_ROLES})+$")
_ROLE_ENDS = frozenset(role[-1] for role in _ROLES.split("|"))
_PLAIN = re.compile("[\x00-\x7f\u3400-\u9fff；·]*")  # cut the same alone and among others


class Authors(NamedTuple):
    """What a document says of the authors. `members` are those of its JSON that are theirs alone;
    the other two are folded, `sounds` how the names may be typed in Latin letters."""

    members: str
    pairs: str
    sounds: tuple[str, ...]


class _Stated(NamedTuple):
    """One statement of responsibility."""

    words: str
    pairs: str
    names: tuple[str, ...]


def authors_of(author: str, other: tuple[str, ...] = ()) -> Authors:
    """What the line of authors and the names from elsewhere in the record come to."""
    if other == (author,):  # most titles: one name, in two places
        return _one_author(author)
    if author == _BYLINE.join(other) and _PLAIN.fullmatch(author):
        told = beside = list(map(_stated, other))
    else:
        told, beside = [_stated(author)], list(map(_stated, other))
    return _authors(told, beside)


@lru_cache(maxsize=65536)
def _one_author(author: str) -> Authors:
    told = [_stated(author)]
    return _authors(told, told)


def _authors(told: list[_Stated], beside: list[_Stated]) -> Authors:
    names = dict.fromkeys([name for each in (*told, *beside) for name in each.names])
    named = list(map(_named, names))
    forms = [form for each in named for form in each.forms]
    byline = " ".join(filter(None, [each.words for each in told]))
    shown = " ".join([byline, *[each.words for each in beside]])
    latin = [form for form in forms if begins_latin(form)]
    others = [form for form in forms if not begins_latin(form)]
    return Authors(
        f'"author":"{shown}","names":{listed(others)},"names_latin":{listed(latin)},'
        f'"author_order":"{named[0].order if named else "~"}"',
        " ".join(filter(None, [each.pairs for each in told])),
        tuple([form for each in named for form in each.forms[1:]]),
    )


@lru_cache(maxsize=65536)
def _stated(text: str) -> _Stated:
    """The same ones come again and again."""
    return _Stated(" ".join(words(text)), pairs(text), tuple(_names_in(text)))


def names_of(author: str, other: tuple[str, ...] = ()) -> list[str]:
    """The persons and bodies named in a statement of responsibility, without their roles."""
    return list(dict.fromkeys(chain.from_iterable(map(_names_in, (author, *other)))))


def _names_in(text: str) -> list[str]:
    return list(filter(None, map(_name, _BETWEEN_NAMES.split(text))))


def _name(part: str) -> str:
    part = part.strip()
    return _ROLE.sub("", part).strip() if part[2:] and part[-1] in _ROLE_ENDS else part


class _Named(NamedTuple):
    """A name as it may be typed, and where it stands among others."""

    forms: tuple[str, ...]
    order: str


def name_forms(name: str) -> tuple[str, ...]:
    """A name as it may be typed: folded, in pinyin, by initials."""
    return _named(name).forms


@lru_cache(maxsize=65536)
def _named(name: str) -> _Named:
    spelled = spelled_forms(name, most=2)
    forms = [form[:LONGEST_MARK] for form in (joined(name), *spelled) if len(form) > 1]
    return _Named(tuple(dict.fromkeys(forms)), spelled[0][:LONGEST_ORDER])
