"""The ledger: the only place where `taken` and `places` of an allotment change.

Locks are taken in one order everywhere: allotments (by id), then bookings and waiting entries.
"""

import datetime as dt

from django.db.models import F

from yanzhen.culture.booking.models import Allotment, Booking, BookingStep
from yanzhen.culture.booking.rules import spoken_code
from yanzhen.groundwork import chain, statements

_CLAIM = (
    f"UPDATE {Allotment._meta.db_table} "  # noqa: S608 - our own table
    "SET taken = taken + %s, issued = issued + 1 "
    "WHERE id = %s AND taken + %s <= places AND EXISTS (SELECT 1 FROM activities_session s "
    "WHERE s.id = session_id AND s.state = 'scheduled') RETURNING issued"
)


def lock(session_id: int) -> dict[str, Allotment]:
    """The allotments of a session by channel, kept to this transaction."""
    rows = Allotment.objects.select_for_update(no_key=True).filter(session=session_id)
    return {row.channel: row for row in rows.order_by("pk")}


def claim(allotment_id: int, heads: int) -> int | None:
    """Take `heads` places by one conditional UPDATE; the number issued, None when they do not fit.

    The CHECK on the row is the second wall.
    """
    found = statements.rows(_CLAIM, [heads, allotment_id, heads])
    return found[0][0] if found else None


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
    code = spoken_code(allotment.channel, allotment.session_id, number)
    booking = Booking(
        session_id=allotment.session_id, allotment=allotment, code=code, state=state,
        placed_at=at, **fields,
    )  # fmt: skip
    add(booking)
    chain.run([first_step(booking, by_name)])
    return booking


def add(booking: Booking) -> None:
    """Store a booking whose places are claimed; its first step is written with what else is."""
    done = chain.run([chain.insertion("booking", booking)])
    assert done is not None
    booking.pk, booking._state.adding = done["booking"], False


def first_step(booking: Booking, by_name: str) -> chain.Step:
    """How it began, as a step of a chain of writes."""
    row = BookingStep(
        booking_id=booking.pk, state=booking.state, at=booking.placed_at, by_name=by_name
    )
    return chain.insertion("stepped", row)


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
