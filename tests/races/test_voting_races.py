"""Two votes of one person at the same moment: real processes, real databases."""

import pytest

pytestmark = pytest.mark.slow
COUNT = 20


def test_two_votes_of_one_person_at_once_are_one_vote(race):
    result = race("voting", str(COUNT))
    assert all(sorted(pair) == ["voted", "voted-already"] for pair in result["answers"])
    assert result["ballots"] == COUNT
    assert result["broken"] == []


def test_without_the_guard_somebody_votes_twice(race):
    result = race("voting", str(COUNT), "--sabotage")
    assert ["voted", "voted"] in result["answers"]
    assert result["ballots"] > COUNT
