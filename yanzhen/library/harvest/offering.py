"""Keeping the offers in step with the catalogue and the holdings: one writer, positions that grow.

A position lies AHEAD of the moment it is given at, and the transaction that gives it ends before
that moment comes, or is taken back. So when a harvester is answered at some second, everything with
an earlier position is committed: harvesting again from the date of that answer misses nothing.
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from math import inf
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max

from yanzhen.groundwork import clock
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.feed import changes_after, last_change
from yanzhen.library.discovery.models import IndexChange
from yanzhen.library.harvest.models import Membership, Offer, OfferFeed
from yanzhen.library.harvest.sets import specs_of, with_ancestors
from yanzhen.library.holdings.models import Copy
from yanzhen.network.models import Node

PORTION = 500
SECOND = 1_000_000
AHEAD = 2 * SECOND
_LOCK = 7_204_613  # our own number for PostgreSQL's advisory lock


class TooSlow(Exception):
    """A portion took longer than its positions lie ahead; it was taken back."""


class _Seen(NamedTuple):
    """What a harvester can see of a title."""

    bib_id: int
    deleted: bool
    specs: list[str]
    fingerprint: str


def catch_up(seconds: float = inf) -> int:
    """Follow the catalogue as far as it is, or for about so many seconds; return how many titles
    were looked at. Each portion is a transaction of its own."""
    feed = OfferFeed.objects.first() or _begun()
    end, seen = time.monotonic() + seconds, 0
    while feed.filled_to is not None and time.monotonic() < end:
        seen += _fill(feed)
    while time.monotonic() < end and (changes := _next_changes(feed)):
        for some in _portions(changes):
            _offer(some)
            seen += len(some)
        feed.cursor = changes[-1].pk
        OfferFeed.objects.filter(pk=1, cursor__lt=feed.cursor).update(cursor=feed.cursor)
    return seen


def _next_changes(feed: OfferFeed) -> list[IndexChange]:
    """A few: a range of imported titles counts for many."""
    changes = changes_after(feed.cursor)
    first_range = next((n for n, each in enumerate(changes) if each.added_until), len(changes))
    return changes[: max(first_range, 1)]


def _begun() -> OfferFeed:
    """The first walk starts; what changes from now on comes after it."""
    with transaction.atomic():
        start = {"cursor": last_change(waiting=True), "filled_to": 0}
        feed, _made = OfferFeed.objects.get_or_create(pk=1, defaults=start)
    return feed


def _fill(feed: OfferFeed) -> int:
    """The next portion of the first walk over all titles."""
    after = BibRecord.objects.filter(pk__gt=feed.filled_to).order_by("pk")
    some = list(after.values_list("pk", flat=True)[:PORTION])
    _offer(some)
    feed.filled_to = some[-1] if some else None
    OfferFeed.objects.filter(pk=1).update(filled_to=feed.filled_to)
    return len(some)


def _portions(changes: Iterable[IndexChange]) -> Iterable[list[int]]:
    """The titles the changes tell of, each once."""
    ids: dict[int, None] = {}
    for change in changes:
        until = change.bib_id if change.added_until is None else change.added_until
        ids |= dict.fromkeys(range(change.bib_id, until + 1))
    wanted = list(ids)
    return [wanted[start : start + PORTION] for start in range(0, len(wanted), PORTION)]


def _offer(bib_ids: Sequence[int]) -> int:
    """Move the offers of some titles that look different now. A portion too slow is halved."""
    if not bib_ids:
        return 0
    try:
        return _move(bib_ids)
    except TooSlow:
        if len(bib_ids) == 1:
            raise
        half = len(bib_ids) // 2
        return _offer(bib_ids[:half]) + _offer(bib_ids[half:])


def _move(bib_ids: Sequence[int]) -> int:
    with transaction.atomic():
        _alone()
        known = {offer.pk: offer for offer in Offer.objects.filter(pk__in=bib_ids)}
        moved = []
        for seen in _seen(bib_ids, known):
            before = known.get(seen.bib_id)
            if before is None or before.fingerprint != seen.fingerprint:
                moved.append(seen)
        if moved:
            _write(moved)
        return len(moved)


def _alone() -> None:
    """No other writer of offers until the end of this transaction; on SQLite there is none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _seen(bib_ids: Sequence[int], known: dict[int, Offer]) -> Iterable[_Seen]:
    """The titles as they look now. One deleted, or left without MARC, keeps the sets it was in, so
    that whoever harvested a set hears of it; one that was never offered is not begun with."""
    homes = _homes(bib_ids)
    rows = BibRecord.objects.filter(pk__in=bib_ids).order_by("pk")
    for bib_id, marc, format, deleted_at in rows.values_list("pk", "marc", "format", "deleted_at"):
        deleted = deleted_at is not None or not marc
        if not marc and bib_id not in known:
            continue
        specs = specs_of(format, homes[bib_id])
        if deleted and bib_id in known:
            kept = Membership.objects.filter(offer=bib_id, spec__contains=":")
            specs = list(kept.order_by("spec").values_list("spec", flat=True))
        told = "\n".join([*specs, "deleted" if deleted else marc])
        fingerprint = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        yield _Seen(bib_id, deleted, specs, fingerprint)


def _homes(bib_ids: Sequence[int]) -> dict[int, set[str]]:
    """The codes of the library nodes where copies of each title are at home, in stock."""
    stocked = Copy.objects.filter(bib__in=bib_ids, home_node__tree=Node.Tree.LIBRARY).exclude(
        state__in=[Copy.State.WITHDRAWN, Copy.State.LOST]
    )
    found: dict[int, set[str]] = defaultdict(set)
    for bib_id, code in stocked.values_list("bib_id", "home_node__code"):
        found[bib_id].add(code)
    return found


def _write(moved: list[_Seen]) -> None:
    first = _next_position()
    offers = [
        Offer(bib_id=seen.bib_id, position=first + n, fingerprint=seen.fingerprint,
              deleted=seen.deleted)
        for n, seen in enumerate(moved)
    ]  # fmt: skip
    ids = [seen.bib_id for seen in moved]
    Membership.objects.filter(offer__in=ids).delete()
    Offer.objects.bulk_create(
        offers, update_conflicts=True, unique_fields=["bib"],
        update_fields=["position", "fingerprint", "deleted"],
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(offer_id=seen.bib_id, spec=spec, position=first + n)
        for n, seen in enumerate(moved)
        for spec in with_ancestors(seen.specs)
    )
    if _microseconds(clock.now()) + SECOND > first:
        raise TooSlow


def _next_position() -> int:
    last = Offer.objects.aggregate(last=Max("position"))["last"] or 0
    return max(last + 1, _microseconds(clock.now()) + AHEAD)


def _microseconds(at: dt.datetime) -> int:
    return int(at.timestamp() * SECOND)
