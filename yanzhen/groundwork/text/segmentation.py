"""Cutting text into the words that are indexed and searched."""

import re
from collections.abc import Callable
from functools import cache

from yanzhen.groundwork.text.folding import fold

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇々]+")
_OTHER_SCRIPT = re.compile("[^\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇々]")


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """Loads its dictionary: a tenth of a second that a process without searching need not spend."""
    from rjieba import cut_for_search

    return cut_for_search


def words(text: str) -> list[str]:
    """Cut `text` into folded words, in order; long Chinese words come after their parts.

    Latin words and numbers stay whole, as do words of every other alphabet.
    """
    folded = fold(text)
    if folded.isascii():
        return folded.split()
    if _OTHER_SCRIPT.search(folded):
        return [word for chunk in folded.split() for word in _mixed(chunk)]
    found = _segmenter()(folded)
    return [word for word in found if word != " "] if " " in folded else found


def _mixed(chunk: str) -> list[str]:
    """Keep runs of other scripts whole: the segmenter would cut Nepali into letters."""
    found: list[str] = []
    end = 0
    for run in _HAN.finditer(chunk):
        if run.start() > end:
            found.append(chunk[end : run.start()])
        found += _segmenter()(run.group())
        end = run.end()
    if end < len(chunk):
        found.append(chunk[end:])
    return found
