"""The change feed as an index reads it: what it has not heard of yet, and what it still lacks."""

from itertools import accumulate, takewhile

import tantivy
from django.db import transaction

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.index import ids_of
from yanzhen.library.discovery.marking import hold_feed
from yanzhen.library.discovery.models import IndexChange
from yanzhen.library.discovery.schema import schema

CHANGES_A_COMMIT = 5_000
_TITLES_A_COMMIT = 100_000


def last_change(*, waiting: bool = False) -> int:
    """The newest row; `waiting` until those under way are committed, so that none comes before."""
    with transaction.atomic():
        if waiting:
            hold_feed(shared=False)
        return IndexChange.objects.order_by("-id").values_list("id", flat=True).first() or 0


def changes_after(cursor: int) -> list[IndexChange]:
    """The next changes in order, as many as one commit shall hold; at least one if there is one."""
    with transaction.atomic():
        hold_feed(shared=False)
        changes = list(IndexChange.objects.filter(id__gt=cursor).order_by("id")[:CHANGES_A_COMMIT])
    sums = accumulate(map(_width, changes))
    some = sum(1 for _ in takewhile(lambda titles: titles <= _TITLES_A_COMMIT, sums))
    return changes[: max(some, 1)]


def _width(change: IndexChange) -> int:
    """The most titles a change may tell of."""
    return 1 if change.added_until is None else change.added_until - change.bib_id + 1


def missing(build: tantivy.Index, first: int, last: int) -> set[int]:
    """The living titles from `first` to `last` that the index does not hold."""
    living = BibRecord.objects.living().filter(id__gte=first, id__lte=last)
    wanted = set(living.values_list("id", flat=True))
    if not wanted:
        return wanted
    query = tantivy.Query.range_query(schema(), "id", tantivy.FieldType.Integer, first, last)
    searcher = build.searcher()
    return wanted.difference(ids_of(searcher, searcher.search(query, last - first + 1)))
