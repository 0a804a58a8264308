"""OAI-PMH over HTTP against writing the same XML and nothing else, and how it grows.

    python -m benchmarks.harvest [--sizes 10000 100000] [--repeats 3]

A harvester follows the resumption tokens of one list to its end. Its ceiling is one process that
writes the XML of records it has in memory. Both in one run, so the ratio means something on a busy
machine. DATABASE_URL chooses PostgreSQL (empty); without it SQLite in a temporary folder.
"""

import argparse
import os
import random
import re
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from benchmarks.web import served

PREFIXES = ("marcxml", "oai_dc")
CEILING = 5_000  # records the ceiling is measured with
GOAL_SHARE, GOAL_GROWTH = 0.4, 1.3
_TOKEN = re.compile(rb"<resumptionToken [^>]*>([^<]+)<")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=3, help="of the first size: the median")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        run(Path(folder), options.sizes, options.repeats)


def run(folder: Path, sizes: list[int], repeats: int) -> None:
    environment = {
        "YANZHEN_DATA": str(folder), "DEBUG": "0", "YANZHEN_PAGE_CACHE_SECONDS": "0",
        "DJANGO_SETTINGS_MODULE": "yanzhen.config.settings",
    }  # fmt: skip
    os.environ.update(environment)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}")
    nodes, kind = _places()
    first: dict[str, float] = {}
    had = 0
    for size in sizes:
        _add(nodes, kind, had, size)
        seconds = _offer()
        print(f"  offers followed up to {size:,}: {(size - had) / seconds:9,.0f} titles/s")
        had = size
        alone = {prefix: _alone(prefix) for prefix in PREFIXES}
        connections.close_all()
        with served(environment) as port:
            _harvest(port, "oai_dc", size, pages=3)  # the server has just started
            for prefix in PREFIXES:
                turns = repeats if not first.get(prefix) else 1
                rate = statistics.median(_harvest(port, prefix, size) for _ in range(turns))
                first.setdefault(prefix, rate)
                _tell(prefix, size, rate, alone[prefix], first[prefix])
    print(f"  load {os.getloadavg()[0]:.1f}")


def _tell(prefix: str, size: int, rate: float, alone: float, first: float) -> None:
    growth = first / rate
    print(
        f"  {prefix}, {size:,} titles: {rate:9,.0f} records/s, {rate / alone:.2f} of writing alone "
        f"at {alone:,.0f} (goal {GOAL_SHARE}), {growth:.2f} x the time a record took at first "
        f"(goal <= {GOAL_GROWTH})"
    )


def _places() -> tuple[list, int]:
    from benchmarks import county
    from yanzhen.library.holdings.models import ItemKind

    kind = ItemKind.objects.create(code="book", name="图书", name_en="Book")
    return county._nodes(), kind.pk


def _add(nodes: list, kind: int, had: int, size: int) -> None:
    """Titles and copies up to `size`, told of by the change feed as an import would."""
    from benchmarks import corpus, county
    from yanzhen.library.discovery.marking import mark_added
    from yanzhen.library.holdings.models import Copy

    r, copies = random.Random(size), Copy.objects.count()
    for start in range(had + 1, size + 1, county.PORTION):
        some = list(corpus.facts(min(county.PORTION, size + 1 - start), first=start))
        held = [county._held(one, nodes, r) for one in some]
        copies = county._store(some, held, kind, copies)
        mark_added({"first_id": start, "last_id": start + len(some) - 1})


def _offer() -> float:
    from yanzhen.library.harvest import offering

    began = time.perf_counter()
    offering.catch_up()
    return time.perf_counter() - began


def _alone(prefix: str) -> float:
    """Records a second by one process that only writes them."""
    from yanzhen.doors.oai import writing
    from yanzhen.library.harvest import queries
    from yanzhen.library.harvest.queries import Window

    offers, after, more = [], 0, True
    while more and len(offers) < CEILING:
        some, more = queries.portion(Window(), after, 500)
        offers += some
        after = some[-1].position
    began = time.perf_counter()
    for offer in offers:
        writing.record(offer, "yanzhen.example", prefix)
    return len(offers) / (time.perf_counter() - began)


def _harvest(port: int, prefix: str, size: int, pages: int = 0) -> float:
    """Records a second of a whole list; fails when one is missing. `pages`: only so many."""
    base = f"http://127.0.0.1:{port}/oai?verb=ListRecords"
    address, count, began = f"{base}&metadataPrefix={prefix}", 0, time.perf_counter()
    while address:
        with urllib.request.urlopen(address) as answer:
            page = answer.read()
        count += page.count(b"<header>")
        token = _TOKEN.search(page)
        address = f"{base}&resumptionToken={quote(token[1].decode())}" if token else ""
        pages -= 1
        if not pages:
            return 0.0
    assert count == size, (count, size)
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
