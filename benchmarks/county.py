"""A county of any size for benchmarks: nodes, titles, copies and the search index, in bulk.

Rows go in by executemany: what is measured comes afterwards.
"""

import random
import time
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from benchmarks import corpus
from yanzhen.library.discovery.documents import Row
from yanzhen.library.discovery.indexing import adding
from yanzhen.library.holdings.models import ItemKind
from yanzhen.network.models import Division, Node, Site

BRANCHES = 16
PORTION = 5000


def fill(titles: int, search_index: Path) -> float:
    """Fill an empty database and build the index of it; return the seconds the index took."""
    nodes = _nodes()
    kind = ItemKind.objects.create(code="book", name="图书", name_en="Book")
    r, spent, copies = random.Random(corpus.SEED), 0.0, 0
    with adding(search_index, fresh=True) as add:
        for first in range(1, titles + 1, PORTION):
            some = list(corpus.facts(min(PORTION, titles + 1 - first), first=first))
            held = [_held(one, nodes, r) for one in some]
            copies = _store(some, held, kind.pk, copies)
            began = time.perf_counter()
            for one, shelved in zip(some, held, strict=True):
                add(_row(one, shelved))
            spent += time.perf_counter() - began
        began = time.perf_counter()
    return spent + time.perf_counter() - began


def _nodes() -> list[Node]:
    district = Division.objects.create(code="512002", name="演示区", kind="county")
    hub = None
    nodes = []
    for number in range(BRANCHES):
        code = f"branch-{number}"
        site = Site.objects.create(
            code=code, name=f"演示{number}馆", kind="library", division=district,
            verification="demo",
        )  # fmt: skip
        node = Node.objects.create(
            code=code, name=site.name, short_name=f"演示{number}", site=site, tree="library",
            level="branch" if hub else "hub", parent=hub, status="open",
            path=f"{hub.path}{code}." if hub else f"{code}.",
        )  # fmt: skip
        hub = hub or node
        nodes.append(node)
    return nodes


def _held(one: corpus.Facts, nodes: list[Node], r: random.Random) -> list[tuple[Node, str]]:
    """(branch, state) of each copy of a title: one to four, the main library most."""
    count = 1 + int(4 * r.random() ** 2)
    some = [nodes[int(len(nodes) * r.random() ** 2)] for _ in range(count)]
    return [(node, "available" if r.random() < 0.7 else "on_loan") for node in some]


def _row(one: corpus.Facts, held: list[tuple[Node, str]]) -> Row:
    branches = tuple({node.code for node, _state in held})
    shelves = tuple({node.code for node, state in held if state == "available"})
    return corpus.index_row(one, branches, shelves, len(held))


def _store(some: list[corpus.Facts], held: list, kind: int, copies: int) -> int:
    at = timezone.now()
    bibs = [corpus.bib_values(one, corpus.stored(one), at) for one in some]
    lines = []
    for one, shelved in zip(some, held, strict=True):
        for node, state in shelved:
            copies += 1
            lines.append(_copy_values(copies, one, node.pk, state, kind))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_insert("catalogue_bibrecord", corpus.BIB_COLUMNS), bibs)
        cursor.executemany(_insert("holdings_copy", _COPY_COLUMNS), lines)
    return copies


_COPY_COLUMNS = (
    "barcode", "bib_id", "kind_id", "owning_node_id", "home_node_id", "current_node_id", "state",
    "damaged", "missing", "in_dispute", "withdrawal_proposed", "for_loan", "adult_only",
    "call_number", "call_number_key", "shelf", "accessioned_on", "revision",
)  # fmt: skip


def _copy_values(number: int, one: corpus.Facts, node: int, state: str, kind: int) -> tuple:
    mark = f"{one.clc}/{one.number}"
    return (
        f"BM{number:09d}", one.number, kind, node, node, node, state, False, False, False, False,
        True, False, mark, mark, "", "2020-01-01", 0,
    )  # fmt: skip


def _insert(table: str, columns: tuple[str, ...]) -> str:
    places = ",".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({','.join(columns)}) VALUES ({places})"
