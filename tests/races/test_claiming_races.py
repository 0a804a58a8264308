"""Two claims at the same moment: real processes, real databases."""

import pytest

pytestmark = pytest.mark.slow
COUNT = 200


def test_of_two_claims_at_once_one_is_granted(race):
    result = race("claiming", str(COUNT))
    for pair in result["answers"]:
        assert sorted(pair) in (
            ["already-claimed", "claimed"], ["claimed", "claimed-meanwhile"],
        )  # fmt: skip
    assert result["claims"] == COUNT
    assert result["broken"] == []


def test_without_the_guards_a_resource_is_in_two_places(race):
    result = race("claiming", str(COUNT), "--sabotage")
    assert ["claimed", "claimed"] in result["answers"]
    assert any("taken twice" in told for told in result["broken"])
