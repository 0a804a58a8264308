"""Free places go to the first of the waiting list whom they fit: nobody passes a fitting entry."""

import datetime as dt

from django.db import IntegrityError, transaction

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import ledger
from yanzhen.culture.booking.facts import PlaceOffered
from yanzhen.culture.booking.models import Allotment, Booking, BookingTerms, Channel, WaitingEntry
from yanzhen.groundwork import outbox

WORKER = "系统"


def promote(allotment_id: int, *, at: dt.datetime) -> int:
    """Offer what is free in a locked allotment, in order; a group too large keeps its place.

    Nothing is offered once the session has begun, or before a draw.
    """
    waiting = WaitingEntry.objects.filter(allotment=allotment_id, state=WaitingEntry.State.WAITING)
    if not waiting.exists():
        return 0
    rows = Allotment.objects.select_related("session__terms")
    allotment = rows.get(pk=allotment_id)
    terms = allotment.session.terms
    if not offers_are_made(allotment.session, terms, at):
        return 0
    until = min(at + dt.timedelta(minutes=terms.offer_minutes), allotment.session.starts_at)
    free, offered = allotment.free, 0
    for entry in waiting.select_for_update(no_key=True).order_by("priority", "rank", "pk"):
        if entry.heads <= free and _offer(entry, allotment, until, at):
            free -= entry.heads
            offered += 1
    return offered


def offers_are_made(session: Session, terms: BookingTerms, at: dt.datetime) -> bool:
    to_come = session.state == Session.State.SCHEDULED and at < session.starts_at
    undrawn = terms.order == BookingTerms.Order.DRAW and terms.drawn_at is None
    return to_come and not undrawn


def _offer(entry: WaitingEntry, allotment: Allotment, until: dt.datetime, at: dt.datetime) -> bool:
    """Claim the places and hold them; False when the person has got a booking another way."""
    try:
        with transaction.atomic():
            number = ledger.claim(allotment.pk, entry.heads)
            if number is None:
                return False
            booking = ledger.make(
                allotment,
                number,
                state=Booking.State.HELD,
                by_name=WORKER,
                at=at,
                channel=Channel(allotment.channel),
                heads=entry.heads,
                held_until=until,
                applicant_id=entry.applicant_id,
                beneficiary_id=entry.beneficiary_id,
                relation=entry.relation,
                name=entry.name,
                name_folded=entry.name_folded,
                phone=entry.phone,
                organisation=entry.organisation,
            )
    except IntegrityError:
        entry.state, entry.ended_at = WaitingEntry.State.CLOSED, at
        entry.save(update_fields=["state", "ended_at"])
        return False
    entry.state, entry.booking = WaitingEntry.State.OFFERED, booking
    entry.save(update_fields=["state", "booking"])
    outbox.record(
        PlaceOffered(entry.pk, booking.pk, allotment.session_id, until.isoformat()), at=at
    )
    return True
