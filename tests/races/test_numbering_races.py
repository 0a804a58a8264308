"""Two people ask for a number of a class at once: real processes, real databases."""

import json
import os
import subprocess
import sys

import pytest

from tests.races.test_lending_races import own_database  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow
COUNT = 60


def race(database: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.numbering", *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["said"]


def _whole(count: int) -> set[str]:
    """Both of every round have a number, and the classes run without a gap."""
    return {f"K{n}/{number}" for n in range(count // 10) for number in range(1, 21)}


def test_no_number_of_a_class_is_given_twice_or_left_out(own_database):  # noqa: F811
    said = race(own_database, str(COUNT))
    assert len(said) == 2 * COUNT
    assert set(said) == _whole(COUNT)


def test_without_the_guards_the_race_is_lost(own_database):  # noqa: F811
    """The same numbers are given twice, or asking breaks."""
    assert set(race(own_database, str(COUNT * 3), "--sabotage")) != _whole(COUNT * 3)
