"""What every race needs: a database of its own, and the way to start it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests import template


@pytest.fixture
def own_database(tmp_path):
    with template.own_database(tmp_path) as url:
        yield url


@pytest.fixture
def race(own_database) -> Callable[..., dict]:
    """`race("ordering", "60")`: run that module of this folder as a program; what it printed."""

    def run(module: str, *arguments: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.races.{module}", *arguments],
            env={**os.environ, "DATABASE_URL": own_database},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
