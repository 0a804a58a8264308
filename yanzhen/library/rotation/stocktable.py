"""The county's stock as balancing sees it: one line a copy, read in three queries."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Count, Max
from django.db.models.functions import Substr
from django.utils import timezone

from yanzhen.groundwork.text.clc import class_letter
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import Copy
from yanzhen.library.rotation.balancing import Stock
from yanzhen.library.rotation.models import BoxCopy, ShelfRoom
from yanzhen.library.rotation.shelves import free_places
from yanzhen.network.models import Node

UNREAD_YEARS, NEW_MONTHS = 3, 24  # I27, I23
SETTLED = 90  # days a new copy has to find its readers before it is moved


@dataclass(slots=True)
class Book:
    """One copy at its home. `free`: on its shelf, ours to send, and unread in the period or a
    double."""

    copy_id: int
    bib_id: int
    node_id: int
    clc: str
    accessioned_on: dt.date
    last_lent: dt.date | None
    lendable: bool
    free: bool
    double: bool


@dataclass
class StockTable:
    """All copies at branches, the loans of the period by class and node, the shelves."""

    day: dt.date
    months: int
    books: list[Book]
    loans: Counter
    nodes: dict[int, Node]
    room: dict[int, int] = field(default_factory=dict)

    def stock(self) -> Stock:
        """Added up by class and node, loans as of a year."""
        copies = Counter((book.clc, book.node_id) for book in self.books)
        free = Counter((book.clc, book.node_id) for book in self.books if book.free)
        yearly = {key: loans * 12 / self.months for key, loans in self.loans.items()}
        return Stock(copies, yearly, free, self.room)


def read_stock(day: dt.date, months: int) -> StockTable:
    """The stock of the hub and the branches that are open."""
    levels = [Node.Level.HUB, Node.Level.BRANCH]
    nodes = Node.objects.libraries().serving().filter(level__in=levels).in_bulk()
    since = _months_before(day, months)
    lent = _last_lent(_months_before(day, 12 * UNREAD_YEARS))
    books = _books(day, since, nodes, lent)
    table = StockTable(day, months, books, _loans_by_class(since, nodes), nodes)
    table.room = _room(books, nodes)
    return table


def _books(
    day: dt.date, since: dt.date, nodes: dict[int, Node], lent: dict[int, dt.date]
) -> list[Book]:
    boxed = set(BoxCopy.objects.filter(removed_at=None).values_list("copy_id", flat=True))
    stocked = Copy.objects.exclude(state__in=[Copy.State.WITHDRAWN, Copy.State.LOST]).values_list(
        "pk", "bib_id", "home_node_id", "current_node_id", "state", "for_loan", "missing",
        "damaged", "withdrawal_proposed", "accessioned_on", "bib__clc",
    )  # fmt: skip
    rows = [row for row in stocked.iterator(chunk_size=5000) if row[2] in nodes]
    held = Counter((row[1], row[2]) for row in rows)
    settled = day - dt.timedelta(days=SETTLED)
    books = []
    for pk, bib, home, now_at, state, for_loan, missing, damaged, leaving, added, clc in rows:
        last, double = lent.get(pk), held[bib, home] > 1
        on_shelf = state == Copy.State.AVAILABLE and now_at == home
        ours = for_loan and not (missing or damaged or leaving) and pk not in boxed
        free = on_shelf and ours and added <= settled and (double or last is None or last < since)
        books.append(Book(pk, bib, home, group_of(clc), added, last, for_loan, free, double))
    return books


@lru_cache(maxsize=8192)
def group_of(clc: str) -> str:
    """The group of a class: its main class and the first digit, I2 of I247.5; "" without one."""
    return clc[:2] if class_letter(clc) else ""


def _last_lent(since: dt.date) -> dict[int, dt.date]:
    rows = Loan.objects.counted().filter(lent_at__gte=_midnight(since)).values("copy_id")
    return {row["copy_id"]: row["last"].date() for row in rows.annotate(last=Max("lent_at"))}


def _loans_by_class(since: dt.date, nodes: dict[int, Node]) -> Counter:
    rows = (
        Loan.objects.counted()
        .filter(lent_at__gte=_midnight(since), lent_node__in=nodes)
        .annotate(group=Substr("copy__bib__clc", 1, 2))
        .values("group", "lent_node_id")
        .annotate(n=Count("pk"))
    )
    loans: Counter = Counter()
    for row in rows:
        loans[group_of(row["group"]), row["lent_node_id"]] += row["n"]
    return loans


def _room(books: list[Book], nodes: dict[int, Node]) -> dict[int, int]:
    """Free places on the shelves; where nobody has counted them, a tenth more than stands there."""
    counted = dict(ShelfRoom.objects.values_list("node_id", "copies"))
    housed = Counter(book.node_id for book in books)
    return {node: free_places(housed[node], counted.get(node)) for node in nodes}


def _midnight(day: dt.date) -> dt.datetime:
    """The moment a day begins: an index can be asked for it, for the date of a moment it cannot."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, 28))
