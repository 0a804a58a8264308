"""Taking in MARC records end to end: read, derive, match, store, index.

    python -m benchmarks.marc_import [--sizes 10000 100000] [--million] [--repeats 3]

DATABASE_URL chooses the database (empty); without it SQLite in a temporary folder. Ceilings are
measured in the same run, each alone on one core: parsing only, writing only (COPY or executemany,
with the indexes), the search index only. Besides the clock, the processor seconds of all our
processes are printed (the database server's are its own): they stay true on a busy machine.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CEILING = 20_000  # records the ceilings are measured with
CEILING_FIRST = 900_000_000  # their numbers: apart from the others


class Spent(NamedTuple):
    """Seconds by the clock, and of the processors."""

    clock: float
    processor: float

    def rate(self, count: int) -> str:
        return (
            f"{count / self.clock:9,.0f} rec/s {self.clock:8.1f} s "
            f"{1e6 * self.processor / count:7.0f} µs CPU/rec"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="1,000,000 as the last size")
    parser.add_argument("--repeats", type=int, default=3, help="of the ceilings: the median")
    options = parser.parse_args()
    sizes = [*options.sizes, *([1_000_000] if options.million else [])]
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        os.environ.update(YANZHEN_DATA=folder, DJANGO_SETTINGS_MODULE="yanzhen.config.settings")
        import django

        django.setup()
        run(Path(folder), sizes, options.repeats)


def run(folder: Path, sizes: list[int], repeats: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}")
    alone = ceilings(folder, repeats)
    for name, spent in alone.items():
        print(f"  {name:<24}{spent.rate(CEILING)}")
    first = 1
    for size in sizes:
        path = corpus_file(folder, size, first)
        first += size
        new = spent_on(lambda path=path, size=size: end_to_end(path, added=size))
        again = spent_on(lambda path=path: end_to_end(path, added=0))
        print(f"  {f'{size:,} new':<24}{new.rate(size)}   {ratios(new, size, alone)}")
        print(f"  {f'{size:,} again':<24}{again.rate(size)}")
        path.unlink()
    peak = [resource.getrusage(who).ru_maxrss // 1024 for who in _OURS]
    print(
        f"  peak memory {peak[0]} MB storing, {peak[1]} MB reading; load {os.getloadavg()[0]:.1f}"
    )


def ratios(spent: Spent, count: int, alone: dict[str, Spent]) -> str:
    """The rate end to end as a share of each ceiling."""
    rate = count / spent.clock
    shares = [f"{100 * rate * each.clock / CEILING:.0f} % of {n}" for n, each in alone.items()]
    return ", ".join(shares)


def ceilings(folder: Path, repeats: int) -> dict[str, Spent]:
    from django.db import connection

    from yanzhen.config.index_entry import entry_of
    from yanzhen.library.catalogue.marc import reading
    from yanzhen.library.catalogue.preparing import batches

    path = corpus_file(folder, CEILING, CEILING_FIRST)
    with path.open("rb") as file:
        records = [each for batch in batches(file, "auto", entry_of) for each in batch.records]

    def parse() -> None:
        with path.open("rb") as file:
            assert sum(1 for _ in reading.read(file)) == CEILING

    jobs = {
        "parse": parse,
        "write": lambda: write_only([record[3] for record in records]),
        "index": lambda: index_only(folder / "ceiling", [record[4] for record in records]),
    }
    found = {name: median([spent_on(job) for _ in range(repeats)]) for name, job in jobs.items()}
    path.unlink()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_bibrecord")
    return found


def write_only(titles: list[tuple]) -> None:
    """COPY or executemany into the true table, durably."""
    from django.db import transaction
    from django.utils import timezone

    from yanzhen.library.catalogue import bulk

    with transaction.atomic():
        ids = bulk.next_ids(len(titles))
        bulk.insert(ids, titles, source="演示", at=timezone.now())


def index_only(root: Path, entries: list[tuple]) -> None:
    from yanzhen.library.discovery.indexing import adding_entries

    with adding_entries(root, fresh=True) as add:
        for number, entry in enumerate(entries, 1):
            add(number, entry)


def end_to_end(path: Path, *, added: int) -> None:
    """What `yanzhen marc import` does; fails when the titles are not all there afterwards."""
    from django.conf import settings
    from django.utils import timezone

    from yanzhen.config.index_entry import entry_of
    from yanzhen.config.index_feed import feeding
    from yanzhen.library.catalogue.taking_in import take_in
    from yanzhen.people.roles import Actor, Grant

    feed = feeding(settings.SEARCH_INDEX)
    by = Actor(None, None, "演示", (Grant("director", "", ""),))
    run = take_in(path, file_name=path.name, by=by, at=timezone.now(), entry=entry_of, feed=feed)
    assert (run.added, run.damaged) == (added, 0), (run.added, run.matched, run.damaged)


def corpus_file(folder: Path, count: int, first: int) -> Path:
    from benchmarks.corpus import facts, iso2709

    path = folder / f"{count}.mrc"
    with path.open("wb") as file:
        file.writelines(map(iso2709, facts(count, first=first)))
    return path


_OURS = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def spent_on(job: Callable[[], None]) -> Spent:
    clock, processor = time.perf_counter(), _processor()
    job()
    return Spent(time.perf_counter() - clock, _processor() - processor)


def _processor() -> float:
    usages = [resource.getrusage(who) for who in _OURS]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def median(spent: list[Spent]) -> Spent:
    return Spent(*map(statistics.median, zip(*spent, strict=True)))


if __name__ == "__main__":
    main()
