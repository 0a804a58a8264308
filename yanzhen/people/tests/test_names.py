import pytest

from yanzhen.people.names import (
    FOLDED,
    INITIALS,
    PINYIN,
    name_forms,
    phone_form,
    plain,
    sign_in_form,
)


def test_a_name_is_found_by_what_is_typed():
    forms = name_forms("张小禾")
    assert (forms.folded, forms.initials) == ("张小禾", "zxh")
    assert forms.pinyin.split()[0] == "zhangxiaohe"


def test_a_traditional_name_folds_to_the_simplified_one():
    assert name_forms("張樂") == name_forms("张乐")


@pytest.mark.parametrize(
    ("name", "spelling", "letters"),
    [
        ("单田芳", "shantianfang", "stf"), ("曾国藩", "zengguofan", "zgf"),
        ("尉迟恭", "yuchigong", "ycg"),
    ],
)  # fmt: skip
def test_a_surname_has_its_own_reading(name, spelling, letters):
    forms = name_forms(name)
    assert forms.pinyin.split()[0] == spelling
    assert forms.initials.split()[0] == letters


@pytest.mark.parametrize("name", ["ﷺ" * 60, "重" * 60, "Ⓕ" * 60, "x y " * 30])
def test_the_forms_of_any_name_fit_their_columns(name):
    forms = name_forms(name)
    assert len(forms.folded) <= FOLDED
    assert len(forms.pinyin) <= PINYIN
    assert len(forms.initials) <= INITIALS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000 0000", "13800000000"), ("028-2654 0000", "02826540000"),
        ("＋86 138-0000-0000", "13800000000"), ("１３８００００００００", "13800000000"),
        ("", ""), ("没有", "没有"),
    ],
)  # fmt: skip
def test_a_phone_number_is_kept_as_digits(typed, kept):
    assert phone_form(typed) == kept


def test_a_sign_in_name_forgives_width_case_and_spaces():
    assert sign_in_form(" ５１２０ 0200\t000017 ") == "51200200000017"
    assert sign_in_form("ZhongHe\x00") == "zhonghe"


def test_control_characters_are_not_part_of_a_name():
    assert plain("张\x00小\u200b禾\n") == "张 小 禾"
