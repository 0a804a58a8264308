"""Two orders at the same moment: real processes, real databases."""

import json
import os
import subprocess
import sys

import pytest

from tests.races.test_lending_races import own_database  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow
COUNT = 60


def race(database: str, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.ordering", *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_orders_at_once_do_not_both_take_the_last_yuan(own_database):  # noqa: F811
    result = race(own_database, str(COUNT))
    assert all(sorted(pair) == ["over-budget", "placed"] for pair in result["answers"])
    assert result["overdrawn"] == 0


def test_without_the_guard_the_fund_is_overdrawn(own_database):  # noqa: F811
    result = race(own_database, str(COUNT * 3), "--sabotage")
    assert ["placed", "placed"] in result["answers"]
    assert result["overdrawn"] > 0
