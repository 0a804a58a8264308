"""Two orders at the same moment: real processes, real databases."""

import pytest

pytestmark = pytest.mark.slow
COUNT = 60


def test_two_orders_at_once_do_not_both_take_the_last_yuan(race):
    result = race("ordering", str(COUNT))
    assert all(sorted(pair) == ["over-budget", "placed"] for pair in result["answers"])
    assert result["overdrawn"] == 0


def test_without_the_guard_the_fund_is_overdrawn(race):
    result = race("ordering", str(COUNT * 3), "--sabotage")
    assert ["placed", "placed"] in result["answers"]
    assert result["overdrawn"] > 0
