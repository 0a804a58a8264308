"""Listeners: what happened to a session becomes a notice for everybody it concerns."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from yanzhen.culture.activities.models import Session, SessionMove
from yanzhen.culture.booking.models import LIVE, Booking, WaitingEntry
from yanzhen.culture.courses.models import Enrolment, GroupPlaces
from yanzhen.culture.telling import rules
from yanzhen.culture.telling.addressing import Addressee, Cause, addressees
from yanzhen.culture.telling.models import WAITS, Notice
from yanzhen.groundwork import audit, clock
from yanzhen.groundwork.clock import local_day

# Whoever had a place when the session was called off, whether booking has heard of it or not.
ENDED = (*LIVE, Booking.State.CANCELLED_BY_HOST)
CLOSED = (*WAITS, WaitingEntry.State.CLOSED)


def tell_of_move(body: dict[str, Any]) -> None:
    """Hears SessionMoved."""
    move = SessionMove.objects.select_related("session").get(pk=body["move_id"])
    causes = _with_places(move.session, LIVE, WAITS)
    _raise(move.session, Notice.Reason.MOVED, f"move:{move.pk}", causes, move=move)


def tell_of_cancellation(body: dict[str, Any]) -> None:
    """Hears SessionCancelled; a session is cancelled once."""
    session = Session.objects.get(pk=body["session_id"])
    causes = _with_places(session, ENDED, CLOSED)
    _raise(session, Notice.Reason.CANCELLED, f"cancellation:{session.pk}", causes)


def tell_of_offer(body: dict[str, Any]) -> None:
    """Hears PlaceOffered."""
    booking = Booking.objects.select_related("session").get(pk=body["booking_id"])
    _raise(booking.session, Notice.Reason.OFFERED, f"offer:{booking.pk}", [booking])


def tell_of_draw(body: dict[str, Any]) -> None:
    """Hears ListDrawn: who was drawn is offered places, everybody else still waits."""
    session = Session.objects.get(pk=body["session_id"])
    waiting = WaitingEntry.objects.filter(session=session, state=WaitingEntry.State.WAITING)
    _raise(session, Notice.Reason.NOT_DRAWN, f"draw:{session.pk}", waiting)


def tell_of_closing(body: dict[str, Any]) -> None:
    """Hears WaitingClosed: the session began and no place became free."""
    session = Session.objects.get(pk=body["session_id"])
    entries = WaitingEntry.objects.filter(pk__in=body["entry_ids"])
    _raise(session, Notice.Reason.CLOSED, f"closing:{session.pk}", entries)


def _with_places(session: Session, booked: Iterable[str], waits: Iterable[str]) -> Iterator[Cause]:
    """Everybody with a place in a session, or waiting for one; each named party once."""
    named: set[tuple[str, str]] = set()
    bookings = Booking.objects.named().filter(session=session, state__in=booked)
    entries = WaitingEntry.objects.filter(session=session, state__in=waits)
    for row in [*bookings.order_by("pk"), *entries.order_by("pk")]:
        party = (row.name_folded, row.phone)
        if row.beneficiary_id or row.applicant_id or party not in named:
            yield row
        named.add(party)
    of_course = {"course__activity": session.activity_id}
    yield from Enrolment.objects.live().filter(**of_course)
    yield from GroupPlaces.objects.live().filter(**of_course)


def _raise(
    session: Session,
    reason: str,
    occasion: str,
    causes: Iterable[Cause],
    move: SessionMove | None = None,
) -> None:
    at = clock.now()
    known = set(Notice.objects.filter(occasion=occasion).values_list("who", flat=True))
    fresh: dict[str, Addressee] = {}
    for cause in causes:
        for each in addressees(cause, local_day(at)):
            if each.who not in known:
                fresh.setdefault(each.who, each)
    if not fresh:
        return
    earlier = _overtake(session, reason, fresh, at)
    Notice.objects.bulk_create(
        Notice(
            reason=reason, session=session, occasion=occasion, who=each.who, move=move,
            person_id=each.person_id, raised_at=at, **{f"{each.field}_id": each.cause.pk},
            **(_before(move, earlier.get(each.who)) if move else {}),
        )
        for each in fresh.values()
    )  # fmt: skip
    audit.write(
        by=audit.System(), at=at, action="notice.raised", subject=f"session:{session.pk}",
        reason=str(reason), people=len(fresh),
    )  # fmt: skip


def _overtake(
    session: Session, reason: str, whom: Iterable[str], at: dt.datetime
) -> dict[str, Notice]:
    """What these had not heard yet and need not hear any more, by `who`."""
    rows = Notice.objects.unheard().filter(
        session=session, reason__in=rules.overtaken_by(reason), who__in=list(whom)
    )
    earlier = {row.who: row for row in rows}
    rows.update(overtaken_at=at)
    return earlier


def _before(move: SessionMove, unheard: Notice | None) -> dict[str, Any]:
    """The time and place they knew: those before the first move they have not heard of, unless it
    all came back to where it was."""
    came_back = unheard is not None and (
        (unheard.was_at, unheard.was_site_id) == (move.to_starts_at, move.to_site_id)
    )
    if unheard is None or came_back:
        return {"was_at": move.from_starts_at, "was_site_id": move.from_site_id}
    return {"was_at": unheard.was_at, "was_site_id": unheard.was_site_id}
