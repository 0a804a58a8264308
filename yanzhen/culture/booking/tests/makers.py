"""Sessions to book, for tests: a lecture in 中和镇 in the far future, its booking opened."""

import datetime as dt

from tests import county
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.booking import opening
from yanzhen.culture.booking.cancelling import cancel_booking
from yanzhen.culture.booking.models import Allotment, Booking, Channel
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place as place_booking
from yanzhen.people.models import Person
from yanzhen.people.roles import Actor

AT = county.MONDAY + dt.timedelta(days=3650)  # while the invariants look, it is still to come
STARTS = AT + dt.timedelta(days=3)


def session(place, *, capacity: int = 10, starts_at: dt.datetime = STARTS, **fields) -> Session:
    activity = Activity.objects.create(
        name="演示讲座", kind="lecture", audience="everybody", node=place.zhonghe,
        state="published", **fields,
    )  # fmt: skip
    return Session.objects.create(
        activity=activity, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2),
        site=place.zhonghe.site, capacity=capacity,
    )  # fmt: skip


def opened(place, split: dict[str, int] | None = None, *, at: dt.datetime = AT, **more) -> Session:
    """`split` by channel, else the usual shares; `manner` sets the terms."""
    manner = opening.Manner(**more.pop("manner", {}))
    if split is not None:
        more.setdefault("capacity", sum(split.values()))
    made = session(place, **more)
    opening.open_booking(session_id=made.pk, split=split, manner=manner, by=planner(place), at=at)
    return made


def planner(place) -> Actor:
    return county.staff(place.zhonghe, "culture_officer", name="李专干")


def operator(place) -> Actor:
    return county.staff(place.hub, "operator", name="赵话务")


def resident(person: Person | None = None) -> Actor:
    person = person or county.person()
    return Actor(account_id=person.pk, person_id=person.pk, name=person.name)


def oneself(by: Actor, **fields) -> Party:
    return Party(beneficiary_id=by.person_id, **fields)


def caller(number: int = 1, **fields) -> Party:
    """Somebody on the telephone: a name and an invented number, nothing else."""
    return Party(name=f"演示{number}", phone=f"0000{number:07d}", **fields)


def allotment(made: Session, channel: Channel = Channel.ONLINE) -> Allotment:
    return Allotment.objects.get(session=made, channel=channel)


def taken(made: Session) -> dict[str, int]:
    rows = Allotment.objects.filter(session=made)
    return {row.channel: row.taken for row in rows if row.taken}


def book_online(made: Session, by: Actor, *, at: dt.datetime = AT, **fields) -> Booking:
    return place_booking(
        session_id=made.pk, channel="online", party=oneself(by, **fields), by=by, at=at
    )


def cancel(booking: Booking, by: Actor, *, at: dt.datetime = AT) -> Booking:
    return cancel_booking(booking_id=booking.pk, by=by, at=at)
