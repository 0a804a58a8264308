"""At the door: checking in who has booked, letting in who just comes, and taking either back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, ledger, rules, standing
from yanzhen.culture.booking.facts import BookingCheckedIn
from yanzhen.culture.booking.leaving import accept_offer, leave, shrink
from yanzhen.culture.booking.models import LIVE, Allotment, Booking, BookingTerms, Channel, NoShow
from yanzhen.culture.booking.placing import full
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.groundwork.text import fold
from yanzhen.people.names import phone_form, plain
from yanzhen.people.roles import CHECK_IN, Actor

EARLIEST = dt.timedelta(hours=4)  # a door is not opened on the wrong day
LATEST = dt.timedelta(hours=12)
_ABSENT = (Booking.State.NO_SHOW, Booking.State.EXCUSED)


@dataclass(frozen=True)
class Heads:
    """A plain head count with its age bands; the rest are adults."""

    heads: int = 1
    under_18: int = 0
    aged_60: int = 0


def check_in(*, booking_id: int, by: Actor, at: dt.datetime, heads: int | None = None) -> Booking:
    """Whoever booked is here; fewer `heads` than booked give the rest back to those who wait at the
    door. Who comes after the places were released is let in on a walk-in place. Raises Refused."""
    with transaction.atomic():
        booking = _locked(booking_id, by)
        refuse_first(
            _at_the_door(booking.session, at),
            checked_in_already() if booking.state == Booking.State.CHECKED_IN else None,
            rules.a_booking_is_in_a_state(
                booking.state, [Booking.State.HELD, Booking.State.CONFIRMED, *_ABSENT]
            ),
            rules.a_group_is_never_split(heads, booking.heads) if heads is not None else None,
        )
        if booking.state in _ABSENT:
            _late(booking, heads or booking.heads, by, at)
        else:
            if heads is not None and heads < booking.heads:
                shrink(booking, heads, at=at)
            _seen(booking, by, at)
        _write("booking.checked_in", booking, by, at)
        outbox.record(BookingCheckedIn(booking.pk, booking.session_id, booking.heads), at=at)
    return booking


def _seen(booking: Booking, by: Actor, at: dt.datetime) -> None:
    ledger.enter(
        booking, Booking.State.CHECKED_IN, by_name=by.name, at=at, checked_in_at=at,
        held_until=None, ended_at=None,
    )  # fmt: skip
    accept_offer(booking, at)


def _late(booking: Booking, heads: int, by: Actor, at: dt.datetime) -> None:
    door = Allotment.objects.get(session=booking.session_id, channel=Channel.WALK_IN)
    if ledger.claim(door.pk, heads) is None:
        raise full(booking.session_id, Channel.WALK_IN, heads)
    booking.allotment, booking.heads = door, heads
    booking.save(update_fields=["heads"])
    ledger.enter(
        booking, Booking.State.CHECKED_IN, by_name=by.name, at=at, reason="晚到", allotment=door,
        checked_in_at=at, ended_at=None,
    )  # fmt: skip
    for mark in NoShow.objects.select_related("booking").filter(booking=booking):
        standing.excused(mark, reason="晚到", by_name=by.name, at=at)


def admit(
    *, session_id: int, count: Heads, by: Actor, at: dt.datetime, name: str = "", key: str = ""
) -> Booking:
    """Let in somebody who just comes: heads, age bands, a name if they like. Raises Refused."""
    with transaction.atomic():
        session = access.known_terms(session_id).session
        access.require_at(by, CHECK_IN, session)
        earlier = Booking.objects.filter(key=key, session=session).first() if key else None
        if earlier is not None:
            return earlier
        refuse_first(
            _at_the_door(session, at),
            rules.a_party_has_heads(count.heads, rules.MOST_HEADS),
            _bands_fit(count),
        )
        door = Allotment.objects.get(session=session, channel=Channel.WALK_IN)
        number = ledger.claim(door.pk, count.heads)
        if number is None:
            raise full(session.pk, Channel.WALK_IN, count.heads)
        booking = ledger.make(
            door, number, state=Booking.State.CHECKED_IN, by_name=by.name, at=at,
            channel=Channel.WALK_IN, heads=count.heads, under_18=count.under_18,
            aged_60=count.aged_60, name=plain(name)[:60], name_folded=fold(plain(name))[:120],
            operator_name=by.name, checked_in_at=at, key=key,
        )  # fmt: skip
        _write("booking.admitted", booking, by, at)
        outbox.record(BookingCheckedIn(booking.pk, session.pk, booking.heads), at=at)
    return booking


def undo(*, booking_id: int, by: Actor, at: dt.datetime) -> Booking:
    """A counter-entry: who booked is expected again, who just came was never here. Raises
    Refused."""
    with transaction.atomic():
        booking = _locked(booking_id, by)
        refuse_first(rules.a_booking_is_in_a_state(booking.state, [Booking.State.CHECKED_IN]))
        if booking.allotment.channel == Channel.WALK_IN:
            walked_in = booking.channel == Channel.WALK_IN
            state = Booking.State.CANCELLED if walked_in else Booking.State.EXCUSED
            leave(booking, state, by_name=by.name, at=at, reason="撤销签到", checked_in_at=None)
        else:
            ledger.enter(
                booking, Booking.State.CONFIRMED, by_name=by.name, at=at, reason="撤销签到",
                checked_in_at=None,
            )  # fmt: skip
        _write("booking.check_in_undone", booking, by, at)
    return booking


def mark_offline(*, session_id: int, offline: bool, by: Actor, at: dt.datetime) -> BookingTerms:
    """The branch has no network, or has it again: until then nobody is said not to have come.
    Raises Refused."""
    with transaction.atomic():
        terms = access.known_terms(session_id)
        access.require_at(by, CHECK_IN, terms.session)
        terms.offline_at, terms.offline_by = (at, by.name) if offline else (None, "")
        terms.save(update_fields=["offline_at", "offline_by"])
        audit.write(
            by=by, at=at, action="booking.offline", subject=f"session:{session_id}",
            place=terms.session.site.code, offline=offline,
        )  # fmt: skip
    return terms


def found_at_the_door(
    session_id: int, text: str, person_ids: tuple[int, ...] = ()
) -> list[Booking]:
    """Bookings by spoken code or QR, telephone or its last four digits, name or organisation;
    `person_ids` are who the door found by their card."""
    text = plain(text)[:60]
    rows = Booking.objects.filter(session=session_id, state__in=[*LIVE, *_ABSENT]).named()
    rows = rows.select_related("beneficiary", "allotment")
    code = text.upper().removeprefix(QR_PREFIX).replace(" ", "")
    by_code = list(rows.filter(code=code)) if code.isdigit() else []
    if by_code:
        return by_code
    if person_ids:
        return list(rows.filter(beneficiary__in=person_ids))
    digits = phone_form(text).removeprefix("+")
    if digits.isdigit():
        return list(rows.filter(phone__endswith=digits)[:20]) if len(digits) >= 4 else []
    return list(rows.filter(name_folded__contains=fold(text))[:20]) if fold(text) else []


QR_PREFIX = "YZB-"


def _locked(booking_id: int, by: Actor) -> Booking:
    seen = Booking.objects.filter(pk=booking_id).values_list("session", flat=True).first()
    if seen is None:
        raise access.booking_unknown()
    ledger.lock(seen)
    rows = Booking.objects.select_related("session__activity", "session__site", "allotment")
    booking = rows.get(pk=booking_id)
    access.require_at(by, CHECK_IN, booking.session)
    return booking


def _at_the_door(session: Session, at: dt.datetime) -> Refused | None:
    if session.state != Session.State.SCHEDULED:
        return Refused("session-cancelled", _("这一场取消了。"), _("请看看别的场次。"))
    if session.starts_at - EARLIEST <= at <= session.ends_at + LATEST:
        return None
    return Refused(
        "wrong-day", _("这一场不在现在。"), _("开场前 4 小时起、结束后 12 小时内可以签到。")
    )


def _bands_fit(count: Heads) -> Refused | None:
    if min(count.under_18, count.aged_60) >= 0 and count.under_18 + count.aged_60 <= count.heads:
        return None
    return Refused(
        "age-bands-unfit", _("未成年人和老人加起来比总人数还多。"), _("请再数一次。"), status=422
    )


def checked_in_already() -> Refused:
    return Refused("checked-in-already", _("已经签过到了。"), _("不用再签，请进。"))


def _write(action: str, booking: Booking, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"session:{booking.session_id}",
        place=booking.session.site.code, booking=booking.pk, heads=booking.heads,
    )  # fmt: skip
