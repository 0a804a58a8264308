from hypothesis import given
from hypothesis import strategies as st

from yanzhen.groundwork.text import fold, words


def test_a_long_word_comes_with_its_parts():
    cut = words("中小學生")
    assert cut[-1] == "中小学生"
    assert {"小学", "学生"} <= set(cut)


def test_latin_words_and_numbers_stay_whole():
    assert words("Python3编程，1984") == ["python3", "编程", "1984"]


def test_words_of_other_alphabets_stay_whole():
    assert words("नेपाल中国文学мир") == ["नेपाल", "中国", "文学", "мир"]


def test_a_single_character_is_a_word():
    assert words("红") == ["红"]


def test_nothing_to_cut():
    assert words(" 《》 ") == []


@given(st.text(alphabet="红楼梦中华人民共和国abcé1 भ〇々"))
def test_every_word_is_in_the_text_and_no_character_is_lost(text):
    cut = words(text)
    assert all(word and word in fold(text) for word in cut)
    assert set("".join(cut)) == set(fold(text)) - {" "}
