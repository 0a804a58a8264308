import pytest

from yanzhen.groundwork.text.id_number import check_digit, is_valid


def test_the_example_of_the_standard():
    assert check_digit("11010519491231002") == "X"
    assert is_valid("11010519491231002X")
    assert is_valid("440524188001010014")


@pytest.mark.parametrize(
    "number",
    [
        "", "110105194912310021", "11010519491331002X", "11010519491231002", "x" * 18,
        "１１０１０５１９４９１２３１００２X",
    ],
)  # fmt: skip
def test_what_is_none(number):
    assert not is_valid(number)
