"""Public pages: from the page cache against the server's own hello; uncached against Django's.

    python -m benchmarks.pages [--repeats 3]

Runs on the demo county in a temporary folder (DATABASE_URL empty or an empty database), served as
in production (DEBUG=0). The list pages are all pages of the catalogue one after the other, twenty
titles each, and the network. The page cache is asked as browsers ask, for the zipped form.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.web import served
from benchmarks.wire import get, hammer

CACHED, UNCACHED = 20_000, 2_000
CLIENTS = 2
PAGES = 20  # of twenty titles; the demo county has a little over 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        run(Path(folder), options.repeats)


def run(folder: Path, repeats: int) -> None:
    environment = {"YANZHEN_DATA": str(folder), "DEBUG": "0"}
    for words in ("migrate -v0", "demo --force", "collectstatic --noinput"):
        command = [sys.executable, "-m", "yanzhen.config.command", *words.split()]
        subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)
    hello, cached, django, browse, network, memory = [], [], [], [], [], 0.0
    for _ in range(repeats):
        with served({}, application="benchmarks.hello:application") as port:
            hello.append(hammer(port, [get("/")] * CACHED, clients=CLIENTS))
        with served({**environment, "YANZHEN_PAGE_CACHE_SECONDS": "600"}) as port:
            page = get("/catalogue/?q=hlm", accept_encoding="gzip")
            hammer(port, [page] * 50, clients=CLIENTS)
            cached.append(hammer(port, [page] * CACHED, clients=CLIENTS))
        with served({**environment, "YANZHEN_PAGE_CACHE_SECONDS": "0"}) as port:
            hammer(port, _browsing(50), clients=CLIENTS)
            django.append(hammer(port, [get("/healthz")] * UNCACHED, clients=CLIENTS))
            browse.append(hammer(port, _browsing(UNCACHED // 2), clients=CLIENTS))
            network.append(hammer(port, [get("/branches/")] * (UNCACHED // 2), clients=CLIENTS))
            memory = _megabytes(port)
    print(f"pages, load {os.getloadavg()[0]:.1f}")
    _tell("cached page / the server's own hello", cached, hello, "80%")
    _tell("uncached catalogue page / Django's hello", browse, django, "20%")
    _tell("uncached page of the network / Django's hello", network, django, "20%")
    print(f"  memory of one web process after this: {memory:.0f} MB")


def _browsing(count: int) -> list[bytes]:
    """The catalogue from its first page to its last, again and again."""
    return [get(f"/catalogue/?page={number % PAGES + 1}") for number in range(count)]


def _tell(name: str, ours: list[float], ceiling: list[float], goal: str) -> None:
    share = statistics.median(o / c for o, c in zip(ours, ceiling, strict=True))
    print(
        f"  {name}: {statistics.median(ours):,.0f} of {statistics.median(ceiling):,.0f} a second"
        f" = {share:.0%}   (goal >= {goal})"
    )


def _megabytes(port: int) -> float:
    """Resident memory of the largest web process that listens on the port."""
    sizes = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = (status.parent / "cmdline").read_bytes()
            if b"granian" in words and str(port).encode() in words:
                line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
                sizes.append(int(line.split()[1]))
        except (OSError, StopIteration):
            continue
    return max(sizes) / 1024


if __name__ == "__main__":
    main()
