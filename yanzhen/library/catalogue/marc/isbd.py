"""Reading plain facts out of catalogue text: ISBD punctuation, years, language codes, names."""

import re

_TRAILING = " /:;,="
_SUSPECT = _TRAILING + "."
_YEAR = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")
_ABBREVIATED = re.compile(r"(?:(?:^|[^\w])[A-Za-zÀ-ɏ]{1,3}|Prof)\.$")

# ISO 639-2 to 639-1 for the languages of the shelves; others keep their three letters.
_LANGUAGES = {
    "chi": "zh", "zho": "zh", "eng": "en", "jpn": "ja", "kor": "ko", "fre": "fr", "fra": "fr",
    "ger": "de", "deu": "de", "rus": "ru", "spa": "es", "ita": "it", "por": "pt", "ara": "ar",
    "tib": "bo", "bod": "bo", "uig": "ug", "mon": "mn", "kaz": "kk", "iii": "ii", "zha": "za",
    "vie": "vi", "tha": "th", "hin": "hi", "nep": "ne", "san": "sa", "lat": "la", "grc": "grc",
    "gre": "el", "ell": "el", "dut": "nl", "nld": "nl", "swe": "sv", "nor": "no", "dan": "da",
    "fin": "fi", "pol": "pl", "cze": "cs", "ces": "cs", "hun": "hu", "tur": "tr", "per": "fa",
    "fas": "fa", "heb": "he", "ind": "id", "may": "ms", "msa": "ms", "bur": "my", "mya": "my",
    "ukr": "uk", "epo": "eo",
}  # fmt: skip


def trimmed(text: str) -> str:
    """`text` without the ISBD sign that leads on; abbreviations ("Jr.") keep their full stop."""
    if text[-1:] not in _SUSPECT and text[0] != " ":  # an empty text is "in" and goes on
        return text
    text = text.strip().rstrip(_TRAILING)
    if text.endswith(".") and not text.endswith("..") and not _ABBREVIATED.search(text[-6:]):
        text = text[:-1].rstrip()
    return text


def year(*dates: str) -> int | None:
    """The first year of the common era in `dates`, the better source first: "[1999?]" -> 1999."""
    for date in dates:
        if found := _YEAR.search(date):
            return int(found.group())
    return None


def code_of(language: str) -> str:
    """The three letters a record has for what `language` made of them: zh -> chi."""
    return next((code for code, two in _LANGUAGES.items() if two == language), language)


def language(code: str) -> str:
    """Two-letter code (ISO 639-1) where there is one, else the three letters; "" for none."""
    code = code.strip().lower()[:3]
    if len(code) != 3 or not code.isalpha() or code in ("und", "zxx", "mul"):
        return ""
    return _LANGUAGES.get(code, code)
