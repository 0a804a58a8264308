"""Text as readers type it: folded, cut into words, spelled in pinyin; book and class numbers.

No domain word and no Django here, so that bulk work can use it in any process.
"""

from yanzhen.groundwork.text.folding import fold
from yanzhen.groundwork.text.places import english_place_name, romanise
from yanzhen.groundwork.text.romanisation import (
    initials,
    pinyin,
    pinyin_forms,
    spellings,
    syllables,
)
from yanzhen.groundwork.text.segmentation import words

__all__ = [
    "english_place_name",
    "fold",
    "initials",
    "pinyin",
    "pinyin_forms",
    "romanise",
    "spellings",
    "syllables",
    "words",
]
