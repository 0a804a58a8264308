"""Bookings of the demo county 演示: what is coming is half booked, what was is signed in."""

import datetime as dt
from contextlib import suppress
from random import Random

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.booking import entering, opening, placing, releasing, waiting
from yanzhen.culture.booking.entering import Heads
from yanzhen.culture.booking.models import Booking, Channel
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.rules import default_split
from yanzhen.demo.activities import BY
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Person
from yanzhen.people.roles import Actor
from yanzhen.people.rules import is_minor

SEED = 20220819
DAY = dt.timedelta(days=1)
# Nobody books a place on a square or before a wall of pictures.
FREE_TO_COME = (Activity.Kind.SQUARE_DANCE, Activity.Kind.EXHIBITION, Activity.Kind.WORKSITE_VISIT)
ROOM_FOR_GROUPS = 60
FULL = 3  # every so-many-th coming session is booked out, with people waiting


def make_bookings(at: dt.datetime, *, coming: int, held: int) -> None:
    """Bookings of so many sessions to come, and held, as they stand at the moment `at`.

    Wants residents and activities stored.
    """
    rng = Random(SEED)
    people = [each for each in Person.objects.order_by("pk") if _adult(each, at)]
    rows = Session.objects.filter(
        state=Session.State.SCHEDULED, activity__state=Activity.State.PUBLISHED
    ).exclude(activity__kind__in=FREE_TO_COME)
    past = rows.filter(starts_at__lt=at - dt.timedelta(hours=3), starts_at__gt=at - 14 * DAY)
    for session in past.order_by("-starts_at", "pk")[:held]:
        _was_held(session, people, rng)
    for number, session in enumerate(
        rows.filter(starts_at__gt=at).order_by("starts_at", "pk")[:coming]
    ):
        _is_coming(session, people, at, rng, full=number % FULL == 1)
    releasing.release_due(at)


def _adult(person: Person, at: dt.datetime) -> bool:
    return person.born_on is not None and not is_minor(person.born_on, at.date())


def _is_coming(
    session: Session, people: list[Person], at: dt.datetime, rng: Random, *, full: bool
) -> None:
    opened = at - 3 * DAY
    opening.open_booking(session_id=session.pk, by=BY, at=opened, split=_split(session.capacity))
    online = session.allotments.get(channel=Channel.ONLINE).places
    share = 1.0 if full else rng.uniform(0.2, 0.7)
    asked = rng.sample(people, min(len(people), int(online * share) + (4 if full else 0)))
    for number, person in enumerate(asked):
        when = opened + dt.timedelta(hours=1 + number % 60)
        told = {"session_id": session.pk, "party": Party(beneficiary_id=person.pk), "at": when}
        by = Actor(None, person.pk, person.name)
        try:
            placing.place(channel=Channel.ONLINE, by=by, **told)
        except Refused:
            with suppress(Refused):
                waiting.join(channel=Channel.ONLINE, by=by, **told)
    _rings(session, people, opened + DAY, rng)


def _split(capacity: int) -> dict[str, int]:
    """As usual; where there is room, a sixth is kept for those who come together."""
    split = default_split(capacity)
    together = capacity // 6 if capacity >= ROOM_FOR_GROUPS else 0
    split[Channel.ONLINE] -= together
    split[Channel.GROUP] += together
    return split


def _rings(session: Session, people: list[Person], at: dt.datetime, rng: Random) -> None:
    """Two people who ring up, and a party of a village."""
    for person in rng.sample(people, 2):
        with suppress(Refused):
            placing.place(
                session_id=session.pk, channel=Channel.TELEPHONE,
                party=Party(beneficiary_id=person.pk), by=BY, at=at,
            )  # fmt: skip
    with suppress(Refused):
        placing.place(
            session_id=session.pk, channel=Channel.GROUP,
            party=Party(name="王队长", phone="13000000000", organisation="演示村老年协会", heads=6),
            by=BY, at=at,
        )  # fmt: skip


def _was_held(session: Session, people: list[Person], rng: Random) -> None:
    """Booked a week before; nine in ten came, and some who had not booked."""
    opened = session.starts_at - 7 * DAY
    opening.open_booking(session_id=session.pk, by=BY, at=opened)
    online = session.allotments.get(channel=Channel.ONLINE).places
    for person in rng.sample(people, min(len(people), online // 2)):
        with suppress(Refused):
            placing.place(
                session_id=session.pk, channel=Channel.ONLINE,
                party=Party(beneficiary_id=person.pk), by=Actor(None, person.pk, person.name),
                at=opened + DAY,
            )  # fmt: skip
    start = session.starts_at
    for booking in Booking.objects.expected().filter(session=session):
        if rng.random() < 0.9:
            entering.check_in(booking_id=booking.pk, by=BY, at=start)
    with suppress(Refused):
        entering.admit(session_id=session.pk, count=Heads(4, aged_60=3), by=BY, at=start)
