"""The ledger: the only place where `taken` and `places` of an allotment change.

Locks are taken in one order everywhere: allotments (by id), then bookings and waiting entries.
"""

import datetime as dt

from django.db import connection
from django.db.models import F

from yanzhen.culture.booking.models import Allotment, Booking, BookingStep
from yanzhen.culture.booking.rules import spoken_code

_CLAIM = (
    f"UPDATE {Allotment._meta.db_table} "  # noqa: S608 - our own table
    "SET taken = taken + %s, issued = issued + 1 "
    "WHERE id = %s AND taken + %s <= places RETURNING issued"
)


def lock(session_id: int) -> dict[str, Allotment]:
    """The allotments of a session by channel, kept to this transaction."""
    rows = Allotment.objects.select_for_update(no_key=True).filter(session=session_id)
    return {row.channel: row for row in rows.order_by("pk")}


def claim(allotment_id: int, heads: int) -> int | None:
    """Take `heads` places by one conditional UPDATE; the number issued, None when they do not fit.

    The CHECK on the row is the second wall.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [heads, allotment_id, heads])
        row = cursor.fetchone()
    return row[0] if row else None


def give_back(allotment_id: int, heads: int) -> None:
    if heads:
        changed = Allotment.objects.filter(pk=allotment_id).update(taken=F("taken") - heads)
        assert changed == 1


def shift(source_id: int, target_id: int, places: int) -> bool:
    """Move free places between two allotments; False when the source has not so many free."""
    free = Allotment.objects.filter(pk=source_id, places__gte=F("taken") + places)
    if not free.update(places=F("places") - places):
        return False
    Allotment.objects.filter(pk=target_id).update(places=F("places") + places)
    return True


def make(
    allotment: Allotment, number: int, *, state: str, by_name: str, at: dt.datetime, **fields
) -> Booking:
    """The booking that has the places claimed under `number`, with its first step."""
    booking = Booking.objects.create(
        session_id=allotment.session_id,
        allotment=allotment,
        code=spoken_code(allotment.channel, allotment.session_id, number),
        state=state,
        placed_at=at,
        **fields,
    )
    BookingStep.objects.create(booking=booking, state=state, at=at, by_name=by_name)
    return booking


def enter(
    booking: Booking, state: str, *, by_name: str, at: dt.datetime, reason: str = "", **fields
) -> None:
    """Bring a booking into a state; the row and its newest step say the same."""
    booking.state = state
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.save(update_fields=["state", *fields])
    BookingStep.objects.create(
        booking=booking, state=state, at=at, by_name=by_name, reason=reason[:200]
    )
