"""Opening the booking of a session: its terms and the places of each channel."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, rules
from yanzhen.culture.booking.facts import BookingOpened
from yanzhen.culture.booking.models import Allotment, BookingTerms, Channel
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


@dataclass(frozen=True)
class Manner:
    """What may be set when booking is opened; times of None mean at once and until the start."""

    order: str = BookingTerms.Order.FIRST_COME
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    most_heads: int = 5
    most_for_others: int = 3
    offer_minutes: int = 24 * 60
    grace_minutes: int = 15


def open_booking(
    *,
    session_id: int,
    by: Actor,
    at: dt.datetime,
    split: Mapping[str, int] | None = None,
    manner: Manner = Manner(),
) -> BookingTerms:
    """Divide a session's places among the channels; `split` has places by channel. Raises
    Refused."""
    with transaction.atomic():
        session = access.known_session(session_id)
        access.require_at(by, PLAN_ACTIVITIES, session)
        places = dict(split) if split is not None else rules.default_split(session.capacity)
        total = sum(places.values())
        refuse_first(
            rules.booking_is_opened_once(BookingTerms.objects.filter(session=session).exists()),
            rules.a_session_is_still_to_come(
                session.state == Session.State.SCHEDULED, session.starts_at, at
            ),
            rules.places_fit_the_capacity(
                total if min(places.values()) >= 0 else -1, session.capacity
            ),
            rules.a_session_keeps_walk_in_places(places, session.capacity),
        )
        terms = BookingTerms.objects.create(
            session=session,
            reckoned_from=session.starts_at,
            opened_at=at,
            opened_by=by.name,
            **asdict(manner)
            | {
                "opens_at": manner.opens_at or at,
                "closes_at": manner.closes_at or session.starts_at,
            },
        )
        room = Session.objects.filter(pk=session.pk, capacity__gte=F("allotted") + total)
        assert room.update(allotted=F("allotted") + total) == 1
        Allotment.objects.bulk_create(
            Allotment(session=session, channel=channel, places=places.get(channel, 0))
            for channel in Channel
        )
        audit.write(
            by=by, at=at, action="booking.opened", subject=f"session:{session.pk}",
            place=session.site.code, split=places, order=terms.order,
        )  # fmt: skip
        outbox.record(BookingOpened(session.pk), at=at)
    return terms
