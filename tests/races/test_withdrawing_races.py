"""Lending against approving a withdrawal: real processes, a database of their own."""

import json
import os
import subprocess
import sys

import pytest

from tests.races.test_lending_races import own_database  # noqa: F401

pytestmark = pytest.mark.slow
COPIES = 60


def test_a_copy_is_lent_or_withdrawn_and_never_both(own_database):  # noqa: F811
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.withdrawing", str(COPIES)],
        env={**os.environ, "DATABASE_URL": own_database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["broken"] == []
    assert set(result["said"].values()) == {"lent", "copy-withdrawn"}, "the race did not take place"
    for barcode, answer in result["said"].items():
        ended = {"lent": "on_loan", "copy-withdrawn": "withdrawn"}[answer]
        assert result["states"][barcode] == ended
