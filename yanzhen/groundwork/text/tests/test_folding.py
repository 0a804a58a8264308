import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yanzhen.groundwork.text import fold

CHINESE = st.text(
    alphabet="乾隆坤答反覆瞭解望名著活藉口狼項鍊鋼紅樓夢 ，（）ＡＢ１２○", max_size=12
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("中小學生", "中小学生"),
        ("紅樓夢", "红楼梦"),
        ("內戶産説爲峯羣綫衆裡餘", "内户产说为峰群线众里余"),
        ("ＡＢＣ　１２３", "abc 123"),
        ("《三体》（全三册）：地球往事", "三体 全三册 地球往事"),
        ("Café — Don’t STOP!", "cafe dont stop"),
        ("Straße", "strasse"),
        ("二○○八", "二〇〇八"),
        ("नेपाल भाषा", "नेपाल भाषा"),
        ("か\u3099", "が"),
        ("  \t\n", ""),
    ],
)
def test_ways_of_writing_fold_together(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("乾隆皇帝", "乾隆皇帝"),
        ("餅乾", "饼干"),
        ("活著", "活着"),
        ("文學名著", "文学名著"),
        ("答覆", "答复"),
        ("覆蓋", "覆盖"),
        ("瞭解", "了解"),
        ("瞭望", "瞭望"),
        ("藉口", "借口"),
        ("慰藉", "慰藉"),
        ("項鍊", "项链"),
        ("鍊鋼", "炼钢"),
    ],
)
def test_the_neighbour_decides_characters_with_two_simplified_forms(traditional, simplified):
    assert fold(traditional) == fold(simplified) == simplified


@given(st.one_of(st.text(), CHINESE))
@example("İǰ㈠ﬀ゙")
@example("\ud800")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_nothing_folded_wants_an_escape_in_json():
    """So that bulk work may write folded text between quotes as it is."""
    folded = "".join(fold(chr(code)) for code in range(0x20000))
    assert '"' not in folded
    assert "\\" not in folded
    assert min(folded) >= " "
