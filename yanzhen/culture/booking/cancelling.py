"""Giving a booking up, moving it to another session, and the host calling the session off."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, ledger, rules
from yanzhen.culture.booking.facts import BookingCancelled, BookingMoved
from yanzhen.culture.booking.leaving import leave
from yanzhen.culture.booking.models import Allotment, Booking, WaitingEntry
from yanzhen.culture.booking.placing import full
from yanzhen.groundwork import audit, clock, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor

TO_COME = (Booking.State.HELD, Booking.State.CONFIRMED)


def cancel_booking(*, booking_id: int, by: Actor, at: dt.datetime, reason: str = "") -> Booking:
    """Give up the places of a booking: the applicant, the beneficiary, the guardian or staff.
    Raises Refused."""
    with transaction.atomic():
        booking = locked(booking_id, by)
        refuse_first(rules.a_booking_is_in_a_state(booking.state, TO_COME))
        signed = access.signed(by, booking)
        leave(booking, Booking.State.CANCELLED, by_name=signed.name, at=at, reason=reason.strip())
        _write("booking.cancelled", booking, signed, at)
        outbox.record(BookingCancelled(booking.pk, booking.session_id, by_host=False), at=at)
    return booking


def move_booking(
    *, booking_id: int, to_session_id: int, by: Actor, at: dt.datetime, reason: str
) -> Booking:
    """The same party in another session, in its channel; the old places are freed in the same
    transaction. Returns the new booking. Raises Refused."""
    with transaction.atomic():
        seen = Booking.objects.filter(pk=booking_id).first()
        access.require_row(by, seen, access.booking_unknown())
        assert seen is not None
        terms = access.known_terms(to_session_id)
        allotments = _lock_both(seen.session_id, to_session_id)
        old = locked(booking_id, by)
        to = terms.session
        already = _same_people(old).filter(session=to).exists()
        refuse_first(
            rules.a_booking_is_in_a_state(old.state, TO_COME),
            rules.a_change_has_a_reason(reason),
            rules.a_session_is_still_to_come(to.state == Session.State.SCHEDULED, to.starts_at, at),
            rules.booking_is_open(terms.opens_at, terms.closes_at, at),
            rules.one_live_booking_a_beneficiary_and_session(already),
        )
        signed = access.signed(by, old)
        new = _again(old, allotments[to_session_id, old.channel], signed.name, at)
        leave(old, Booking.State.MOVED, by_name=signed.name, at=at, reason=reason, moved_to=new)
        _write("booking.moved", old, signed, at, to=to_session_id)
        outbox.record(BookingMoved(old.pk, old.session_id, new.pk, to_session_id), at=at)
    return new


def _same_people(booking: Booking):
    live = Booking.objects.live()
    if booking.beneficiary_id:
        return live.filter(beneficiary=booking.beneficiary_id)
    return live.filter(
        beneficiary=None, name_folded=booking.name_folded, phone=booking.phone,
        organisation=booking.organisation,
    )  # fmt: skip


def _lock_both(one: int, other: int) -> dict[tuple[int, str], Allotment]:
    rows = Allotment.objects.select_for_update(no_key=True).filter(session__in=[one, other])
    return {(row.session_id, row.channel): row for row in rows.order_by("pk")}


def _again(old: Booking, allotment: Allotment, by_name: str, at: dt.datetime) -> Booking:
    number = ledger.claim(allotment.pk, old.heads)
    if number is None:
        raise full(allotment.session_id, old.channel, old.heads)
    kept = (
        "channel", "heads", "companions", "applicant_id", "beneficiary_id", "relation", "name",
        "name_folded", "phone", "organisation", "operator_name", "held_until",
    )  # fmt: skip
    columns = {name: getattr(old, name) for name in kept}
    return ledger.make(allotment, number, state=old.state, by_name=by_name, at=at, **columns)


def cancel_all_of(*, session_id: int, by: Actor, at: dt.datetime, reason: str = "") -> int:
    """The session does not take place: every live booking ends by the host, the waiting list is
    closed, and none of it is anybody's fault. How many bookings. Raises Refused."""
    with transaction.atomic():
        session = access.known_session(session_id)
        access.require_at(by, PLAN_ACTIVITIES, session)
        return _end_all(session, by, at, reason or _("这一场取消了"))


def end_with_the_session(body: dict[str, Any]) -> None:
    """Hears that a session was cancelled by its host: what was booked for it ends with it."""
    with transaction.atomic():
        session = access.known_session(body["session_id"])
        _end_all(session, audit.System(), clock.now(), body["reason"] or _("这一场取消了"))


def _end_all(session: Session, by: Actor | audit.System, at: dt.datetime, reason: str) -> int:
    ledger.lock(session.pk)
    waiting = WaitingEntry.objects.filter(session=session, state=WaitingEntry.State.WAITING)
    waiting.update(state=WaitingEntry.State.CLOSED, ended_at=at)
    live = list(Booking.objects.filter(session=session, state__in=TO_COME).order_by("pk"))
    for booking in live:
        leave(
            booking, Booking.State.CANCELLED_BY_HOST, by_name=by.name, at=at, reason=reason,
            entry_state=WaitingEntry.State.CLOSED,
        )  # fmt: skip
        outbox.record(BookingCancelled(booking.pk, session.pk, by_host=True), at=at)
    audit.write(
        by=by, at=at, action="booking.all_cancelled", subject=f"session:{session.pk}",
        place=session.site.code, bookings=len(live), reason=reason,
    )  # fmt: skip
    return len(live)


def locked(booking_id: int, by: Actor) -> Booking:
    """The booking as it stands now, the allotments of its session kept to this transaction.
    Raises Refused `booking-unknown` for whoever may not touch it."""
    seen = Booking.objects.filter(pk=booking_id).first()
    access.require_row(by, seen, access.booking_unknown())
    assert seen is not None
    ledger.lock(seen.session_id)
    rows = Booking.objects.select_related("session__activity", "session__site", "allotment")
    return rows.get(pk=booking_id)


def _write(action: str, booking: Booking, signed, at: dt.datetime, **detail) -> None:
    audit.write(
        by=signed, at=at, action=action, subject=f"session:{booking.session_id}",
        place=booking.session.site.code, booking=booking.pk, heads=booking.heads, **detail,
    )  # fmt: skip
