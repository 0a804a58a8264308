"""A text in the forms by which the index compares it: whole, in pairs, spelled. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice, product
from operator import add

from yanzhen.groundwork.text import fold, pinyin_forms, spellings
from yanzhen.groundwork.text.romanisation import POLYPHONES

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇々]+")
LONGEST_MARK = 120

_SHORT = 5
_POLYPHONES = frozenset(POLYPHONES)


def joined(text: str) -> str:
    """Folded without any space: how whole titles and names are compared."""
    return fold(text).replace(" ", "")[:LONGEST_MARK]


def shelfmark(mark: str) -> str:
    """A call number or class as it is compared: narrow, lower case, no spaces."""
    narrow = mark.lower() if mark.isascii() else unicodedata.normalize("NFKC", mark).lower()
    return "".join(narrow.split())[:LONGEST_MARK]


def begins_latin(form: str) -> bool:
    """Whether a form stands in the field of those that begin in Latin letters."""
    return form[:1].isascii()


def pairs(text: str) -> str:
    """Neighbouring characters of the Chinese runs, the last alone: 红楼梦 -> 红楼 楼梦 梦."""
    found: list[str] = []
    for run in HAN.findall(fold(text)):
        found += map(add, run, (*run[1:], ""))
    return " ".join(found)


def spelled_forms(text: str, most: int = 4, longest: int | None = None) -> list[str]:
    """The first `longest` characters in pinyin, at most `most` ways, the likeliest first; then all
    by the initials, of a short name or title all in Chinese with the other readings too."""
    forms, likely = spellings(text)
    if longest and len(text) > longest:
        forms = pinyin_forms(text[:longest])
    if len(likely) > _SHORT or _POLYPHONES.isdisjoint(text) or not HAN.fullmatch(text):
        return [*forms[:most], likely]
    letters = [
        dict.fromkeys((letter, *_letters(char))) for char, letter in zip(text, likely, strict=True)
    ]
    return [*forms[:most], *islice(map("".join, product(*letters)), 5)]


def listed(forms: Iterable[str]) -> str:
    """As a list in JSON: folded text holds nothing that would have to be escaped."""
    members = '","'.join(forms)
    return f'["{members}"]' if members else "[]"


def _letters(char: str) -> list[str]:
    return [reading[0] for reading in POLYPHONES.get(char, ())]
