"""Two drafts for the same day at the same moment: one is published, the other is told so."""

import json
import os
import subprocess
import sys

import pytest

from tests.races.test_lending_races import own_database  # noqa: F401

pytestmark = pytest.mark.slow
ROUNDS = 15


def test_one_of_two_drafts_for_the_same_day_is_published(own_database):  # noqa: F811
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.publishing", str(ROUNDS)],
        env={**os.environ, "DATABASE_URL": own_database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["answers"] == [["published", "rules-overlap"]] * ROUNDS
    assert result["rows"] == 1 + ROUNDS
    assert result["broken"] == []
