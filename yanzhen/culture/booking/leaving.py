"""A booking gives its places back; in the same transaction they go to whoever waits first."""

import datetime as dt

from yanzhen.culture.booking import ledger
from yanzhen.culture.booking.models import LIVE, Booking, WaitingEntry
from yanzhen.culture.booking.promoting import promote


def leave(
    booking: Booking,
    state: str,
    *,
    by_name: str,
    at: dt.datetime,
    reason: str = "",
    entry_state: str = WaitingEntry.State.DECLINED,
    **fields,
) -> None:
    """Bring a live booking, whose allotments are locked, into an ended state."""
    assert booking.state in LIVE
    ledger.enter(booking, state, by_name=by_name, at=at, reason=reason, ended_at=at, **fields)
    ledger.give_back(booking.allotment_id, booking.heads)
    offered = WaitingEntry.objects.filter(booking=booking, state=WaitingEntry.State.OFFERED)
    offered.update(state=entry_state, ended_at=at)
    promote(booking.allotment_id, at=at)


def shrink(booking: Booking, heads: int, *, at: dt.datetime) -> None:
    """Keep `heads` of the places of a booking, whose allotments are locked."""
    spare, booking.heads = booking.heads - heads, heads
    booking.save(update_fields=["heads"])
    ledger.give_back(booking.allotment_id, spare)
    promote(booking.allotment_id, at=at)


def accept_offer(booking: Booking, at: dt.datetime) -> None:
    """If its places were an offer, whoever waited has accepted it."""
    offered = WaitingEntry.objects.filter(booking=booking, state=WaitingEntry.State.OFFERED)
    offered.update(state=WaitingEntry.State.ACCEPTED, ended_at=at)
