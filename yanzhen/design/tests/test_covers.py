"""Covers for awkward titles: nothing runs off the cloth, nothing is lost without a sign."""

import pytest

from yanzhen.design.covers import HEIGHT, PALETTES, WIDTH, draw_cover, split_title
from yanzhen.design.tests.test_css import contrast
from yanzhen.design.typesetting import NEVER_FIRST, NEVER_LAST, pieces, signs, width, wrap

AWKWARD = [
    "雁",
    "红楼梦",
    "平凡的世界",
    "",
    "   ",
    "三国演义（上、下册）",
    "老年人智能手机使用入门一步一步教您打电话发微信挂号坐车缴费看戏听书借书还书和孩子视频聊天防诈骗辨真假护眼睛保健康",
    "Pride and Prejudice",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "C++20高级编程：STL与并发",
    "👨‍👩‍👧‍👦 家庭 🇨🇳 阅读 📚",
    "！？……",
    "“雁”《阵》：——",
    "A" * 300,
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("title", AWKWARD)
@pytest.mark.parametrize("clc", ["", "I247.57", "S6", "9?"])
@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_all_type_stays_on_the_cover(title, clc, seed):
    cover = draw_cover(title, author="某某某" * 9, kind="大字本", clc=clc, seed=seed)
    for line in cover.title + cover.subtitle + cover.author:
        reach = width(line.text) * line.size
        left = line.x - reach / 2 if cover.anchor == "middle" and line in cover.title else line.x
        if cover.layout == "frame" and line in cover.author:
            left = line.x - reach / 2
        assert left >= 5
        assert left + reach <= WIDTH - 4
        assert line.size <= line.y <= HEIGHT - 4
    if cover.layout in ("fields", "block"):
        for line in cover.author:
            assert line.x + width(line.text) * line.size < 108 - width(cover.kind) * 7.5
    assert cover.title
    assert min(line.size for line in cover.title) >= 10


def test_the_same_facts_give_the_same_cover():
    assert draw_cover("活着", author="余华", clc="I2") == draw_cover(
        "活着", author="余华", clc="I2"
    )


def test_covers_vary_with_the_seed():
    drawn = {
        (c.layout, c.palette)
        for c in (draw_cover("活着", clc="I2", seed=str(n)) for n in range(60))
    }
    assert len(drawn) >= 10


def test_vertical_can_be_forced_and_forbidden():
    for seed in map(str, range(20)):
        assert draw_cover("红楼梦", seed=seed, vertical=True).layout in ("slip", "frame")
        assert draw_cover("红楼梦", seed=seed, vertical=False).layout in ("fields", "block")
        assert draw_cover("Python入门", seed=seed, vertical=True).layout in ("fields", "block")


@pytest.mark.parametrize("name", PALETTES)
def test_type_is_readable_on_every_cloth(name):
    palette = PALETTES[name]
    for ground in (palette.ground, palette.shade):
        assert contrast(palette.type, ground) >= 4.5
    assert contrast(palette.quiet, palette.ground) >= 4.5


def test_a_subtitle_is_set_apart():
    assert split_title("Python编程：从入门到实践") == ("Python编程", "从入门到实践")
    assert split_title("资阳市雁江区志（1986—2005）") == ("资阳市雁江区志", "1986—2005")
    assert split_title("：") == ("：", "")


@pytest.mark.parametrize("title", [t for t in AWKWARD if t.strip()])
@pytest.mark.parametrize("measure", [3.5, 5, 8])
def test_wrapping_keeps_every_sign_in_order(title, measure):
    joined = "".join(wrap(title, measure))
    assert joined.replace(" ", "") == title.replace(" ", "")


def test_no_line_begins_or_ends_where_it_must_not():
    for line in wrap("他说：“你好！”她说：“《平凡的世界》（第一部）在架。”", 5):
        assert line[0] not in NEVER_FIRST
        assert line[-1] not in NEVER_LAST


def test_an_emoji_family_is_one_sign():
    assert signs("👨‍👩‍👧‍👦🇨🇳") == ["👨‍👩‍👧‍👦", "🇨🇳"]


def test_latin_words_stay_whole():
    assert [p.strip() for p in pieces("Pride and 骄傲")] == ["Pride", "and", "骄", "傲"]


@pytest.mark.parametrize("count", range(1, 45))
@pytest.mark.parametrize("measure", [0.5, 1, 2.18, 2.82, 4.36, 5.05, 6.86, 8, 9.14])
def test_plain_chinese_is_broken_by_counting_where_any_other_text_is_broken(count, measure):
    plain, counted_sign_by_sign = "书" * count, "〇" * count
    assert list(map(len, wrap(plain, measure))) == list(
        map(len, wrap(counted_sign_by_sign, measure))
    )
    assert width(plain) == width(counted_sign_by_sign) == count
    assert pieces(plain) == list(plain)


@pytest.mark.parametrize("count", [1, 7, 15, 22, 40, 64, 90])
@pytest.mark.parametrize("subtitle", ["", "：长篇小说"])
def test_a_title_of_chinese_signs_is_set_as_any_other_of_its_length(count, subtitle):
    title = ("雁阵县图书馆文化馆" * count)[:count]
    drawn, other = (
        draw_cover(text + subtitle, seed="1", vertical=False).title
        for text in (title, "一" * count)
    )
    assert [(len(line.text), *line[1:]) for line in drawn] == [
        (len(line.text), *line[1:]) for line in other
    ]
    assert title.startswith("".join([line.text for line in drawn]).rstrip("…"))
