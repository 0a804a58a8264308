"""Reads about bookings, for pages and for other packages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.booking.models import (
    LIVE,
    Allotment,
    Booking,
    BookingTerms,
    Channel,
    WaitingEntry,
)
from yanzhen.network.models import Node

MOST_OFFERED = 12


@dataclass(frozen=True)
class Places:
    """What is left of a session, by channel."""

    terms: BookingTerms
    free: dict[str, int]
    places: dict[str, int]
    waiting: int

    @property
    def online(self) -> int:
        return self.free.get(Channel.ONLINE, 0)

    @property
    def at_the_door(self) -> int:
        return self.free.get(Channel.WALK_IN, 0)

    @property
    def by_hand(self) -> int:
        """Counter and telephone together: whoever calls is given either."""
        return self.free.get(Channel.COUNTER, 0) + self.free.get(Channel.TELEPHONE, 0)

    def is_open(self, at: dt.datetime) -> bool:
        return self.terms.opens_at <= at < self.terms.closes_at

    @property
    def is_by_lot(self) -> bool:
        return self.terms.order == BookingTerms.Order.DRAW and self.terms.drawn_at is None


def places_of(session_id: int) -> Places | None:
    """None where booking has not been opened; three queries."""
    terms = BookingTerms.objects.select_related("session").filter(session=session_id).first()
    if terms is None:
        return None
    rows = list(Allotment.objects.filter(session=session_id))
    waiting = WaitingEntry.objects.filter(session=session_id, state=WaitingEntry.State.WAITING)
    return Places(
        terms,
        {row.channel: row.free for row in rows},
        {row.channel: row.places for row in rows},
        waiting.count(),
    )


def session_to_book(session_id: int) -> Session | None:
    """A session of a published activity, its place loaded."""
    rows = Session.objects.select_related("activity__node", "site__division", "facility")
    return rows.filter(pk=session_id, activity__state=Activity.State.PUBLISHED).first()


def bookings_of(person_ids: list[int], at: dt.datetime) -> QuerySet[Booking]:
    """Bookings of a family that are to come or running: theirs, or asked for by them."""
    rows = Booking.objects.live().filter(session__ends_at__gt=at)
    rows = rows.filter(Q(beneficiary__in=person_ids) | Q(applicant__in=person_ids))
    return rows.select_related(
        "session__activity", "session__site", "beneficiary", "offered_to"
    ).order_by("session__starts_at", "pk")


def waiting_of(person_ids: list[int], at: dt.datetime) -> list[tuple[WaitingEntry, int]]:
    """What a family waits for, each with how many stand before it."""
    rows = WaitingEntry.objects.filter(
        Q(beneficiary__in=person_ids) | Q(applicant__in=person_ids),
        state=WaitingEntry.State.WAITING,
        session__starts_at__gt=at,
    )
    rows = rows.select_related("session__activity", "session__site").distinct()
    return [(row, before(row)) for row in rows.order_by("session__starts_at", "pk")]


def before(entry: WaitingEntry) -> int:
    """How many entries of the same allotment are served before this one."""
    ahead = Q(priority__lt=entry.priority) | Q(priority=entry.priority) & (
        Q(rank__lt=entry.rank) | Q(rank=entry.rank, pk__lt=entry.pk)
    )
    same = WaitingEntry.objects.filter(
        allotment=entry.allotment_id, state=WaitingEntry.State.WAITING
    )
    return same.filter(ahead).count()


def booking_shown(booking_id: int) -> Booking | None:
    rows = Booking.objects.select_related("session__activity", "session__site", "beneficiary")
    return rows.filter(pk=booking_id).first()


def sessions_at(node: Node, first: dt.datetime, last: dt.datetime) -> QuerySet[Session]:
    """Sessions on the sites of a branch and below, in a span of time."""
    sites = Node.objects.under(node.path).values("site")
    held = Node.objects.under(node.path).values("pk")
    rows = Session.objects.filter(Q(site__in=sites) | Q(activity__node__in=held))
    rows = rows.filter(starts_at__lt=last, ends_at__gt=first)
    rows = rows.filter(activity__state=Activity.State.PUBLISHED)
    return rows.select_related("activity", "site", "terms").order_by("starts_at", "pk")


def heads_at(session_id: int) -> dict[str, int]:
    """Heads by state of the live bookings of a session: `expected`, `checked_in`, each once."""
    return heads_in([session_id])[session_id]


def heads_in(session_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same of several sessions; one query."""
    heads = {each: {"expected": 0, "checked_in": 0} for each in session_ids}
    rows = Booking.objects.filter(session__in=list(heads), state__in=LIVE, sheet=None).order_by()
    for row in rows.values("session", "state").annotate(n=Sum("heads")):
        came = row["state"] == Booking.State.CHECKED_IN
        heads[row["session"]]["checked_in" if came else "expected"] += row["n"]
    return heads


def sessions_to_move_to(booking: Booking, at: dt.datetime, text: str = "") -> list[Session]:
    """Other sessions one can book: of the same activity, and what `text` finds, the next first."""
    rows = open_sessions(at, text).exclude(pk=booking.session_id)
    same = open_sessions(at).filter(activity=booking.session.activity_id)
    found = [*same.exclude(pk=booking.session_id)[:MOST_OFFERED]]
    if text or not found:
        found += [each for each in rows[:MOST_OFFERED] if each not in found]
    return found


def free_in(session_ids: Iterable[int], channel: str) -> dict[int, int]:
    """Session id -> how many places one channel has left, for those that keep any; one query."""
    rows = Allotment.objects.filter(session__in=list(session_ids), channel=channel)
    return {row.session_id: row.free for row in rows}


def holds_without_names(at: dt.datetime) -> QuerySet[Booking]:
    """Places organisations keep until they bring their names, the first to end first."""
    rows = Booking.objects.filter(state=Booking.State.HELD, held_until__gt=at)
    rows = rows.exclude(organisation="").select_related("session__activity", "session__site")
    return rows.order_by("held_until", "pk")


def open_sessions(at: dt.datetime, text: str = "") -> QuerySet[Session]:
    """Sessions one can still book, the next first; `text` in the activity or the place."""
    rows = Session.objects.filter(
        state=Session.State.SCHEDULED,
        activity__state=Activity.State.PUBLISHED,
        starts_at__gt=at,
        terms__opens_at__lte=at,
        terms__closes_at__gt=at,
    )
    if text:
        rows = rows.filter(
            Q(activity__name__contains=text)
            | Q(site__name__contains=text)
            | Q(site__division__name__contains=text)
        )
    return rows.select_related("activity", "site", "terms").order_by("starts_at", "pk")
