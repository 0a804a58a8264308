import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.groundwork.text import initials, pinyin, pinyin_forms, syllables


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("重庆", "chongqing", "cq"),
        ("银行", "yinhang", "yh"),
        ("行走", "xingzou", "xz"),
        ("音樂", "yinyue", "yy"),
        ("长江", "changjiang", "cj"),
        ("成长", "chengzhang", "cz"),
        ("长恨歌", "changhenge", "chg"),
        ("资阳", "ziyang", "zy"),
        ("雁江", "yanjiang", "yj"),
        ("堪嘉", "kanjia", "kj"),
        ("伍隍", "wuhuang", "wh"),
        ("祥符", "xiangfu", "xf"),
        ("阆中", "langzhong", "lz"),
        ("乐山", "leshan", "ls"),
        ("乐至", "lezhi", "lz"),
        ("西藏", "xizang", "xz"),
        ("收藏", "shoucang", "sc"),
        ("曾国藩", "zengguofan", "zgf"),
        ("曾经", "cengjing", "cj"),
        ("成都", "chengdu", "cd"),
        ("调查", "diaocha", "dc"),
        ("鲁迅传", "luxunzhuan", "lxz"),
        ("传奇", "chuanqi", "cq"),
        ("乾隆", "qianlong", "ql"),
        ("吕布", "lvbu", "lb"),
        ("Python 编程 1984", "pythonbiancheng1984", "pbc1984"),
    ],
)
def test_spelling(text, full, short):
    assert pinyin(text) == full
    assert initials(text) == short


def test_a_polyphone_no_phrase_decides_is_found_by_either_reading():
    assert pinyin_forms("单田芳") == ("dantianfang", "shantianfang")
    assert pinyin_forms("吕布") == ("lvbu", "lubu")


def test_a_phrase_decides():
    assert pinyin_forms("重庆") == ("chongqing",)


@given(st.text(alphabet="重长行乐还调藏传单曾 绿略红x1"))
def test_the_forms_start_with_the_pinyin_and_stay_few(text):
    forms = pinyin_forms(text)
    assert forms[0] == pinyin(text) == "".join(syllables(text))
    assert len(set(forms)) == len(forms) <= 4
