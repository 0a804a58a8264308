"""The forms of a name, a phone number and a sign-in name that are compared and searched."""

import unicodedata
from dataclasses import dataclass

from yanzhen.groundwork.text import fold, initials, pinyin, pinyin_forms

# As surnames these are read otherwise than in other words (《现代汉语词典》).
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "朴": "piao", "区": "ou", "查": "zha",
    "翟": "zhai", "盖": "ge", "任": "ren", "华": "hua", "召": "shao", "乜": "nie", "缪": "miao",
    "尉迟": "yuchi", "长孙": "zhangsun", "万俟": "moqi", "令狐": "linghu", "澹台": "tantai",
}  # fmt: skip

FOLDED, PINYIN, INITIALS = 120, 400, 130


@dataclass(frozen=True)
class NameForms:
    """Folded name; its spellings and its initials, the likeliest first, divided by spaces."""

    folded: str
    pinyin: str
    initials: str


def name_forms(name: str) -> NameForms:
    """The searchable forms of a person's name, surname readings first."""
    folded = fold(name)
    spellings, letters = list(pinyin_forms(name)), [_joined(initials(name))]
    surname = next((s for s in (folded[:2], folded[:1]) if s in SURNAMES), "")
    if surname:
        rest = folded[len(surname) :]
        spellings.insert(0, SURNAMES[surname] + pinyin(rest))
        letters.insert(0, SURNAMES[surname][0] + _joined(initials(folded[1:])))
    return NameForms(
        folded[:FOLDED],
        " ".join(dict.fromkeys(map(_joined, spellings)))[:PINYIN],
        " ".join(dict.fromkeys(letters))[:INITIALS],
    )


def plain(text: str) -> str:
    """`text` without control characters, full width made half, spaces tidied."""
    wide = unicodedata.normalize("NFKC", text)
    shown = "".join(char if char.isprintable() else " " for char in wide)
    return " ".join(shown.split())


def phone_form(text: str) -> str:
    """Digits of a telephone number, a foreign one with its +: 028-2654 0000 -> 02826540000."""
    tidy = plain(text)
    digits = "".join(char for char in tidy if char not in " -()./—–")
    return digits.removeprefix("+86") if len(digits) > 8 else digits


def sign_in_form(text: str) -> str:
    """A user name or card number as it is compared: half width, lower case, without spaces."""
    return plain(text).replace(" ", "").casefold()


def _joined(text: str) -> str:
    return text.replace(" ", "")
