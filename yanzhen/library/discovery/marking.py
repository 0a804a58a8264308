"""Listeners: a fact about a title or a copy puts the title on the list of changes to index."""

from typing import Any

from django.db import connection

from yanzhen.groundwork import clock
from yanzhen.library.discovery.models import IndexChange

_FEED = 7_204_611  # our own number for PostgreSQL's advisory lock
_PORTION = 2000


def mark_bib(body: dict[str, Any]) -> None:
    """Note that titles changed: `bib_id`, `bib_ids`, or `first_id` to `last_id` of the fact."""
    at = clock.now()
    ids = _ids(body)
    hold_feed(shared=True)
    for start in range(0, len(ids), _PORTION):
        some = ids[start : start + _PORTION]
        IndexChange.objects.bulk_create(IndexChange(bib_id=bib_id, at=at) for bib_id in some)


def mark_added(body: dict[str, Any]) -> None:
    """Note that titles were added, `first_id` to `last_id` of the fact: one row for them all.

    The index of the node that imported them may hold them already; those of other nodes do not.
    """
    hold_feed(shared=True)
    IndexChange.objects.create(bib_id=body["first_id"], added_until=body["last_id"], at=clock.now())


def hold_feed(*, shared: bool) -> None:
    """Keep the order of the change feed, until the end of this transaction.

    On PostgreSQL a row with a lower id may be committed after a row with a higher one; a reader of
    the feed would step over it. So the reader waits until nobody is writing. On SQLite there is
    one writer at a time, and ids are committed in order.
    """
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_FEED])


def _ids(body: dict[str, Any]) -> list[int] | range:
    if "bib_id" in body:
        return [body["bib_id"]]
    if "bib_ids" in body:
        return list(body["bib_ids"])
    return range(body["first_id"], body["last_id"] + 1)
