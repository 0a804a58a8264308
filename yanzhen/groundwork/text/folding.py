"""One form for all the ways the same words are written.

Full width and half width, upper and lower case, traditional and simplified, accents and
punctuation fold together, so that 中小學生 finds 中小学生 and "Café" is found by "cafe".
The result is for comparing and searching only, never for showing.
"""

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_DROPPED = frozenset("'’‘ʼ＇")  # don't, O’Neill, xi'an: the parts belong together
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))  # of Latin, Greek, Cyrillic letters
_LAST_KEPT = 0x33480  # end of the Chinese characters; nobody's text shall fill the memory
_SAME = {"○": "〇", "◯": "〇"}  # drawn circles typed for the number, as in 二○○八年

# Traditional characters with two simplified forms: the neighbour decides. They are left alone
# by the character table. No neighbour named here is itself one of them, so a second pass
# changes nothing.
_AMBIGUOUS = frozenset("乾覆瞭藉鍊著")
_ANY_AMBIGUOUS = re.compile("[乾覆瞭藉鍊著]")
_BY_NEIGHBOUR = (
    (re.compile("(?<!康)(?<!朝)乾(?![隆坤陵县嘉元清象卦道符宁德封化统贞兴])"), "干"),
    (re.compile("(?<=[答回反批函])覆"), "复"),
    (re.compile("瞭(?=[解然如若])|(?<=明)瞭"), "了"),
    (re.compile("(?<![狼慰蕴枕])藉"), "借"),
    (re.compile("(?<=[项拉手铁锁拴表条])鍊"), "链"),
    (re.compile("鍊"), "炼"),
    (re.compile("(?<=[活跟接沿随带看笑哭想走站坐睡躺爱等听说唱朝向对为意味顺醒望跑飞])著"), "着"),
)


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _fold_once(char: str) -> str:
    if char in _AMBIGUOUS:
        return char
    if char in _DROPPED or char in _ACCENTS:
        return ""
    category = unicodedata.category(char)
    if category == "Cf":  # joiners, marks of direction, byte order
        return ""
    char = _SAME.get(char, char)
    if len(decomposed := unicodedata.normalize("NFKD", char)) > 1:
        char = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _ACCENTS))
    else:
        char = decomposed
    if len(char) == 1 and unicodedata.category(char)[0] in "PSZC":
        return " "
    return _simplifier().convert(char.casefold())


class _Characters(dict[int, str]):
    """Folded form of each character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        for _ in range(4):  # case and width folding can feed each other; it settles in two or three
            folded, before = "".join(map(_fold_once, folded)), folded
            if folded == before:
                break
        if code < _LAST_KEPT:
            self[code] = folded
        return folded


_CHARACTERS = _Characters()


@lru_cache(maxsize=512)  # words, pinyin and initials of one title fold it only once
def fold(text: str) -> str:
    """Return `text` in the one form used for comparing; folding twice changes nothing.

    Punctuation becomes a space, runs of space become one, apostrophes vanish.
    """
    folded = text.translate(_CHARACTERS)
    if not folded.isascii():
        if _ANY_AMBIGUOUS.search(folded):
            for pattern, simplified in _BY_NEIGHBOUR:
                folded = pattern.sub(simplified, folded)
        folded = unicodedata.normalize("NFC", folded)
    return " ".join(folded.split()) if " " in folded else folded
