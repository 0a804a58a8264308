"""Two people ask for a number of a class at once: real processes, real databases."""

import pytest

pytestmark = pytest.mark.slow
COUNT = 60


def _whole(count: int) -> set[str]:
    """Both of every round have a number, and the classes run without a gap."""
    return {f"K{n}/{number}" for n in range(count // 10) for number in range(1, 21)}


def test_no_number_of_a_class_is_given_twice_or_left_out(race):
    said = race("numbering", str(COUNT))["said"]
    assert len(said) == 2 * COUNT
    assert set(said) == _whole(COUNT)


def test_without_the_guards_the_race_is_lost(race):
    """The same numbers are given twice, or asking breaks."""
    assert set(race("numbering", str(COUNT * 3), "--sabotage")["said"]) != _whole(COUNT * 3)
