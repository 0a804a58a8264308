"""A line of authors comes to the same whether it is read whole or name by name."""

import json

import pytest

from yanzhen.library.discovery import naming
from yanzhen.library.discovery.documents import Row, document_of, entry_of
from yanzhen.library.discovery.naming import authors_of, names_of


@pytest.mark.parametrize(
    "names",
    [
        ("鲁迅",),
        ("曹雪芹", "高鹗"),
        ("单田芳", "乐黛云", "曾国藩"),
        ("阿Q", "Hemingway, Ernest", "老舍"),
        ("王力", "王力著", "编委会等编"),
        ("Толстой", "草婴"),
        ("", "·", "巴金"),
    ],
)
def test_names_one_by_one_are_what_the_whole_line_is(names, monkeypatch):
    line = "；".join(names)
    one_by_one = authors_of(line, names)
    naming._one_author.cache_clear()
    monkeypatch.setattr(naming, "_BYLINE", "no line is joined by this")
    assert one_by_one == authors_of(line, names)
    assert names_of(line, names) == list(dict.fromkeys(names_of(line)))


def test_a_document_is_sound_json_whatever_its_title_holds():
    signs = '"\\\x00\x07\n{}[]\u2028'
    row = Row(
        7, f"红楼梦{signs}", signs, f"曹雪芹{signs}", signs, 1791, signs, signs, f"I242{signs}",
        subjects=(f"小说{signs}",), call_numbers=(f"I242/1{signs}",), isbns=("9787020002207",),
    )  # fmt: skip
    document = json.loads(document_of(7, entry_of(row)))
    assert document["id"] == 7
    assert document["exact"][0] == "红楼梦"
    assert document["format"] == signs


def test_no_form_of_a_title_or_a_name_stands_in_two_fields():
    row = Row(7, "红楼梦", author="曹雪芹；Толстой", clc="I242", call_numbers=("I242", "I242/1"))
    document = json.loads(document_of(7, entry_of(row)))
    assert document["exact"] == ["红楼梦"]
    assert document["exact_latin"] == ["hongloumeng", "hlm"]
    assert document["names"] == ["曹雪芹", "толстои"]
    assert document["names_latin"] == ["caoxueqin", "cxq"]
    assert (document["clc"], document["shelfmark"]) == (["i242"], ["i242/1"])
