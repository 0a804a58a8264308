"""Search pages over HTTP against their ceiling: raw tantivy plus an empty Django page.

    python -m benchmarks.search_pages [--titles 100000] [--repeats 3]

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
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from benchmarks.web import Timing, load, served

REQUESTS = 300
QUERIES = 20
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
    seconds = _prepare(folder, titles)
    print(f"index of {titles:,} titles: {seconds:.1f} s, {titles / seconds:,.0f} titles/s")
    queries = _queries(folder / "search")
    with served(environment) as port:
        rounds = [_round(folder / "search", port, queries) for _ in range(repeats)]
    _tell(rounds, queries)


def _prepare(folder: Path, titles: int) -> float:
    from django.core.management import call_command

    from benchmarks.county import fill

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return fill(titles, folder / "search")


def _queries(root: Path) -> dict[str, list[str]]:
    """Words of titles by how often they occur, as in shares of all titles."""
    from benchmarks import corpus
    from yanzhen.groundwork.text import words
    from yanzhen.library.discovery.index import Index

    searcher = Index(root).searcher()
    every = searcher.num_docs
    found = {word for one in corpus.facts(3000) for word in words(one.title) if len(word) > 1}
    share = {word: searcher.doc_freq("title", word) / every for word in sorted(found)}
    r = random.Random(7)

    def some(low: float, high: float) -> list[str]:
        fitting = [word for word, part in share.items() if low <= part < high]
        return r.sample(fitting, min(QUERIES, len(fitting)))

    common = some(0.02, 1)
    return {
        "common": common, "mid": some(0.0008, 0.005), "rare": some(0, 0.00004 + 3 / every),
        "two common": [f"{a} {b}" for a, b in zip(common, common[1:] + common[:1], strict=True)],
    }  # fmt: skip


def _round(root: Path, port: int, queries: dict[str, list[str]]) -> dict[str, Timing]:
    found = {"empty page": load(port, ["/healthz"] * REQUESTS)}
    for name, some in queries.items():
        asked = (some * REQUESTS)[:REQUESTS]
        found[f"tantivy {name}"] = _alone(_raw(root), asked)
        found[f"search() {name}"] = _alone(_ours(root), asked)
        found[f"page {name}"] = load(port, [f"/catalogue/?q={quote(one)}" for one in asked])
    return found


def _alone(act: Callable[[str], object], asked: list[str]) -> Timing:
    seconds = []
    for one in asked:
        began = time.perf_counter()
        act(one)
        seconds.append(time.perf_counter() - began)
    return Timing.of(seconds, sum(seconds))


def _raw(root: Path) -> Callable[[str], object]:
    """The least that answers: the words in four fields, top 20, exact count, four facets."""
    import tantivy

    from yanzhen.library.discovery.index import Index
    from yanzhen.library.discovery.schema import WEIGHTS, schema

    searcher = Index(root).searcher()
    fields = ("branches", "format", "year", "class_letter")
    wanted = {name: {"terms": {"field": name, "size": 600}} for name in fields}
    must, should = tantivy.Occur.Must, tantivy.Occur.Should

    def ask(text: str) -> None:
        words = [
            tantivy.Query.boolean_query(
                [(should, tantivy.Query.term_query(schema(), field, word)) for field in WEIGHTS]
            )
            for word in text.split()
        ]
        query = tantivy.Query.boolean_query([(must, word) for word in words])
        searcher.search(query, 20, True)
        searcher.aggregate(query, wanted)

    return ask


def _ours(root: Path) -> Callable[[str], object]:
    from yanzhen.library.discovery.index import Index
    from yanzhen.library.discovery.searching import Query, search

    index = Index(root)
    return lambda text: search(Query(q=text), index)


def _tell(rounds: list[dict[str, Timing]], queries: dict[str, list[str]]) -> None:
    def middle(name: str, figure: str) -> float:
        return statistics.median(getattr(each[name], figure) for each in rounds)

    print(f"\nmedian of {len(rounds)} rounds; load average {os.getloadavg()[0]:.2f}")
    print(f"{'':24}{'a second':>10}{'p50 ms':>10}{'p95 ms':>10}")
    for name in rounds[0]:
        figures = [middle(name, figure) for figure in ("a_second", "p50", "p95")]
        print(f"{name:24}" + "".join(f"{figure:10.2f}" for figure in figures))
    print()
    for name in queries:
        ceiling = middle(f"tantivy {name}", "p95") + middle("empty page", "p95")
        ratio = middle(f"page {name}", "p95") / ceiling
        share = middle(f"page {name}", "a_second") / middle("empty page", "a_second")
        print(f"{name:12} p95 {ratio:4.1f}x of raw tantivy + empty page; {share:5.1%} of its rate")
    common = middle("page common", "a_second")
    print(f"\ncommon word: {common:.0f} pages/s (goal {GOAL_A_SECOND}), p95 goal {GOAL_RATIO}x")


if __name__ == "__main__":
    main()
