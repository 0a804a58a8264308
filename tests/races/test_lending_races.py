"""Two desks at the same moment: real processes, real databases."""

import json
import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

pytestmark = pytest.mark.slow
COUNT = 200


@pytest.fixture
def own_database(tmp_path):
    """DATABASE_URL of an empty database that nobody else uses, on the engine under test."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'race.sqlite3'}"
        return
    name = f"race_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def race(database: str, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.harness", *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_terminals_lending_the_same_copy_make_one_loan(own_database):
    result = race(own_database, "copy", str(COUNT))
    assert all(sorted(pair) == ["copy-on-loan", "lent"] for pair in result["answers"])
    assert result["open_loans"] == COUNT


def test_two_terminals_do_not_pass_a_readers_limit_together(own_database):
    result = race(own_database, "limit", str(COUNT // 4))
    assert all(sorted(pair) == ["lent", "loan-limit-reached"] for pair in result["answers"])


@pytest.mark.parametrize("kind", ["copy", "limit"])
def test_without_the_guard_the_race_is_lost(own_database, kind):
    """The same harness, the guards removed: some copy is lent twice, some limit passed."""
    result = race(own_database, kind, str(COUNT), "--sabotage")
    assert ["lent", "lent"] in result["answers"]
