"""Turnover, unread share, new-book share and deliveries of each branch, before and after (I26, I27,
I23, I22), and how much of what was sent differed (I24)."""

import datetime as dt
from collections import Counter, defaultdict

from yanzhen.library.rotation.balancing import Flow
from yanzhen.library.rotation.delivered import Delivered
from yanzhen.library.rotation.stocktable import NEW_MONTHS, Book, StockTable


def branch_figures(
    table: StockTable, picked: list[tuple[Flow, list[Book]]], delivered: Delivered
) -> list[dict]:
    """One line a node: code, copies, loans a year, turnover, unread and new in percent, copies
    delivered in the year; "after" counts the moved copies where they would stand and the loans
    they may expect there. "differing" is what it is: a proposal does not change how crates are
    packed."""
    goes_to = {book.copy_id: flow.to_node for flow, books in picked for book in books}
    yearly: dict[int, float] = defaultdict(float)
    for (_clc, node), loans in table.loans.items():
        yearly[node] += loans * 12 / table.months
    gained = defaultdict(float, yearly)
    for flow, books in picked:
        gained[flow.to_node] += flow.read_there / 2 * len(books)
    before = _counts(table, {})
    after = _counts(table, goes_to)
    came = delivered.received
    to_come = came + Counter(goes_to.values())
    return [
        {
            "code": node.code,
            "before": {**_line(before[pk], yearly[pk]), "delivered": came[pk]},
            "after": {**_line(after[pk], gained[pk]), "delivered": to_come[pk]},
            "differing": delivered.differing_percent(pk),
        }
        for pk, node in sorted(table.nodes.items(), key=lambda item: item[1].path)
    ]


def _counts(table: StockTable, goes_to: dict[int, int]) -> dict[int, Counter]:
    new = table.day - dt.timedelta(days=NEW_MONTHS * 365 // 12)
    found: dict[int, Counter] = {node: Counter() for node in table.nodes}
    for book in table.books:
        count = found[goes_to.get(book.copy_id, book.node_id)]
        moved = book.copy_id in goes_to
        count["copies"] += 1
        count["lendable"] += book.lendable
        count["unread"] += book.lendable and book.last_lent is None and not moved
        count["new"] += book.accessioned_on >= new
    return found


def _line(count: Counter, loans: float) -> dict[str, float]:
    copies, lendable = max(count["copies"], 1), max(count["lendable"], 1)
    return {
        "copies": count["copies"],
        "loans": round(loans),
        "turnover": round(loans / copies, 2),
        "unread": round(100 * count["unread"] / lendable, 1),
        "new": round(100 * count["new"] / copies, 1),
    }
