"""Two desks with the last copy of a line: real processes, real databases."""

import json
import os
import subprocess
import sys

import pytest

from tests.races.test_lending_races import own_database  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow
COUNT = 40


def race(database: str, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.receiving", *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_last_copy_is_taken_in_once(own_database):  # noqa: F811
    result = race(own_database, str(COUNT))
    assert all(sorted(pair) == ["more-than-ordered", "received"] for pair in result["answers"])
    assert (result["over"], result["copies"]) == (0, COUNT)


def test_without_the_guard_it_is_taken_in_twice(own_database):  # noqa: F811
    result = race(own_database, str(COUNT * 2), "--sabotage")
    assert ["received", "received"] in result["answers"]
    assert result["over"] > 0
