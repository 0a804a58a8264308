"""The persons and bodies that made a title, in every form they may be typed in. Pure."""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from yanzhen.groundwork.text import pinyin, pinyin_forms, words
from yanzhen.library.discovery.forms import LONGEST_MARK, begins_latin, initial_forms, joined, pairs

LONGEST_ORDER = 24

_BETWEEN_NAMES = re.compile(r"[;；,，、/|]|\s{2,}|\band\b|\(|\)|（|）|\[|\]")
_BYLINE = "；"  # between the names of a title's line of authors
_ROLES = "等|编著|主编|原著|改编|编写|编译|译著|选编|整理|校注|绘画|著|编|译|绘|撰|注|文|图|口述"
_ROLE = re.compile(rf"\s*({_ROLES})+$")
_ROLE_ENDS = frozenset(role[-1] for role in _ROLES.split("|"))
_PLAIN = re.compile("[\x00-\x7f\u3400-\u9fff；·]*")  # cut the same alone and among others


class Authors(NamedTuple):
    """What a document says of the authors. Everything is folded; `sounds` are spellings. Of the forms
    of their names those that begin in Latin letters are in `latin`."""

    words: str
    pairs: str
    forms: tuple[str, ...]
    latin: tuple[str, ...]
    sounds: tuple[str, ...]
    order: str


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
    names = list(dict.fromkeys([name for each in (*told, *beside) for name in each.names]))
    each_forms = list(map(name_forms, names))
    forms = list(chain.from_iterable(each_forms))
    byline = " ".join(filter(None, [each.words for each in told]))
    return Authors(
        " ".join([byline, *[each.words for each in beside]]),
        " ".join(filter(None, [each.pairs for each in told])),
        tuple([form for form in forms if not begins_latin(form)]),
        tuple([form for form in forms if begins_latin(form)]),
        tuple(chain.from_iterable([each[1:] for each in each_forms])),
        pinyin(names[0])[:LONGEST_ORDER] if names else "~",
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


@lru_cache(maxsize=65536)
def name_forms(name: str) -> tuple[str, ...]:
    """A name as it may be typed: folded, in pinyin, by initials."""
    forms = (joined(name), *pinyin_forms(name)[:2], *initial_forms(name))
    return tuple(dict.fromkeys([form[:LONGEST_MARK] for form in forms if len(form) > 1]))
