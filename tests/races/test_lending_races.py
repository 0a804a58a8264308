"""Two desks at the same moment: real processes, real databases."""

import pytest

pytestmark = pytest.mark.slow
COUNT = 200


def test_two_terminals_lending_the_same_copy_make_one_loan(race):
    result = race("harness", "copy", str(COUNT))
    assert all(sorted(pair) == ["copy-on-loan", "lent"] for pair in result["answers"])
    assert result["open_loans"] == COUNT


def test_two_terminals_do_not_pass_a_readers_limit_together(race):
    result = race("harness", "limit", str(COUNT // 4))
    assert all(sorted(pair) == ["lent", "loan-limit-reached"] for pair in result["answers"])


@pytest.mark.parametrize("kind", ["copy", "limit"])
def test_without_the_guard_the_race_is_lost(race, kind):
    """The same harness, the guards removed: some copy is lent twice, some limit passed."""
    result = race("harness", kind, str(COUNT), "--sabotage")
    assert ["lent", "lent"] in result["answers"]
