from yanzhen.library.catalogue.marc.record import Field
from yanzhen.library.catalogue.marc.tests.makers import chinese, english
from yanzhen.library.cataloguing.merging import Found, merged

BARE = chinese().replacing("330").replacing("606")
SAME_IN_MARC21 = english(Field.of("653", "  ", ("a", "x"))).replacing(
    "020", Field.of("020", "  ", ("a", "9787020002207"))
).replacing("245", Field.of("245", "10", ("a", "红楼梦"), ("n", "上册"))).replacing(
    "260", Field.of("260", "  ", ("c", "2008"))
).replacing("008")  # fmt: skip


def test_one_title_is_one_group_and_the_fuller_record_stands_first():
    ((first, why), (second, none)), other = merged(
        [Found(0, BARE), Found(1, english()), Found(2, chinese())]
    )
    assert (first.target, second.target) == (2, 0)
    assert why == {"format": False, "more": ["subjects", "abstract"], "fuller": True}
    assert none == {}
    assert [each.target for each, _why in other] == [1]


def test_our_format_goes_before_a_fuller_one():
    (((first, why), (second, _none)),) = merged([Found(0, SAME_IN_MARC21), Found(1, BARE)])
    assert (first.target, second.target) == (1, 0)
    assert why["format"]


def test_records_that_say_as_much_stand_as_the_targets_do():
    (((first, why), _second),) = merged([Found(1, chinese()), Found(0, chinese(number="2"))])
    assert first.target == 0
    assert why == {"format": False, "more": [], "fuller": False}


def test_a_target_stands_once_in_a_group():
    (group,) = merged([Found(0, BARE), Found(0, chinese())])
    assert [each.record for each, _why in group] == [chinese()]
    assert group[0][1] == {}


def test_records_without_a_title_match_nothing():
    nameless = chinese().replacing("200")
    assert len(merged([Found(0, nameless), Found(1, nameless)])) == 2
