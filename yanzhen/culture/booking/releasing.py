"""Some minutes after the start, unused places go to whoever stands at the door; never back."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import ledger, standing
from yanzhen.culture.booking.facts import WaitingClosed
from yanzhen.culture.booking.leaving import leave
from yanzhen.culture.booking.models import (
    Allotment,
    AllotmentTransfer,
    Booking,
    BookingTerms,
    Channel,
    SignInSheet,
    WaitingEntry,
)
from yanzhen.culture.booking.promoting import WORKER
from yanzhen.groundwork import audit, outbox

REASON = "开场后没有用上的名额放到现场"
LATEST = dt.timedelta(days=7)  # an offline list that has not come back by then is not waited for


def release_due(at: dt.datetime) -> int:
    """The chore: every session whose grace is over; how many were released."""
    begun = BookingTerms.objects.filter(
        released_at=None, session__state=Session.State.SCHEDULED, session__starts_at__lte=at
    ).select_related("session")
    due = [
        terms
        for terms in begun
        if terms.session.starts_at + dt.timedelta(minutes=terms.grace_minutes) <= at
    ]
    return sum(release(terms.session_id, at=at) for terms in due)


def release(session_id: int, *, at: dt.datetime) -> int:
    """Who has not come by now gives the places up, and all that is free goes to the door.

    A branch that was offline, or whose printed sheet is still out, is waited for, a week at most:
    nobody can say who came. Then nobody is blamed.
    """
    with transaction.atomic():
        allotments = ledger.lock(session_id)
        terms = BookingTerms.objects.select_related("session__site").get(session=session_id)
        offline = terms.offline_at is not None
        sheet_out = SignInSheet.objects.filter(session=session_id, returned_at=None).exists()
        waits = (offline or sheet_out) and at < terms.session.ends_at + LATEST
        if waits or terms.released_at is not None:
            return 0
        _close_waiting(session_id, at)
        absent = _give_up(session_id, offline, sheet_out, at)
        moved = _to_the_door(session_id, allotments[Channel.WALK_IN], at)
        BookingTerms.objects.filter(pk=terms.pk).update(released_at=at)
        audit.write(
            by=audit.System(), at=at, action="booking.released", subject=f"session:{session_id}",
            place=terms.session.site.code, absent=absent, places=moved,
        )  # fmt: skip
    return 1


def _close_waiting(session_id: int, at: dt.datetime) -> None:
    waiting = WaitingEntry.objects.filter(session=session_id, state=WaitingEntry.State.WAITING)
    in_vain = list(waiting.order_by("pk").values_list("pk", flat=True))
    if in_vain:
        waiting.update(state=WaitingEntry.State.CLOSED, ended_at=at)
        outbox.record(WaitingClosed(session_id, in_vain), at=at)


def _give_up(session_id: int, offline: bool, sheet_out: bool, at: dt.datetime) -> int:
    to_come = (Booking.State.HELD, Booking.State.CONFIRMED)
    rows = Booking.objects.filter(session=session_id, state__in=to_come, sheet=None)
    absent = list(rows.select_related("beneficiary", "session").order_by("pk"))
    for booking in absent:
        if booking.state == Booking.State.HELD:
            leave(
                booking, Booking.State.EXPIRED, by_name=WORKER, at=at,
                entry_state=WaitingEntry.State.LAPSED,
            )  # fmt: skip
        else:
            noted = standing.note(booking, offline=offline, sheet_out=sheet_out, at=at)
            state = Booking.State.NO_SHOW if noted else Booking.State.EXCUSED
            leave(booking, state, by_name=WORKER, at=at)
    return len(absent)


def _to_the_door(session_id: int, door: Allotment, at: dt.datetime) -> int:
    moved = 0
    for giver in Allotment.objects.filter(session=session_id).exclude(pk=door.pk):
        if giver.free and ledger.shift(giver.pk, door.pk, giver.free):
            AllotmentTransfer.objects.create(
                session_id=session_id, source=giver, target=door, places=giver.free, at=at,
                by_name=WORKER, reason=REASON,
            )  # fmt: skip
            moved += giver.free
    return moved
