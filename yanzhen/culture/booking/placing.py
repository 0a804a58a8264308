"""Placing a booking: one conditional UPDATE of one allotment, and the row that has the places."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.culture.booking import access, ledger, rules, situation, standing
from yanzhen.culture.booking.expiring import expire_in
from yanzhen.culture.booking.facts import BookingPlaced
from yanzhen.culture.booking.models import Allotment, Booking, Channel
from yanzhen.culture.booking.party import Named, Party, has_live_booking, named, waiting_closed
from yanzhen.culture.booking.situation import Situation
from yanzhen.groundwork import audit, chain, outbox
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
    if earlier := _sent_before(key, session_id, by):
        return earlier
    access.require_channel(by, channel, session_id)
    who = named(party, channel=channel, by=by, at=at)
    seen = situation.load(session_id, channel)
    _ask_the_rules(seen, channel, party, who, by, at)
    booking = _asked_for(seen, channel, party, who, by, at, key, hold_until)
    try:
        with transaction.atomic():
            _write(booking, seen, who, by)
    except (IntegrityError, Refused) as trouble:
        # Two at once with one key: one of them has the place. For one beneficiary: the index let
        # one in.
        if earlier := _sent_before(key, session_id, by):
            return earlier
        if isinstance(trouble, IntegrityError):
            _refuse_a_second(seen, who)
        raise
    return booking


def _ask_the_rules(
    seen: Situation, channel: str, party: Party, who: Named, by: Actor, at: dt.datetime
) -> None:
    most = rules.MOST_HEADS if channel == Channel.GROUP else seen.most_heads
    refuse_first(
        rules.a_session_is_still_to_come(seen.scheduled, seen.starts_at, at),
        rules.booking_is_open(seen.opens_at, seen.closes_at, at),
        rules.a_draw_is_applied_for(seen.order, seen.drawn, channel),
        rules.a_party_has_heads(party.heads, most),
        rules.the_age_fits(
            who.beneficiary.born_on if who.beneficiary else None,
            local_day(seen.starts_at), seen.age_from, seen.age_to,
        ),
        rules.a_paused_person_books_by_hand(
            standing.paused_until(by.person_id, at) if channel == Channel.ONLINE else None
        ),
    )  # fmt: skip
    if who.columns["organisation"]:  # of everybody else the index lets one in
        _refuse_a_second(seen, who)


def _asked_for(
    seen: Situation,
    channel: str,
    party: Party,
    who: Named,
    by: Actor,
    at: dt.datetime,
    key: str,
    hold_until: dt.datetime | None,
) -> Booking:
    """The booking as it will be stored, but for the code its number makes."""
    return Booking(
        session_id=seen.session_id,
        allotment_id=seen.allotment_id,
        state=Booking.State.HELD if hold_until else Booking.State.CONFIRMED,
        placed_at=at,
        channel=channel,
        heads=party.heads,
        companions=party.tidied().companions,
        operator_name=by.name if channel != Channel.ONLINE else "",
        key=key,
        held_until=hold_until,
        **who.columns,
    )


def _write(booking: Booking, seen: Situation, who: Named, by: Actor) -> None:
    """The claim keeps the allotment to this transaction; what may have changed since the reading
    is asked again under it."""
    at, channel = booking.placed_at, booking.channel
    number = _claimed(booking, seen, who)
    if channel == Channel.ONLINE and who.beneficiary is None:
        booked = _booked_for_others(seen.session_id, by)
        refuse_first(rules.a_proxy_books_for_a_few(booked, seen.most_for_others))
    booking.code = rules.spoken_code(channel, seen.session_id, number)
    ledger.add(booking)
    chain.run([
        ledger.first_step(booking, booking.operator_name or "申请人"),
        waiting_closed(seen.session_id, who, at),
        audit.step(
            by=access.signed(by, booking), at=at, action="booking.placed",
            subject=f"session:{seen.session_id}", place=seen.site_code, booking=booking.pk,
            channel=channel, heads=booking.heads,
        ),
        outbox.step(BookingPlaced(booking.pk, seen.session_id, channel, booking.heads), at=at),
    ])  # fmt: skip


def _claimed(booking: Booking, seen: Situation, who: Named) -> int:
    """The number claimed; looks for expired holds when the allotment is full. Raises Refused."""
    at, heads = booking.placed_at, booking.heads
    number = ledger.claim(seen.allotment_id, heads)
    if number is None and expire_in(seen.allotment_id, at=at):
        number = ledger.claim(seen.allotment_id, heads)
    if number is None:
        now = situation.load(seen.session_id, booking.channel)
        refuse_first(rules.a_session_is_still_to_come(now.scheduled, now.starts_at, at))
        _refuse_a_second(seen, who)
        raise full(seen.session_id, booking.channel, heads)
    return number


def _refuse_a_second(seen: Situation, who: Named) -> None:
    booked = has_live_booking(seen.session_id, who)
    refuse_first(rules.one_live_booking_a_beneficiary_and_session(booked))


def _booked_for_others(session_id: int, by: Actor) -> int:
    proxied = Booking.objects.live().filter(session=session_id, applicant=by.person_id)
    return proxied.filter(beneficiary=None).count()


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
