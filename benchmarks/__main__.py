"""All benchmarks, one after the other, and their ratios in one closing table.

    python -m benchmarks [--full] [--repeats 3]

Each runs in a process of its own with a fresh database in a temporary folder: SQLite, and a
PostgreSQL that waits for its disk (tools/postgres.py without --fast). --full means a million
titles. Ratios compare what was measured in one run; absolute figures only mean something on a
machine that does nothing else.
"""

import argparse
import os
import re
import subprocess
import sys
from typing import NamedTuple

POSTGRES = ("-m", "tools.postgres", "--", sys.executable)


class Benchmark(NamedTuple):
    """A module to run with its options, on SQLite or on PostgreSQL."""

    name: str
    words: tuple[str, ...]
    postgres: bool = False

    def command(self) -> list[str]:
        return [sys.executable, *(POSTGRES if self.postgres else ()), "-m", *self.words]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="with 1,000,000 titles")
    parser.add_argument("--repeats", type=int, default=3, help="the median of so many runs")
    options = parser.parse_args()
    told: list[tuple[str, str]] = []
    failed = []
    for each in _benchmarks(options.full, str(options.repeats)):
        print(f"\n=== {each.name}", flush=True)
        lines, trouble = _run(each)
        told += [(each.name, line) for line in lines]
        if trouble:
            failed.append(each.name)
    _close(told, failed, options.repeats)
    return 1 if failed else 0


def _benchmarks(full: bool, repeats: str) -> list[Benchmark]:
    titles = "1000000" if full else "100000"
    again = ("--repeats", repeats)
    search = ("benchmarks.search_pages", "--titles", titles, *again)
    lending = ("benchmarks.lending", *again)
    machines = ("benchmarks.sip2", *again)
    booking = ("benchmarks.booking", *again)
    taking_in = ("benchmarks.marc_import", *again, *(("--million",) if full else ()))
    harvesting = ("benchmarks.harvest", *again)
    return [
        Benchmark("pages", ("benchmarks.pages", *again)),
        Benchmark(f"search, {titles} titles, SQLite", search),
        Benchmark(f"search, {titles} titles, PostgreSQL", search, postgres=True),
        Benchmark("lending, SQLite", lending),
        Benchmark("lending, PostgreSQL", lending, postgres=True),
        Benchmark("booking, SQLite", booking),
        Benchmark("booking, PostgreSQL", booking, postgres=True),
        Benchmark("machines, SQLite", machines),
        Benchmark("machines, PostgreSQL", machines, postgres=True),
        Benchmark("rebalancing, SQLite", ("benchmarks.rebalancing",)),
        Benchmark("rebalancing, PostgreSQL", ("benchmarks.rebalancing",), postgres=True),
        Benchmark("MARC import, SQLite", taking_in),
        Benchmark("MARC import, PostgreSQL", taking_in, postgres=True),
        Benchmark("harvesting, SQLite", harvesting),
        Benchmark("harvesting, PostgreSQL", harvesting, postgres=True),
    ]


def _run(benchmark: Benchmark) -> tuple[list[str], bool]:
    """Print what it prints; return its lines that name a goal, and whether it failed."""
    running = subprocess.Popen(
        benchmark.command(), stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    lines = []
    for line in running.stdout or ():
        print(line, end="", flush=True)
        if "(goal" in line:
            lines.append(re.sub(r"\s+", " ", line.strip()))
    return lines, running.wait() != 0


def _close(told: list[tuple[str, str]], failed: list[str], repeats: int) -> None:
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n{'=' * 78}\nRatios, median of {repeats}; {os.cpu_count()} cores; load {load}")
    last = ""
    for name, line in told:
        if name != last:
            print(name)
        print(f"  {line}")
        last = name
    for name in failed:
        print(f"FAILED: {name}")


if __name__ == "__main__":
    sys.exit(main())
