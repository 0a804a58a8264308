"""Pinyin without tones, for finding 重庆 by `chongqing` or `cq`.

Nearly all characters have one reading worth indexing: a table of single characters gives it.
Only the characters of `POLYPHONES` are looked at together with their neighbours.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from yanzhen.groundwork.text.folding import fold

# Tables made by tools/pinyin.py: characters by their usual reading, readings of phrases.
READINGS, PHRASES = (Path(__file__).with_name(f"{name}.txt") for name in ("readings", "phrases"))

# Character: its usual reading in titles and names first, then the other one readers try.
POLYPHONES = {
    "重": ("zhong", "chong"), "长": ("chang", "zhang"), "行": ("xing", "hang"),
    "乐": ("le", "yue"), "还": ("hai", "huan"), "调": ("diao", "tiao"),
    "藏": ("cang", "zang"), "传": ("chuan", "zhuan"), "单": ("dan", "shan"),
    "曾": ("zeng", "ceng"), "朝": ("chao", "zhao"), "都": ("du", "dou"),
    "得": ("de", "dei"), "率": ("lv", "shuai"), "数": ("shu", "shuo"),
    "参": ("can", "shen"), "差": ("cha", "chai"), "弹": ("tan", "dan"),
    "降": ("jiang", "xiang"), "盛": ("sheng", "cheng"), "仇": ("chou", "qiu"),
    "朴": ("pu", "piao"), "解": ("jie", "xie"), "系": ("xi", "ji"), "车": ("che", "ju"),
    "校": ("xiao", "jiao"), "觉": ("jue", "jiao"), "省": ("sheng", "xing"),
    "会": ("hui", "kuai"), "石": ("shi", "dan"), "大": ("da", "dai"), "六": ("liu", "lu"),
    "卜": ("bu", "bo"), "阿": ("a", "e"), "角": ("jiao", "jue"), "宿": ("su", "xiu"),
    "强": ("qiang", "jiang"), "便": ("bian", "pian"), "落": ("luo", "la"), "恶": ("e", "wu"),
    "秘": ("mi", "bi"), "翟": ("zhai", "di"), "尉": ("wei", "yu"), "着": ("zhe", "zhuo"),
    "什": ("shen", "shi"), "壳": ("ke", "qiao"), "血": ("xue", "xie"), "薄": ("bo", "bao"),
    "削": ("xue", "xiao"), "没": ("mei", "mo"), "说": ("shuo", "shui"), "了": ("le", "liao"),
    "和": ("he", "huo"), "种": ("zhong", "chong"), "屏": ("ping", "bing"), "佛": ("fo", "fu"),
}  # fmt: skip

# Readings the phrase dictionary lacks or has otherwise: places and titles of our own shelves.
_OUR_PHRASES = {
    "乐山": "le shan", "乐至": "le zhi", "乐亭": "lao ting", "长恨歌": "chang hen ge",
    "大藏经": "da zang jing", "藏文": "zang wen", "藏族": "zang zu", "道藏": "dao zang",
    "单县": "shan xian", "朝阳": "chao yang", "还珠": "huan zhu", "调查": "diao cha",
    "会稽": "kuai ji", "乾隆": "qian long", "大王": "da wang", "乐章": "yue zhang",
    "乐谱": "yue pu", "乐器": "yue qi", "声乐": "sheng yue", "器乐": "qi yue",
    "民乐": "min yue", "朝花": "zhao hua", "行书": "xing shu", "本行": "ben hang", "为了": "wei le",
}  # fmt: skip

_SINGLE = {"阆": "lang", "乾": "qian", "着": "zhe", "地": "di", "嗯": "en", "呣": "m", "妳": "ni"}
LONGEST_PHRASE = 4
_POLYPHONE = re.compile(f"[{''.join(POLYPHONES)}]")
_UNPLAIN = re.compile(f"[a-z{''.join(POLYPHONES)}]")  # read by its neighbours, or a word
_LATIN_BUT_FIRST = re.compile("(?<=[a-z])[a-z]+")


@cache
def _readings() -> dict[int, str]:
    """The usual reading of each character."""
    readings: dict[int, str] = {}
    for reading, characters in _table(READINGS):
        readings.update(dict.fromkeys(map(ord, characters), reading))
    return readings


def _table(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a table, loaded only where pinyin is needed."""
    for line in path.read_text("utf-8").splitlines():
        name, _, text = line.partition(" ")
        yield name, text


