import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yanzhen.groundwork.text.clc import MAIN_CLASSES, class_letter, class_name, sort_key

IN_SHELF_ORDER = [
    "D9",
    "F124",
    "F124/9",
    "F124/10",
    "F124/10/2",
    "F124/10-2",
    "I",
    "I2",
    "I247",
    "I247/1",
    "I247-53",
    "I247(2)",
    "I247=6",
    "I247:K1",
    "I247+B",
    "I247.5",
    "I247.5/8",
    "I247.57",
    "I25",
    "TP3",
    "TP312",
    "TP312C",
    "TP312JA",
    "Z1",
]


def test_shelf_order():
    keys = [sort_key(number) for number in IN_SHELF_ORDER]
    assert keys == sorted(set(keys))


def test_the_way_it_is_typed_does_not_matter():
    assert sort_key("ｉ247.5／12") == sort_key("I247.5 / 012") == sort_key("[I247.5]/12")


@given(st.text(), st.text())
@example("", "0𑄶")  # a digit, but not one of ours
def test_keys_are_the_same_in_every_collation(a, b):
    assert all(c in "0123456789abcdefghijklmnopqrstuvwxyz" for c in sort_key(a + "/" + b))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_book_numbers_compare_as_numbers(a, b):
    assert (sort_key(f"I2/{a}") < sort_key(f"I2/{b}")) == (a < b)


def test_classes():
    assert len(MAIN_CLASSES) == 22
    assert class_letter("i247.5/12") == "I"
    assert class_letter("782.4") == class_letter("") == class_letter("L1") == ""
    assert class_name("S") == ("农业科学", "Agriculture")
    assert class_name("L") == ("", "")


@pytest.mark.parametrize("empty", ["", "/", "  "])
def test_an_empty_call_number_has_a_key(empty):
    assert sort_key(empty) <= sort_key("A")
