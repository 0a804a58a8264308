"""Places for an organisation before names exist: held, then confirmed with a roster and shrunk."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yanzhen.culture.booking import access, ledger, rules
from yanzhen.culture.booking.cancelling import locked
from yanzhen.culture.booking.leaving import accept_offer, shrink
from yanzhen.culture.booking.models import Booking, Channel, RosterName
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.names import plain
from yanzhen.people.roles import Actor


def hold_for_organisation(
    *, session_id: int, party: Party, until: dt.datetime, by: Actor, at: dt.datetime, key: str = ""
) -> Booking:
    """Hold places of the group allotment until a moment, the start at the latest. Raises
    Refused."""
    session = access.known_session(session_id)
    return place(
        session_id=session_id,
        channel=Channel.GROUP,
        party=party,
        by=by,
        at=at,
        key=key,
        hold_until=min(until, session.starts_at),
    )


def confirm(*, booking_id: int, by: Actor, at: dt.datetime, names: Sequence[str] = ()) -> Booking:
    """Make a hold firm. With a roster it shrinks to the names on it, never more. Raises Refused."""
    names = [name for each in names if (name := plain(each)[:60])]
    with transaction.atomic():
        booking = locked(booking_id, by)
        signed = access.signed(by, booking)
        refuse_first(
            rules.a_booking_is_in_a_state(booking.state, [Booking.State.HELD]),
            rules.a_group_is_never_split(len(names), booking.heads) if names else None,
        )
        ledger.enter(booking, Booking.State.CONFIRMED, by_name=signed.name, at=at, held_until=None)
        accept_offer(booking, at)
        if names:
            RosterName.objects.bulk_create(RosterName(booking=booking, name=each) for each in names)
            if len(names) < booking.heads:
                shrink(booking, len(names), at=at)
        audit.write(
            by=signed, at=at, action="booking.confirmed", subject=f"session:{booking.session_id}",
            place=booking.session.site.code, booking=booking.pk, heads=booking.heads,
        )  # fmt: skip
    return booking
