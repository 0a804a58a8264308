"""`yanzhen serve` as somebody starts it, and the processes it becomes."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.running import Site

HERE = Path(__file__).parent
LONGEST_STOP = 15


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Once in the whole suite, with the journeys: the server brings its own database."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def migrated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("serving")
    Site(folder).migrate()
    return folder


@pytest.fixture
def site(migrated) -> Iterator[Site]:
    """Not started yet; nothing of it is left over, whatever the test did."""
    site = Site(migrated)
    yield site
    for pid in family(site.pid) if site.running else ():
        os.kill(pid, signal.SIGKILL)


def family(pid: int) -> set[int]:
    """A process and whatever it began, and what those began."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()]
    parent = {int(row[0]): int(row[1]) for row in rows if not row[2].startswith("Z")}
    found, new = set(), {pid} & parent.keys()
    while new:
        found |= new
        new = {child for child, above in parent.items() if above in found} - found
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of them that still run."""
    return {pid for pid in pids if family(pid)}


def all_gone(pids: set[int]) -> bool:
    deadline = time.monotonic() + LONGEST_STOP
    while alive(pids) and time.monotonic() < deadline:
        time.sleep(0.2)
    return not alive(pids)
