"""Two desks with the last copy of a line: real processes, real databases."""

import pytest

pytestmark = pytest.mark.slow
COUNT = 40


def test_the_last_copy_is_taken_in_once(race):
    result = race("receiving", str(COUNT))
    assert all(sorted(pair) == ["more-than-ordered", "received"] for pair in result["answers"])
    assert (result["over"], result["copies"]) == (0, COUNT)


def test_without_the_guard_it_is_taken_in_twice(race):
    result = race("receiving", str(COUNT * 2), "--sabotage")
    assert ["received", "received"] in result["answers"]
    assert result["over"] > 0
