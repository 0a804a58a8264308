"""Breaking a title into lines for a drawn cover. Lengths are in ems of the title's size."""

import re
import unicodedata
from functools import lru_cache

NEVER_FIRST = "，。、；：！？）》」』】〉…—·,.;:!?)]}%”’"
NEVER_LAST = "（《「『【〈([{“‘"
# One visible sign: a character with all that hangs on it (accents, emoji joiners, skin tones).
_SIGN = re.compile(
    r"(?:[\U0001F1E6-\U0001F1FF]{2}|.(?:[\u0300-\u036F\uFE0E\uFE0F\u20E3\U0001F3FB-\U0001F3FF]|\u200D.)*)",
    re.DOTALL,
)


def signs(text: str) -> list[str]:
    """Split into visible signs."""
    return _SIGN.findall(text)


# Most titles are of such signs alone: each is one em wide, and a line may end after each.
_PLAIN = re.compile("[一-鿿]+")


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """Rough width in ems: 1 for Chinese and emoji, about half for Latin.

    Kept, because breaking one title into lines asks for the same stretches up to ten times.
    """
    if _PLAIN.fullmatch(text):
        return float(len(text))
    return sum([_sign_width(sign) for sign in signs(text)])


@lru_cache(maxsize=8192)
def _sign_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign[0]) in "WF" or len(sign) > 1:
        return 1.0
    if sign.isupper() or sign in "mwMW@%":
        return 0.78
    return 0.32 if sign in " ilj.,:;'|!" else 0.6


def pieces(text: str) -> list[str]:
    """Cut where a line may end: after each Chinese sign, between words; punctuation clings."""
    if _PLAIN.fullmatch(text):
        return list(text)
    found: list[str] = []
    for sign in signs(" ".join(text.split())):
        wide = _sign_width(sign) == 1.0
        if found and (
            sign in NEVER_FIRST
            or found[-1][-1] in NEVER_LAST
            or (not wide and found[-1][-1] != " " and _sign_width(found[-1][-1]) != 1.0)
        ):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def wrap(text: str, measure: float) -> list[str]:
    """Lines no wider than ``measure`` ems, about equally long; a longer Latin word is cut."""
    if _PLAIN.fullmatch(text):
        return _plain_lines(text, measure)
    parts = [bit for piece in pieces(text) for bit in _cut(piece, measure)]
    lines = _fill(parts, measure)
    # Try narrower measures with the same number of lines: no lone character at the end.
    for tenth in range(9, 4, -1):
        tighter = _fill(parts, measure * tenth / 10)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def _plain_lines(text: str, measure: float) -> list[str]:
    """As `wrap`, by counting: the shortest lines that are no more than the fullest ones."""
    signs_a_line = max(1, int(measure))
    fewest = -(-len(text) // signs_a_line)
    for tenth in range(9, 4, -1):
        tighter = max(1, int(measure * tenth / 10))
        if -(-len(text) // tighter) > fewest:
            break
        signs_a_line = tighter
    return [text[at : at + signs_a_line] for at in range(0, len(text), signs_a_line)]


def _cut(piece: str, measure: float) -> list[str]:
    if width(piece) <= measure:
        return [piece]
    cuts, line = [], ""
    for sign in signs(piece):
        if line and width(line + sign) > measure:
            cuts.append(line)
            line = ""
        line += sign
    return [*cuts, line]


def _fill(parts: list[str], measure: float) -> list[str]:
    lines: list[str] = []
    for part in parts:
        if lines and width((lines[-1] + part).strip()) <= measure:
            lines[-1] += part
        else:
            lines.append(part)
    return [line.strip() for line in lines if line.strip()]
