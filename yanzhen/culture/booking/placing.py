"""Placing a booking: one conditional UPDATE of one allotment, and the row that has the places."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, ledger, rules, standing
from yanzhen.culture.booking.expiring import expire_in
from yanzhen.culture.booking.facts import BookingPlaced
from yanzhen.culture.booking.models import Allotment, Booking, BookingTerms, Channel
from yanzhen.culture.booking.party import Named, Party, close_waiting, has_live_booking, named
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor


def place(
    *,
    session_id: int,
    channel: str,
    party: Party,
    by: Actor,
    at: dt.datetime,
    key: str = "",
    hold_until: dt.datetime | None = None,
) -> Booking:
    """Give a party its places, whole or not at all, from the allotment of its channel.

    The same `key` is the same booking. `hold_until` makes a hold that somebody has to confirm.
    Raises Refused: full, booked already, not open, not yours.
    """
    try:
        with transaction.atomic():
            return _sent_before(key, session_id, by) or _place(
                session_id, channel, party, by, at, key, hold_until
            )
    except IntegrityError:
        # Two at once with one key, or for one beneficiary: the index let one of them in.
        earlier = _sent_before(key, session_id, by)
        if earlier is None:
            who = named(party, channel=channel, by=by, at=at)
            refuse_first(
                rules.one_live_booking_a_beneficiary_and_session(has_live_booking(session_id, who))
            )
            raise
        return earlier


def _place(
    session_id: int,
    channel: str,
    party: Party,
    by: Actor,
    at: dt.datetime,
    key: str,
    hold_until: dt.datetime | None,
) -> Booking:
    terms = access.known_terms(session_id)
    session = terms.session
    access.require_channel(by, channel, session)
    who = named(party, channel=channel, by=by, at=at)
    _ask_the_rules(terms, channel, party, who, by, at)
    allotment, number = _claim(session, channel, party.heads, at)
    signed = by if channel != Channel.ONLINE else None
    booking = ledger.make(
        allotment,
        number,
        state=Booking.State.HELD if hold_until else Booking.State.CONFIRMED,
        by_name=signed.name if signed else "申请人",
        at=at,
        channel=channel,
        heads=party.heads,
        companions=party.tidied().companions,
        operator_name=signed.name if signed else "",
        key=key,
        held_until=hold_until,
        **who.columns,
    )
    close_waiting(session.pk, who, at)
    audit.write(
        by=access.signed(by, booking), at=at, action="booking.placed",
        subject=f"session:{session.pk}", place=session.site.code, booking=booking.pk,
        channel=channel, heads=booking.heads,
    )  # fmt: skip
    outbox.record(BookingPlaced(booking.pk, session.pk, channel, booking.heads), at=at)
    return booking


def _ask_the_rules(
    terms: BookingTerms, channel: str, party: Party, who: Named, by: Actor, at: dt.datetime
) -> None:
    session, activity = terms.session, terms.session.activity
    online = channel == Channel.ONLINE
    born_on = who.beneficiary.born_on if who.beneficiary else None
    most = rules.MOST_HEADS if channel == Channel.GROUP else terms.most_heads
    refuse_first(
        rules.a_session_is_still_to_come(
            session.state == Session.State.SCHEDULED, session.starts_at, at
        ),
        rules.booking_is_open(terms.opens_at, terms.closes_at, at),
        rules.a_draw_is_applied_for(terms.order, terms.drawn_at is not None, channel),
        rules.a_party_has_heads(party.heads, most),
        rules.the_age_fits(
            born_on, local_day(session.starts_at), activity.age_from, activity.age_to
        ),
        rules.one_live_booking_a_beneficiary_and_session(has_live_booking(session.pk, who)),
        rules.a_paused_person_books_by_hand(
            standing.paused_until(by.person_id, at) if online else None
        ),
        rules.a_proxy_books_for_a_few(_booked_for_others(session.pk, by), terms.most_for_others)
        if online and who.beneficiary is None
        else None,
    )


def _booked_for_others(session_id: int, by: Actor) -> int:
    proxied = Booking.objects.live().filter(session=session_id, applicant=by.person_id)
    return proxied.filter(beneficiary=None).count()


def _claim(session: Session, channel: str, heads: int, at: dt.datetime) -> tuple[Allotment, int]:
    """The allotment and the number claimed from it; looks for expired holds when it is full."""
    allotment = Allotment.objects.get(session=session, channel=channel)
    number = ledger.claim(allotment.pk, heads)
    if number is None and expire_in(allotment.pk, at=at):
        number = ledger.claim(allotment.pk, heads)
    if number is None:
        raise full(session.pk, channel, heads)
    return allotment, number


def full(session_id: int, channel: str, heads: int) -> Refused:
    """Not enough places in this channel, and what is still open instead."""
    free = {row.channel: row.free for row in Allotment.objects.filter(session=session_id)}
    left = max(free.get(channel, 0), 0)
    word = Channel(channel).label
    message = (
        ngettext(
            "%(channel)s名额只剩 %(left)d 个，不够 %(n)d 人一起来。",
            "%(channel)s名额只剩 %(left)d 个，不够 %(n)d 人一起来。",
            left,
        )
        % {"channel": word, "left": left, "n": heads}
        if left
        else _("%(channel)s名额约满了。") % {"channel": word}
    )
    at_the_door = free.get(Channel.WALK_IN, 0)
    remedy = (
        ngettext(
            "现场还留着 %(n)d 个，直接来就行；也可以候补。",
            "现场还留着 %(n)d 个，直接来就行；也可以候补。",
            at_the_door,
        )
        % {"n": at_the_door}
        if at_the_door and channel != Channel.WALK_IN
        else _("可以候补，有人退出就轮到您；或者看看别的场次。")
    )
    return Refused("full", message, remedy)


def _sent_before(key: str, session_id: int, by: Actor) -> Booking | None:
    """The booking this key already made. Raises Refused when it was made for something else."""
    earlier = Booking.objects.filter(key=key).first() if key else None
    if earlier is None:
        return None
    if earlier.session_id == session_id and (by.is_staff or access.is_theirs(by, earlier)):
        return earlier
    raise Refused(
        "idempotency-key-reused",
        _("这个请求编号已用于另一件事。"),
        _("请刷新页面，再填一次。"),
        status=422,
    )
