"""Offers while typing, and what was probably meant when nothing was found."""

import pytest

from yanzhen.library.discovery import asking
from yanzhen.library.discovery.spelling import did_you_mean
from yanzhen.library.discovery.suggesting import suggest


@pytest.mark.parametrize("typed", ["红", "红楼", "紅樓", "hong", "hl", "hlm", " Hong Lou"])
def test_titles_are_offered_by_their_beginning_in_any_spelling(index, typed):
    assert [offer.text for offer in suggest(typed, index)][:2] == ["红楼梦", "红楼梦魇"]


def test_a_title_with_two_editions_leads_to_both_and_one_edition_to_its_page(index, titles):
    dream, nightmare = suggest("红楼", index)
    assert (dream.bib_id, dream.count, dream.author) == (None, 2, "曹雪芹")
    assert (nightmare.bib_id, nightmare.author) == (titles.all[2].pk, "张爱玲")


@pytest.mark.parametrize("typed", ["鲁", "鲁迅", "lu", "luxun", "lx"])
def test_names_are_offered_with_how_many_works(index, typed):
    name = suggest(typed, index)[0]
    assert (name.text, name.is_name, name.count) == ("鲁迅", True, 2)


def test_each_of_several_authors_is_offered(index):
    assert [offer.text for offer in suggest("高鹗", index)] == ["高鹗"]


@pytest.mark.parametrize("typed", ["", " ", "h", "😀", "\ud800", ".*", "(" * 999, "没有这本"])
def test_nothing_is_offered_where_nothing_fits(index, typed):
    assert suggest(typed, index) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("红搂梦", "红楼梦"), ("红喽梦", "红楼梦"), ("honglumeng", "红楼梦"), ("红楼夢想", ""),
        ("鲁讯", "鲁迅"), ("曹雪琴", "曹雪芹"), ("三国眼艺", "三国演义"), ("呐汉", "呐喊"),
        ("charlottes wed", "Charlotte's Web"), ("鲁讯 呐汉", "鲁迅 呐喊"), ("老人与还", "老人与海"),
        ("量子色动力学", ""), ("x", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_nearest_title_or_name_by_sound_then_by_shape(index, typed, meant):
    assert did_you_mean(asking.read(typed), index) == meant
