"""Reads for the catalogue's pages: rows of a result list, a record's page, new titles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yanzhen.groundwork.text import fold
from yanzhen.library.catalogue.marc.derive import Derived, derive
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.prepared import Prepared
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copies_of, on_shelf
from yanzhen.network.models import Node

_ROW = (
    "id", "title", "subtitle", "author", "publisher", "year", "isbn13", "language", "format", "clc",
)  # fmt: skip
_MOST_EDITIONS = 30
_SHELF = on_shelf() & Q(for_loan=True)
_READ = on_shelf() & Q(for_loan=False)


@dataclass(frozen=True)
class Holding:
    """Copies of one title in one branch under one call number.

    `state` is a value of Copy.State, or "missing" or "reference" (to be read on the spot).
    """

    node: Node
    call_number: str
    shelf: str
    state: str
    count: int


@dataclass(frozen=True)
class RecordPage:
    """All that a record's page tells. `row` has the keys of `rows`; `editions` are such rows."""

    row: dict
    derived: Derived
    marc: Record
    flavour: str
    editions: list[dict]
    holdings: list[Holding]


def rows(bib_ids: Iterable[int]) -> list[dict]:
    """Title rows in the order of `bib_ids`, each with `shelves`, `copies` and `call_number`.

    `shelves` is [(branch code, copies there)] of what can be taken off a shelf now, the fullest
    first; `copies` are all in stock, `reading` those to read on the spot. Titles deleted meanwhile
    are left out.
    """
    found = title_rows(bib_ids)
    for row in found:
        row |= {"shelves": [], "copies": 0, "reading": 0, "call_number": row["clc"]}
    _add_stock({row["id"]: row for row in found})
    return found


def title_rows(bib_ids: Iterable[int]) -> list[dict]:
    """What the records say, in the order of `bib_ids`; titles deleted meanwhile are left out."""
    bib_ids = list(bib_ids)
    found = {values[0]: dict(zip(_ROW, values, strict=True)) for values in _TITLES.rows(bib_ids)}
    return [found[bib_id] for bib_id in bib_ids if bib_id in found]


def _titles(bib_ids: Iterable[int]) -> QuerySet:
    return BibRecord.objects.living().filter(id__in=bib_ids).values_list(*_ROW)


def _stock(bib_ids: Iterable[int]) -> QuerySet:
    return (
        copies_of(bib_ids)
        .exclude(state=Copy.State.LOST)
        .values_list("bib_id", "current_node__code", "call_number")
        .annotate(
            here=Count("id"), shelved=Count("id", filter=_SHELF), reading=Count("id", filter=_READ)
        )
        .order_by("-shelved", "current_node__path")
    )


_TITLES, _STOCK = Prepared(_titles, 20), Prepared(_stock, 20)


def _add_stock(found: dict[int, dict]) -> None:
    for bib_id, code, call_number, here, shelved, reading in _STOCK.rows(found):
        row = found[bib_id]
        row["copies"] += here
        row["reading"] += reading
        row["call_number"] = call_number or row["call_number"]
        if shelved:
            row["shelves"].append((code, shelved))


def record_page(bib_id: int) -> RecordPage | None:
    """A living record with its MARC, its other editions and where its copies are; else None."""
    bib = BibRecord.objects.living().filter(pk=bib_id).first()
    if bib is None:
        return None
    marc = Record.loads(bib.marc)
    return RecordPage(
        row={name: getattr(bib, name) for name in _ROW},
        derived=derive(marc, bib.flavour),
        marc=marc,
        flavour=bib.flavour,
        editions=editions_of(bib),
        holdings=holdings_of(bib_id),
    )


def editions_of(bib: BibRecord) -> list[dict]:
    """Other living records of the same title and first author, newest first."""
    same = BibRecord.objects.living().filter(title=bib.title).exclude(pk=bib.pk).values(*_ROW)
    author = _first_author(bib.author)
    rows = [row for row in same[:_MOST_EDITIONS] if _first_author(row["author"]) == author]
    return sorted(rows, key=lambda row: -(row["year"] or 0))


def _first_author(author: str) -> str:
    return fold(author).split(" ")[0]


def holdings_of(bib_id: int) -> list[Holding]:
    """In the order of the network, then on the shelf; copies in the same state together."""
    copies = (
        copies_of([bib_id])
        .select_related("current_node__site__division")
        .order_by("current_node__path", "call_number_key", "state")
    )
    groups = Counter(
        (copy.current_node, copy.call_number, copy.shelf, _state(copy)) for copy in copies
    )
    return [Holding(*group, count) for group, count in groups.items()]


def _state(copy: Copy) -> str:
    if copy.state != Copy.State.AVAILABLE:
        return copy.state
    if copy.missing or copy.in_dispute or copy.withdrawal_proposed:
        return "missing"
    return copy.state if copy.for_loan else "reference"


def new_titles(limit: int) -> list[dict]:
    """The titles taken into the catalogue last, as `title_rows`."""
    newest = BibRecord.objects.living().order_by("-id").values_list("id", flat=True)
    return title_rows(newest[:limit])


def titles_near(node: Node, limit: int = 12) -> list[dict]:
    """Titles to take off the shelf at a branch now, latest accessions first, as `title_rows`."""
    here = Copy.objects.filter(_SHELF, current_node=node).order_by("-id")
    bib_ids = dict.fromkeys(here.values_list("bib_id", flat=True)[: 4 * limit])
    return title_rows(list(bib_ids)[:limit])
