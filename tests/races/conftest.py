"""What every race needs: a database of its own, and the way to start it."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest


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
