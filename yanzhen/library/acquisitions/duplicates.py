"""查重: does the county have this title, and has somebody ordered it already?

By ISBN; and, among records without one, by title, author and year in the folded form.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, Sum

from yanzhen.groundwork.text.folding import fold
from yanzhen.library.acquisitions.described import Title, same_author
from yanzhen.library.acquisitions.models import Allocation
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copies_of


@dataclass(frozen=True)
class Found:
    """What the county has of one title: copies held and copies on order, by node id."""

    bib_id: int | None = None
    held: Counter = field(default_factory=Counter)
    on_order: Counter = field(default_factory=Counter)

    @property
    def anything(self) -> bool:
        return bool(self.bib_id or self.held or self.on_order)

    @property
    def copies(self) -> int:
        return self.held.total()

    @property
    def coming(self) -> int:
        return self.on_order.total()


def check(titles: Iterable[Title], *, but_line: int | None = None) -> dict[str, Found]:
    """What the county has of each title, by `same_key`; a fixed number of queries for them all.

    `but_line` is the line being changed, whose own allocations do not speak against it.
    """
    wanted = {title.same_key: title for title in titles}
    bibs = _bibs(list(wanted.values()))
    held = _held({pk for pks in bibs.values() for pk in pks})
    coming = _on_order(list(wanted), but_line)
    return {
        key: Found(
            min(bibs.get(key, ()), default=None),
            sum((held.get(pk, Counter()) for pk in bibs.get(key, ())), Counter()),
            coming.get(key, Counter()),
        )
        for key in wanted
    }


def _bibs(titles: Sequence[Title]) -> dict[str, list[int]]:
    isbns = [title.isbn13 for title in titles if title.isbn13]
    names = {variant for title in titles for variant in (title.title, fold(title.title))}
    living = BibRecord.objects.living().only("id", "title", "author", "year", "isbn13")
    near: dict[str, list[BibRecord]] = {}
    for bib in living.filter(Q(isbn13__in=isbns, isbn13__gt="") | Q(title__in=names)):
        near.setdefault(bib.isbn13, []).append(bib)
        near.setdefault(_bare(bib.title), []).append(bib)
    return {title.same_key: _same(title, near) for title in titles}


def _same(title: Title, near: dict[str, list[BibRecord]]) -> list[int]:
    by_number = near.get(title.isbn13, []) if title.isbn13 else []
    by_name = [bib for bib in near.get(_bare(title.title), ()) if _fits(title, bib)]
    return sorted({bib.pk for bib in (*by_number, *by_name)})


def _fits(title: Title, bib: BibRecord) -> bool:
    """Two different numbers are two books, whatever they are called."""
    if title.isbn13 and bib.isbn13:
        return title.isbn13 == bib.isbn13
    same_year = title.year is None or bib.year is None or title.year == bib.year
    return same_year and same_author(title.author, bib.author)


def _bare(title: str) -> str:
    return fold(title).replace(" ", "")


def _held(bib_ids: set[int]) -> dict[int, Counter]:
    rows = copies_of(bib_ids).exclude(state=Copy.State.LOST).values_list("bib_id", "home_node_id")
    held: dict[int, Counter] = {}
    for bib_id, node_id in rows:
        held.setdefault(bib_id, Counter())[node_id] += 1
    return held


def _on_order(keys: list[str], but_line: int | None) -> dict[str, Counter]:
    rows = (
        Allocation.objects.filter(line__same_key__in=keys, line__order__cancelled_at=None)
        .exclude(line=but_line)
        .values("line__same_key", "node")
        .annotate(n=Sum(F("quantity") - F("received") - F("given_up")))
        .filter(n__gt=0)
        .order_by()
    )
    coming: dict[str, Counter] = {}
    for row in rows:
        coming.setdefault(row["line__same_key"], Counter())[row["node"]] += row["n"]
    return coming
