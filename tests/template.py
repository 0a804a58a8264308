"""A migrated, otherwise empty database made once, of which every test's own is a copy.

Migrating takes the better part of a minute; copying takes none. The template lies under
`var/test-templates` (SQLite) or in the server (PostgreSQL) and is named by what made it: the
migrations, the modules they import and the version of Django. Whoever comes second waits.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-templates"


def database_at(url: str, name: str) -> str:
    """The address of another database of the same PostgreSQL server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """DATABASE_URL of a migrated database nobody else uses, on the engine under test."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{shutil.copy(on_disk(), folder / 'own.sqlite3')}"
        return
    name = f"own_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {in_server(url)}")
    yield database_at(url, name)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def into_memory(name: str) -> sqlite3.Connection:
    """Fill the shared database `name` in memory; it lives as long as what is returned."""
    keeper = sqlite3.connect(name, uri=True)
    with sqlite3.connect(on_disk()) as template:
        template.backup(keeper)
    return keeper


@cache
def on_disk() -> Path:
    """The template of SQLite, made if it is not there."""
    path = FOLDER / f"{_digest()}.sqlite3"
    with _alone():
        if not path.exists():
            raw = path.with_suffix(".raw")
            raw.unlink(missing_ok=True)
            _migrate(f"sqlite:///{raw}")
            with sqlite3.connect(raw) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
            raw.replace(path)
    return path


@cache
def in_server(url: str) -> str:
    """The name of the template in the PostgreSQL server at `url`, made if it is not there."""
    name = f"template_{_digest()}"
    with _alone(), psycopg.connect(url, autocommit=True) as admin:
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            raw = f"raw_{_digest()}"
            admin.execute(f"DROP DATABASE IF EXISTS {raw}")
            admin.execute(f"CREATE DATABASE {raw}")
            _migrate(database_at(url, raw))
            admin.execute(f"ALTER DATABASE {raw} RENAME TO {name}")
    return name


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "yanzhen.config.command", "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_URL": url}, cwd=ROOT, check=True,
    )  # fmt: skip


@contextmanager
def _alone() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _digest() -> str:
    seen = hashlib.sha256(f"{django.__version__} {sys.version}".encode())
    for path in _makers():
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def _makers() -> list[Path]:
    """The migrations and every module of ours that they import, however far away."""
    waiting = set((ROOT / "yanzhen").rglob("migrations/*.py"))
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        found.add(path)
        waiting |= _imported(path) - found
    return sorted(found)


def _imported(path: Path) -> set[Path]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    ours = (ROOT / (name.replace(".", "/") + ".py") for name in names if name.startswith("yanzhen"))
    return {each for each in ours if each.exists()}
