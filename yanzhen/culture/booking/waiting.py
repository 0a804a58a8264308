"""The waiting list of a session: joining whole, being offered places, accepting, leaving."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, ledger, rules
from yanzhen.culture.booking.cancelling import cancel_booking
from yanzhen.culture.booking.expiring import expire_in
from yanzhen.culture.booking.holding import confirm
from yanzhen.culture.booking.models import Booking, BookingTerms, Channel, WaitingEntry
from yanzhen.culture.booking.party import Party, has_live_booking, named
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor

ALIVE = (WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED)


def join(
    *, session_id: int, channel: str, party: Party, by: Actor, at: dt.datetime
) -> WaitingEntry:
    """Wait, as a whole, for places of the channel; before a draw, apply for it. Raises Refused."""
    try:
        with transaction.atomic():
            return _join(session_id, channel, party, by, at)
    except IntegrityError:
        raise waiting_already() from None


def _join(session_id: int, channel: str, party: Party, by: Actor, at: dt.datetime) -> WaitingEntry:
    terms = access.known_terms(session_id)
    session = terms.session
    if channel == Channel.WALK_IN:
        raise Refused("no-waiting-at-the-door", _("现场不排候补。"), _("直接来就行。"), status=422)
    access.require_channel(by, channel, session_id)
    who = named(party, channel=channel, by=by, at=at)
    allotment = ledger.lock(session_id)[channel]
    expire_in(allotment.pk, at=at)
    allotment.refresh_from_db()
    by_lot = terms.order == BookingTerms.Order.DRAW and terms.drawn_at is None
    most = rules.MOST_HEADS if channel == Channel.GROUP else terms.most_heads
    same = WaitingEntry.objects.filter(who.same(), session=session, state__in=ALIVE)
    refuse_first(
        rules.a_session_is_still_to_come(
            session.state == Session.State.SCHEDULED, session.starts_at, at
        ),
        rules.booking_is_open(terms.opens_at, terms.closes_at, at),
        list_sealed() if by_lot and terms.sealed_at else None,
        rules.a_party_has_heads(party.heads, min(most, max(allotment.places, 1))),
        rules.one_live_booking_a_beneficiary_and_session(has_live_booking(session_id, who)),
        waiting_already() if same.exists() else None,
        rules.waiting_is_for_full_sessions(not by_lot and allotment.free >= party.heads),
    )
    resident = bool(who.resident_of) and who.resident_of == session.site.division.code[:6]
    entry = WaitingEntry.objects.create(
        session=session,
        allotment=allotment,
        heads=party.heads,
        joined_at=at,
        priority=rules.priority(
            terms.order,
            heads=party.heads,
            organisation=who.columns["organisation"],
            resident=resident,
        ),
        **who.columns,
    )
    audit.write(
        by=access.signed(by, entry), at=at, action="waiting.joined",
        subject=f"session:{session.pk}", place=session.site.code, entry=entry.pk,
        heads=entry.heads,
    )  # fmt: skip
    return entry


def accept(*, entry_id: int, by: Actor, at: dt.datetime) -> Booking:
    """Take the places that are offered. Raises Refused once the deadline is past."""
    with transaction.atomic():
        entry = _locked(entry_id, by)
        refuse_first(
            rules.who_waits_may_leave(entry.state, [WaitingEntry.State.OFFERED]), _late(entry, at)
        )
        assert entry.booking_id is not None
        return confirm(booking_id=entry.booking_id, by=by, at=at)


def withdraw(*, entry_id: int, by: Actor, at: dt.datetime) -> WaitingEntry:
    """Leave the list, or decline an offer, by oneself; the next is served at once. Raises
    Refused."""
    with transaction.atomic():
        entry = _locked(entry_id, by)
        refuse_first(rules.who_waits_may_leave(entry.state, ALIVE))
        if entry.state == WaitingEntry.State.OFFERED:
            assert entry.booking_id is not None
            cancel_booking(booking_id=entry.booking_id, by=by, at=at)
            entry.refresh_from_db()
        else:
            _end(entry, WaitingEntry.State.WITHDRAWN, at)
        audit.write(
            by=access.signed(by, entry), at=at, action="waiting.left",
            subject=f"session:{entry.session_id}", entry=entry.pk,
        )  # fmt: skip
    return entry


def _locked(entry_id: int, by: Actor) -> WaitingEntry:
    seen = WaitingEntry.objects.filter(pk=entry_id).first()
    access.require_row(by, seen, access.entry_unknown())
    assert seen is not None
    ledger.lock(seen.session_id)
    return WaitingEntry.objects.select_related("booking").get(pk=entry_id)


def _end(entry: WaitingEntry, state: str, at: dt.datetime) -> None:
    entry.state, entry.ended_at = state, at
    entry.save(update_fields=["state", "ended_at"])


def _late(entry: WaitingEntry, at: dt.datetime) -> Refused | None:
    held_until = entry.booking.held_until if entry.booking else None
    if held_until is None or at < held_until:
        return None
    return Refused(
        "offer-lapsed", _("留给您的时间过了，位置给了下一位。"), _("还想来，可以再候补一次。")
    )


def waiting_already() -> Refused:
    return Refused(
        "waiting-already", _("这位已经在候补里了。"), _("在“我的”里可以看到排在第几位。")
    )


def list_sealed() -> Refused:
    return Refused("list-sealed", _("名单已经封存，等着摇号。"), _("现场还留着名额，可以直接来。"))
