"""The project as real processes: migrate, load the demo county, serve, stop."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import template

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "yanzhen.config.command"]
LONGEST_START = 90
LONGEST_STOP = 30
_BEHIND = (
    "SELECT COUNT(*) FROM groundwork_fact WHERE spread_at IS NULL UNION ALL "
    "SELECT COUNT(*) FROM groundwork_delivery WHERE done_at IS NULL UNION ALL "
    "SELECT COALESCE((SELECT MAX(id) FROM discovery_indexchange), 0) - "
    "COALESCE((SELECT MAX(cursor) FROM harvest_offerfeed), -1) UNION ALL "
    "SELECT COUNT(*) FROM harvest_offerfeed WHERE filled_to IS NOT NULL"
)


class Site:
    """One running Yanzhen with its own data folder; `url` is where it answers."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.root = ROOT
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.sign_ins: dict[str, dict] = {}
        kept = {k: v for k, v in os.environ.items() if not k.startswith("YANZHEN_")}
        self.environment = {
            **kept, "YANZHEN_DATA": str(folder), "DATABASE_URL": "", "DEBUG": "1",
            "PORT": str(self.port), "HOST": "127.0.0.1", "SIP2_PORT": "0", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        self._log = folder / "serve.log"

    def prepare(self) -> None:
        self.migrate()
        self.run("demo")

    def migrate(self) -> None:
        """As `migrate` would have left it."""
        shutil.copy(template.on_disk(), self.folder / "yanzhen.sqlite3")

    def run(self, *words: str) -> str:
        """What a command says that runs beside the server; it must succeed."""
        done = subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=self.environment, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout

    def settled(self) -> None:
        """Wait until the worker has told the harvesters of every title, and it is past their
        dates, which lie a little ahead."""
        deadline = time.monotonic() + LONGEST_START
        while any(count for (count,) in self.rows(_BEHIND)):
            if time.monotonic() > deadline:
                raise RuntimeError("the worker did not catch up:\n" + self.log())
            time.sleep(0.2)
        time.sleep(3)

    def begin(self) -> None:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start(self) -> None:
        self.begin()
        deadline = time.monotonic() + LONGEST_START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start:\n" + self.log())
            time.sleep(0.2)

    def stop(self) -> int:
        """Stop as Ctrl-C does; the exit code, 0 when everything said goodbye."""
        self._process.send_signal(signal.SIGINT)
        return self.wait()

    def wait(self) -> int:
        return self._process.wait(LONGEST_STOP)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def rows(self, query: str, *values) -> list[tuple]:
        """Look something up in the database file, read-only."""
        address = f"file:{self.folder / 'yanzhen.sqlite3'}?mode=ro"
        with sqlite3.connect(address, uri=True) as connection:
            return connection.execute(query, values).fetchall()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