class _Syllables(dict[int, str]):
    """Usual reading of each character, worked out when first met; a space reads as nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char == " ":
            reading = ""
        elif char in POLYPHONES:
            reading = POLYPHONES[char][0]
        elif char in _SINGLE or code not in _readings():
            reading = _SINGLE.get(char, char)
        else:
            reading = _readings()[code]
        self[code] = reading
        return reading


class _Initials(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = initial = _SYLLABLES[code][:1]
        return initial


_SYLLABLES = _Syllables()
_INITIALS = _Initials()


@cache
def _phrases() -> dict[str, str]:
    """Readings, parted by spaces, of the phrases that hold a polyphone: what tells its reading."""
    return {**dict(_table(PHRASES)), **_OUR_PHRASES}


@cache
def _pairs() -> frozenset[str]:
    """Two characters with a polyphone among them, as they stand in some phrase."""
    return frozenset(
        phrase[at : at + 2]
        for phrase in _phrases()
        for at in range(len(phrase) - 1)
        if _POLYPHONE.search(phrase, at, at + 2)
    )


def _by_phrase(text: str, at: int) -> str | None:
    """Reading of the polyphone `text[at]` in the longest known phrase around it."""
    pairs = _pairs()
    if text[at : at + 2] not in pairs and (not at or text[at - 1 : at + 1] not in pairs):
        return None
    phrases = _phrases()
    for length in range(min(LONGEST_PHRASE, len(text)), 1, -1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            spelled = phrases.get(text[start : start + length])
            if spelled:
                return spelled.split()[at - start]
    return None


def _usual(text: str, at: int) -> str:
    """Reading of the polyphone `text[at]` that no phrase decides."""
    ends = at > 0 and (at + 1 == len(text) or text[at + 1] == " ")
    if text[at] == "传" and ends:  # 鲁迅传: a life, not a passing-on
        return "zhuan"
    return POLYPHONES[text[at]][0]


class _Polyphone(NamedTuple):
    at: int
    reading: str
    sure: bool  # a phrase decides it


def _polyphones(folded: str) -> tuple[_Polyphone, ...]:
    return _read_in_place(folded) if _POLYPHONE.search(folded) else ()


@lru_cache(maxsize=512)  # pinyin, initials and other spellings of one title look only once
def _read_in_place(folded: str) -> tuple[_Polyphone, ...]:
    found = []
    for match in _POLYPHONE.finditer(folded):
        at = match.start()
        reading = _by_phrase(folded, at)
        found.append(_Polyphone(at, reading or _usual(folded, at), reading is not None))
    return tuple(found)


def _spelled(folded: str, table: dict[int, str], letters: int | None) -> str:
    polyphones = _polyphones(folded)
    if not polyphones:
        return folded.translate(table)
    pieces: list[str] = []
    end = 0
    for at, reading, _sure in polyphones:
        pieces += (folded[end:at].translate(table), reading[:letters])
        end = at + 1
    return "".join((*pieces, folded[end:].translate(table)))


def pinyin(text: str) -> str:
    """Spell `text` in joined toneless pinyin; other scripts stay as folded. 重庆 -> chongqing."""
    return _spelled(fold(text), _SYLLABLES, None)


def initials(text: str) -> str:
    """First letters: 重庆 -> cq. A Latin word gives its first letter, numbers stay whole."""
    return _spelled(_LATIN_BUT_FIRST.sub("", fold(text)), _INITIALS, 1)


def syllables(text: str) -> list[str]:
    """One syllable a Chinese character; other characters stand for themselves."""
    folded = fold(text)
    readings = {polyphone.at: polyphone.reading for polyphone in _polyphones(folded)}
    return [
        readings.get(at) or _SYLLABLES[ord(char)] for at, char in enumerate(folded) if char != " "
    ]


def pinyin_forms(text: str) -> tuple[str, ...]:
    """Likely spellings of `text`, the likeliest first, at most four.

    A polyphone that no phrase decides may be read either way: 单田芳 by dan… or shan…
    `lv` is also tried as `lu`.
    """
    folded = fold(text)
    polyphones = _polyphones(folded)
    if not polyphones and "v" not in (likely := folded.translate(_SYLLABLES)):
        return (likely,)
    choices, end = [], 0
    for at, likely, sure in polyphones:
        choices += _plain_choices(folded[end:at])
        others = () if sure else POLYPHONES[folded[at]]
        choices.append(tuple(dict.fromkeys((likely, *others))))
        end = at + 1
    choices += _plain_choices(folded[end:])
    return tuple("".join(form) for form in islice(product(*choices), 4))


def spellings(text: str) -> tuple[tuple[str, ...], str]:
    """`pinyin_forms` and `initials` of `text`, which mostly take one look for both."""
    folded = fold(text)
    if not _UNPLAIN.search(folded):
        likely = folded.translate(_SYLLABLES)
        if "v" not in likely:
            return (likely,), folded.translate(_INITIALS)
    return pinyin_forms(text), initials(text)


def _plain_choices(folded: str) -> list[tuple[str, ...]]:
    """What may be typed for the characters of `folded`, none of which is a polyphone."""
    spelled = folded.translate(_SYLLABLES)
    if "v" not in spelled:
        return [(spelled,)]
    return [
        (syllable, syllable.replace("v", "u")) if syllable[:2] in ("lv", "nv") else (syllable,)
        for syllable in map(_SYLLABLES.__getitem__, map(ord, folded))
    ]
