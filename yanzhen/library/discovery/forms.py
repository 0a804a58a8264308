"""A text in the forms by which the index compares it: whole, in pairs, spelled. Pure."""

import re
import unicodedata
from itertools import islice, product
from operator import add

from yanzhen.groundwork.text import fold, initials
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


def initial_forms(text: str) -> list[str]:
    """The initials; of a short name or title all in Chinese, with the other readings too."""
    likely = initials(text)
    if len(likely) > _SHORT or _POLYPHONES.isdisjoint(text) or not HAN.fullmatch(text):
        return [likely]
    letters = [
        dict.fromkeys((letter, *_letters(char))) for char, letter in zip(text, likely, strict=True)
    ]
    return list(islice(map("".join, product(*letters)), 5))


def _letters(char: str) -> list[str]:
    return [reading[0] for reading in POLYPHONES.get(char, ())]
