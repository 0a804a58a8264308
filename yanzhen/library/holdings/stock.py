"""The book of the stock 馆藏账: events that add a copy to a branch's stock or take it away.

`record` is a step of other use-cases and runs inside their transaction. Nothing else writes here,
and the database refuses to change or delete what is written (guards.py).
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone

from yanzhen.groundwork.audit import Actor
from yanzhen.library.holdings.models import Copy, StockEvent
from yanzhen.network.models import Node

Kind = StockEvent.Kind
TAKES_AWAY = {Kind.LOST, Kind.WITHDRAWN, Kind.TRANSFER_OUT}
OUT_OF_STOCK = (Copy.State.LOST, Copy.State.WITHDRAWN)
OPENING = "建账时补记"


def record(
    copy: Copy,
    kind: str,
    *,
    by: Actor,
    at: dt.datetime,
    node: Node | None = None,
    document: str = "",
    note: str = "",
) -> StockEvent:
    """Write one event, at the owning branch unless `node` says another (transfers have two)."""
    event = _event(copy, kind, at, by.name, document=document, note=note)
    if node is not None:
        event.node = node
    event.save(force_insert=True)
    return event


def opening_events(
    copies: Iterable[Copy], *, at: dt.datetime, by_name: str
) -> Iterator[StockEvent]:
    """The events of copies that come in by thousands, to be stored in bulk: the accession of
    each, and of what is already gone the loss or withdrawal at the moment `at`."""
    for copy in copies:
        accession = dt.datetime.combine(copy.accessioned_on, dt.time(9))
        came = min(timezone.make_aware(accession), at)
        yield _event(copy, Kind.ACCESSION, came, by_name, note=OPENING)
        if copy.state == Copy.State.LOST:
            yield _event(copy, Kind.LOST, at, by_name, note=OPENING)
        elif copy.state == Copy.State.WITHDRAWN:
            yield _event(copy, Kind.WITHDRAWN, at, by_name, document=OPENING, note=OPENING)


def _event(
    copy: Copy, kind: str, at: dt.datetime, by_name: str, *, document: str = "", note: str = ""
) -> StockEvent:
    return StockEvent(
        copy_id=copy.pk,
        kind=kind,
        change=-1 if kind in TAKES_AWAY else 1,
        node_id=copy.owning_node_id,
        item_kind_id=copy.kind_id,
        at=at,
        by_name=by_name,
        document=document[:120],
        note=note[:200],
    )
