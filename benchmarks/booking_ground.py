"""Sessions for the booking benchmark, and the raw transaction it is measured against."""

import datetime as dt
import os
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connections
from django.db.models import Sum

from benchmarks import lending_ground as lending
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.booking.models import Allotment, Booking
from yanzhen.culture.booking.opening import open_booking
from yanzhen.groundwork import clock
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant
from yanzhen.people.tokens import make_token


@dataclass(frozen=True)
class Ground:
    """What was prepared: the operator's token and the sessions, each to be filled once."""

    token: str
    sessions: list[int]


def prepare(places: int, *, sessions: int) -> Ground:
    """Fill an empty database with a branch, an operator, and sessions of `places` by telephone."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    node = lending._node()
    account = lending._clerk(node)
    Role.objects.filter(account=account).update(kind=Role.Kind.OPERATOR)
    director = Actor(None, None, "演示馆长", (Grant("director", node.path, node.code),))
    now = clock.now()
    activity = Activity.objects.create(
        name="演示讲座", kind="lecture", audience="everybody", node=node, state="published"
    )
    walk_in = places // 4 + 1
    made = []
    for number in range(1, sessions + 1):
        starts_at = now + dt.timedelta(days=number)
        session = Session.objects.create(
            activity=activity, number=number, starts_at=starts_at, site=node.site,
            ends_at=starts_at + dt.timedelta(hours=2), capacity=places + walk_in,
        )  # fmt: skip
        split = {"telephone": places, "walk_in": walk_in}
        open_booking(session_id=session.pk, split=split, by=director, at=now)
        made.append(session.pk)
    return Ground(make_token(account, "benchmark", by=director, at=now), made)


def sold(session_id: int) -> tuple[int, int]:
    """Heads of the live bookings and places taken by telephone; they must be the same."""
    heads = Booking.objects.live().filter(session=session_id).aggregate(n=Sum("heads"))["n"]
    taken = Allotment.objects.get(session=session_id, channel="telephone").taken
    connections.close_all()
    return heads, taken


_RAW = (
    "UPDATE booking_allotment SET taken = taken + 1, issued = issued + 1 "
    "WHERE session_id = {p} AND channel = 'telephone' AND taken + 1 <= places RETURNING id, issued",
    "INSERT INTO booking_booking (session_id, allotment_id, channel, state, heads, companions, "
    "under_18, aged_60, relation, name, name_folded, phone, organisation, operator_name, code, "
    "key, placed_at) VALUES ({p}, {p}, 'telephone', 'confirmed', 1, 0, 0, 0, 'self', 'raw', {p}, "
    "'1', '', 'raw', {p}, '', '2026-11-23') RETURNING id",
    "INSERT INTO booking_bookingstep (booking_id, state, at, by_name, reason) "
    "VALUES ({p}, 'confirmed', '2026-11-23', 'raw', '')",
    "INSERT INTO groundwork_auditentry (at, by_name, action, subject, place, detail) "
    "VALUES ('2026-11-23', 'raw', 'booking.placed', {p}, 'zhonghe', '{{}}')",
)


def raw_bookings(share: tuple[int, int]):
    """A generator: connects at the first step, books at the second."""
    session_id, count = share
    url = os.environ.get("DATABASE_URL", "")
    wire, mark = (lending._postgres(url), "%s") if url else (lending._sqlite(), "?")
    claim, booking, step, line = (text.format(p=mark) for text in _RAW)
    yield
    for _ in range(count):
        wire.execute("BEGIN" if url else "BEGIN IMMEDIATE")
        allotment_id, number = wire.execute(claim, [session_id]).fetchone()
        values = [session_id, allotment_id, f"raw{number}", f"{number:06d}"]
        booking_id = wire.execute(booking, values).fetchone()[0]
        wire.execute(step, [booking_id])
        wire.execute(line, [f"session:{session_id}"])
        wire.execute("COMMIT")
