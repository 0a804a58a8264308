"""The whole suite: on SQLite, on PostgreSQL, then the browser journeys.

What was left out, and why, is said by the last run just before its closing line
(see `pytest_terminal_summary` in conftest.py).
"""

import os
import subprocess
import sys
from pathlib import Path

from tools import chromium, yaz

ROOT = Path(__file__).resolve().parent.parent
SKIPS = ROOT / "var" / "skipped-tests.txt"
PYTEST = [sys.executable, "-m", "pytest"]
WORKERS = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]


def run(title: str, command: list[str], **environment: str) -> int:
    print(f"\n== {title} ==", flush=True)
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def main() -> int:
    SKIPS.parent.mkdir(exist_ok=True)
    SKIPS.write_text("", "utf-8")
    chromium.install()
    yaz.install()
    told = {"TEST_SKIPS": str(SKIPS)}
    fast = [*PYTEST, *WORKERS, "-m", "not journey"]
    codes = [
        run("SQLite", fast, DATABASE_URL="", **told),
        run("PostgreSQL", [sys.executable, "-m", "tools.postgres", "--fast", "--", *fast], **told),
        run("浏览器", [*PYTEST, "-m", "journey"], DATABASE_URL="", TEST_SKIPS_TELL="1", **told),
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
