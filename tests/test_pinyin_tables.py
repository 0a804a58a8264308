"""The tables of pinyin we ship hold what pypinyin says."""

from tools import pinyin
from yanzhen.groundwork.text.romanisation import PHRASES, READINGS


def test_the_tables_are_as_they_were_made():
    assert READINGS.read_text("utf-8") == pinyin.readings()
    assert PHRASES.read_text("utf-8") == pinyin.phrases()
