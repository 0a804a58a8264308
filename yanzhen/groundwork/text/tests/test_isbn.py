import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.groundwork.text.isbn import Isbn, check_digit, normalise


@pytest.mark.parametrize(
    "raw",
    [
        "9787020002207",
        "978-7-02-000220-7",
        "９７８－７－０２－０００２２０－７",
        "7-02-000220-X",
        "702000220x (精装)",
        "ISBN 978-7-02-000220-7(平装) : CNY59.70",
        "978‑7‑02‑000220‑7",
    ],
)
def test_one_book_however_its_number_is_printed(raw):
    assert normalise(raw) == Isbn("9787020002207", True)


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("9787020002208", "9787020002208"),
        ("7-02-000220-1", "7020002201"),
        ("6901234567892", "6901234567892"),
    ],
)
def test_a_wrong_number_keeps_its_digits_and_is_not_valid(raw, digits):
    assert normalise(raw) == Isbn(digits, False)


@pytest.mark.parametrize("raw", ["", "精装", "CNY68.00", "10019·123", "12345", "97870200022X7"])
def test_no_number(raw):
    assert normalise(raw) is None


@given(st.integers(0, 999_999_999))
def test_ten_and_thirteen_digits_meet(body):
    nine = f"{body:09}"
    rest = -sum(w * int(d) for w, d in zip(range(10, 1, -1), nine, strict=True)) % 11
    ten = nine + "0123456789X"[rest]
    assert normalise(ten) == normalise("978" + nine + check_digit("978" + nine))
    assert normalise(ten).valid


@given(st.text())
def test_any_text_may_be_asked(text):
    found = normalise(text)
    assert found is None or len(found.digits) in (10, 13)
