"""Titles with their copies, read from the database in portions, as rows for the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import BooleanField, ExpressionWrapper, Q

from yanzhen.library.catalogue.marc.derive import derive
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.documents import Row, row_of
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import on_shelf
from yanzhen.network.models import Node

PORTION = 2000

_FIELDS = (
    "id", "title", "subtitle", "author", "publisher", "year", "language", "format", "clc",
    "isbn13", "flavour", "marc",
)  # fmt: skip


class _Stock:
    """Where the copies of one title are."""

    def __init__(self) -> None:
        self.branches: dict[str, None] = {}
        self.shelves: dict[str, None] = {}
        self.call_numbers: dict[str, None] = {}
        self.copies = 0

    def added_to(self, row: Row) -> Row:
        return row._replace(
            branches=tuple(self.branches),
            shelves=tuple(self.shelves),
            copies=self.copies,
            call_numbers=(*row.call_numbers, *self.call_numbers),
        )


def living_rows() -> Iterator[Row]:
    """Every living title, by id; a portion at a time, so that memory stays small."""
    last = 0
    while portion := list(
        BibRecord.objects.living()
        .filter(id__gt=last)
        .order_by("id")
        .values_list(*_FIELDS)[:PORTION]
    ):
        first, last = portion[0][0], portion[-1][0]
        yield from _with_stock(portion, Q(bib__gte=first, bib__lte=last))


def rows_of(bib_ids: Iterable[int]) -> Iterator[Row]:
    """The living ones among some titles."""
    ids = sorted(set(bib_ids))
    for start in range(0, len(ids), PORTION):
        some = ids[start : start + PORTION]
        portion = BibRecord.objects.living().filter(id__in=some).values_list(*_FIELDS)
        yield from _with_stock(list(portion), Q(bib__in=some))


def _with_stock(portion: list[tuple], wanted: Q) -> Iterator[Row]:
    stocks = _stocks(wanted)
    for *columns, isbn13, flavour, marc in portion:
        row = row_of(tuple(columns), derive(Record.loads(marc), flavour), isbn13)
        stock = stocks.get(row.id)
        yield stock.added_to(row) if stock else row


def _stocks(wanted: Q) -> dict[int, _Stock]:
    codes = dict(Node.objects.values_list("id", "code"))
    gone = [Copy.State.WITHDRAWN, Copy.State.LOST]
    shelved = ExpressionWrapper(on_shelf() & Q(for_loan=True), output_field=BooleanField())
    found: dict[int, _Stock] = defaultdict(_Stock)
    copies = (
        Copy.objects.filter(wanted)
        .exclude(state__in=gone)
        .values_list("bib_id", "home_node_id", "current_node_id", "call_number", shelved)
    )
    for bib_id, home, current, call_number, is_shelved in copies:
        stock = found[bib_id]
        stock.copies += 1
        stock.branches[codes[home]] = None
        if is_shelved:
            stock.branches[codes[current]] = stock.shelves[codes[current]] = None
        if call_number:
            stock.call_numbers[call_number] = None
    return found
