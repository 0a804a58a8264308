"""Search pages over HTTP against their ceiling: raw tantivy plus an empty Django page.

    python -m benchmarks.search_pages [--titles 100000] [--repeats 3]

Every query is asked once of a server that has just started and has drawn none of its titles: what
is kept in memory (docs/decisions/0016) helps no more than it does in real life on a bad day. How
long a page takes is measured one at a time, as tantivy's answer is; how many there are a second,
with two visitors for each process, of a server that has just started once more.
Everything is measured in one run on one machine, so the ratios mean something even when the
machine is busy; the load average is printed with them. DATABASE_URL chooses PostgreSQL; the
database must be empty. Without it an SQLite file in a temporary folder is used.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.web import Timing, load, served

MOST = 300  # queries of a kind
VISITORS = 4
GOAL_A_SECOND, GOAL_RATIO = 250, 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--titles", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        run(Path(folder), options.titles, options.repeats)


def run(folder: Path, titles: int, repeats: int) -> None:
    environment = {
        "YANZHEN_DATA": str(folder), "DEBUG": "0", "YANZHEN_PAGE_CACHE_SECONDS": "0",
        "DJANGO_SETTINGS_MODULE": "yanzhen.config.settings",
    }  # fmt: skip
    os.environ.update(environment)
    import django

    django.setup()
    from django.db import connection, connections

    seconds = _prepare(folder, titles)
    print(f"index of {titles:,} titles: {seconds:.1f} s, {titles / seconds:,.0f} titles/s")
    kinds = _queries(folder / "search")
    warming = kinds.pop("warming")
    connections.close_all()
    rounds = [_round(folder / "search", environment, kinds, warming) for _ in range(repeats)]
    print(f"\n{connection.vendor}, median of {repeats}; load average {os.getloadavg()[0]:.2f}")
    _tell(rounds, kinds)


def _prepare(folder: Path, titles: int) -> float:
    from django.core.management import call_command

    from benchmarks.county import fill

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return fill(titles, folder / "search")


def _queries(root: Path) -> dict[str, list[str]]:
    """Different queries, by how many of all titles hold their words; no word in two kinds but the
    common ones, which come alone and in pairs."""
    from benchmarks import corpus
    from yanzhen.groundwork.text import words
    from yanzhen.library.discovery.index import Index

    searcher = Index(root).searcher()
    every = searcher.num_docs
    found = {word for one in corpus.facts(6000) for word in words(one.title) if len(word) > 1}
    share = {word: searcher.doc_freq("title", word) / every for word in sorted(found)}
    r = random.Random(7)

    def some(low: float, high: float, most: int = MOST) -> list[str]:
        fitting = [word for word, part in share.items() if low <= part < high]
        return r.sample(fitting, min(most, len(fitting)))

    common, rare = some(0.005, 1), some(0, 0.00004 + 3 / every, 2 * MOST)
    pairs = [f"{a} {b}" for a in common for b in common if a < b]
    return {
        "common": common, "two common": r.sample(pairs, min(MOST, len(pairs))),
        "mid": some(0.0005, 0.005), "rare": rare[:MOST], "warming": rare[MOST:],
    }  # fmt: skip


def _round(
    root: Path, environment: dict[str, str], kinds: dict[str, list[str]], warming: list[str]
) -> dict[str, Timing]:
    found = {}
    for kind, some in kinds.items():
        with served(environment) as port:
            load(port, _addresses(warming))
            found[f"empty page, {kind}"] = load(port, ["/healthz"] * MOST, clients=1)
            found[f"page, {kind}"] = load(port, _addresses(some), clients=1)
        found[f"tantivy, {kind}"] = _raw(root, some)
        with served(environment) as port:
            load(port, _addresses(warming))
            found[f"page, many, {kind}"] = load(port, _addresses(some), clients=VISITORS)
    return found


def _addresses(queries: list[str]) -> list[str]:
    return [f"/catalogue/?q={quote(one)}" for one in queries]


def _raw(root: Path, queries: list[str]) -> Timing:
    """The least that answers: the words in four fields, top 20, exact count, four facets."""
    import tantivy

    from yanzhen.library.discovery.documents import BRANCH_COLUMNS
    from yanzhen.library.discovery.index import Index
    from yanzhen.library.discovery.schema import WEIGHTS, schema

    searcher = Index(root).searcher()
    fields = (*BRANCH_COLUMNS, "format", "year", "class_letter")
    wanted = {name: {"terms": {"field": name, "size": 600}} for name in fields}
    must, should = tantivy.Occur.Must, tantivy.Occur.Should
    seconds = []
    for text in queries:
        began = time.perf_counter()
        words = [
            tantivy.Query.boolean_query(
                [(should, tantivy.Query.term_query(schema(), field, word)) for field in WEIGHTS]
            )
            for word in text.split()
        ]
        query = tantivy.Query.boolean_query([(must, word) for word in words])
        searcher.search(query, 20, True)
        searcher.aggregate(query, wanted)
        seconds.append(time.perf_counter() - began)
    return Timing.of(seconds, sum(seconds))


def _tell(rounds: list[dict[str, Timing]], kinds: dict[str, list[str]]) -> None:
    def middle(name: str, figure: str) -> float:
        return statistics.median(getattr(each[name], figure) for each in rounds)

    print(f"{'':24}{'a second':>10}{'p50 ms':>10}{'p95 ms':>10}{'queries':>10}")
    for kind, some in kinds.items():
        for name in ("empty page", "tantivy", "page", "page, many"):
            name = f"{name}, {kind}"
            figures = [middle(name, figure) for figure in ("a_second", "p50", "p95")]
            print(f"{name:24}" + "".join(f"{each:10.2f}" for each in figures) + f"{len(some):10}")
    print()
    for kind in kinds:
        ratio = statistics.median(
            each[f"page, {kind}"].p95
            / (each[f"tantivy, {kind}"].p95 + each[f"empty page, {kind}"].p95)
            for each in rounds
        )
        print(f"  {kind}: p95 {ratio:.1f} times tantivy + empty page   (goal <= {GOAL_RATIO:.0f})")
    common = middle("page, many, common", "a_second")
    print(f"  common word: {common:.0f} pages a second   (goal >= {GOAL_A_SECOND})")


if __name__ == "__main__":
    main()
