"""Holds and offers nobody confirmed in time give their places back."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.booking import ledger
from yanzhen.culture.booking.facts import BookingLapsed
from yanzhen.culture.booking.leaving import leave
from yanzhen.culture.booking.models import Allotment, Booking, WaitingEntry
from yanzhen.culture.booking.promoting import WORKER
from yanzhen.groundwork import audit, outbox


def expire_in(allotment_id: int, *, at: dt.datetime) -> int:
    """End what has lapsed in one allotment; how many. Looks before it takes a lock."""
    lapsed = Booking.objects.lapsed(at).filter(allotment=allotment_id)
    if not lapsed.exists():
        return 0
    Allotment.objects.select_for_update(no_key=True).get(pk=allotment_id)
    rows = list(lapsed.select_for_update(no_key=True).order_by("pk"))
    for booking in rows:
        _lapse(booking, at)
    return len(rows)


def _lapse(booking: Booking, at: dt.datetime) -> None:
    leave(
        booking,
        Booking.State.EXPIRED,
        by_name=WORKER,
        at=at,
        reason="到时没有确认",
        entry_state=WaitingEntry.State.LAPSED,
    )
    audit.write(
        by=audit.System(), at=at, action="booking.lapsed", subject=f"session:{booking.session_id}",
        booking=booking.pk,
    )  # fmt: skip
    outbox.record(BookingLapsed(booking.pk, booking.session_id), at=at)


def expire_due(at: dt.datetime, limit: int = 100) -> int:
    """The chore: every allotment with something lapsed, each in a transaction of its own."""
    due = Booking.objects.lapsed(at).order_by("held_until").values_list("session", flat=True)
    done = 0
    for session_id in dict.fromkeys(due[:limit]):
        with transaction.atomic():
            for allotment in ledger.lock(session_id).values():
                done += expire_in(allotment.pk, at=at)
    return done
