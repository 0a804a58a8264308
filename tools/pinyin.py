"""The tables of pinyin beside `groundwork/text/romanisation.py`, made from pypinyin.

    python -m tools.pinyin

They hold what we use of it, without tones: to load pypinyin's own takes a quarter of a second,
theirs a hundredth. Run it after pypinyin or POLYPHONES changed.
"""

import unicodedata

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from yanzhen.groundwork.text.romanisation import LONGEST_PHRASE, PHRASES, POLYPHONES, READINGS

_UMLAUT = "\u0308"


def main() -> None:
    READINGS.write_text(readings(), "utf-8")
    PHRASES.write_text(phrases(), "utf-8")


def readings() -> str:
    """A line for each reading, behind it the characters that are usually read so."""
    characters: dict[str, str] = {}
    for code, spelled in sorted(PINYIN_DICT.items()):
        reading = _toneless(spelled.split(",")[0])
        characters[reading] = characters.get(reading, "") + chr(code)
    return _lines(characters)


def phrases() -> str:
    """A line for each phrase that holds a polyphone, behind it the readings of its characters."""
    found = {
        phrase: " ".join(_toneless(readings[0]) for readings in spelled)
        for phrase, spelled in PHRASES_DICT.items()
        if len(phrase) <= LONGEST_PHRASE and not POLYPHONES.keys().isdisjoint(phrase)
    }
    return _lines(found)


def _lines(table: dict[str, str]) -> str:
    return "".join(f"{name} {text}\n" for name, text in sorted(table.items()))


def _toneless(reading: str) -> str:
    """`lǜ` as `lv`, the way it is typed."""
    letters = unicodedata.normalize("NFD", reading).replace("u" + _UMLAUT, "v")
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("ɡ", "g")


if __name__ == "__main__":
    main()
