"""The route of a run: stops 1..n without gaps. Runs inside the transaction of a use-case that has
locked the run."""

import datetime as dt

from django.db.models import F
from django.db.models.functions import Abs

from yanzhen.culture.resources.models import TravelTime
from yanzhen.culture.tours.crewing import moment, reclaim, retime
from yanzhen.culture.tours.facts import StopRetimed
from yanzhen.culture.tours.models import MenuOrder, Stop, TourRun
from yanzhen.groundwork import outbox
from yanzhen.network.models import Division
from yanzhen.people.roles import Actor

IN_TOWN = 15  # 演示: minutes on the road within one town
UNKNOWN = 40  # 演示: between two towns as long as nobody has entered the time


def put_on(run: TourRun, order: MenuOrder, day: dt.date) -> Stop:
    """Add an order after the other stops of its day; its times are worked out by `settle`."""
    before = run.stops.standing().filter(day__lte=day).order_by("position").last()
    position = before.position + 1 if before and before.position else 1
    _shift(run, 1, position)
    same_day = before if before and before.day == day else None
    start = same_day.order.requester.town if same_day else run.node.site.division
    return Stop.objects.create(
        run=run, order=order, position=position, day=day,
        travel_minutes=minutes_between(start, order.requester.town),
        arrives_at=moment(day, 0), starts_at=moment(day, 0), ends_at=moment(day, 1),
    )  # fmt: skip


def take_off(run: TourRun, stop: Stop, *, reason: str, by: Actor, at: dt.datetime) -> None:
    """Take a stop off the route; the others close up, and what is not needed any more is free."""
    left = stop.position or 0
    stop.state, stop.position = Stop.State.CANCELLED, None
    stop.cancelled_at, stop.cancelled_by, stop.reason = at, by.name, reason
    stop.save()
    _shift(run, -1, left + 1)
    settle(run, by=by, at=at)


def swap(run: TourRun, one: Stop, other: Stop) -> None:
    """Let two neighbours change places."""
    places = one.position or 0, other.position or 0
    stops = run.stops.standing()
    stops.filter(pk=one.pk).update(position=-places[1])
    stops.filter(pk=other.pk).update(position=-places[0])
    stops.filter(position__lt=0).update(position=Abs("position"))


def settle(run: TourRun, *, by: Actor, at: dt.datetime, new: Stop | None = None) -> None:
    """Work out the times anew, tell those whose time has changed, claim what the run needs now.

    A `new` stop is told of its first time by whoever has put it on.
    """
    for stop in (each for each in retime(run) if each != new):
        outbox.record(StopRetimed(stop.order_id, run.pk, stop.starts_at.isoformat()), at=at)
    reclaim(run, by=by, at=at)


def minutes_between(one: Division, other: Division) -> int:
    """On the road between two towns, as entered; else a guess that staff change at the stop."""
    if one.pk == other.pk:
        return IN_TOWN
    first, second = sorted((one.pk, other.pk))
    row = TravelTime.objects.filter(one=first, other=second).first()
    return row.minutes if row else UNKNOWN


def _shift(run: TourRun, by: int, first: int) -> None:
    """Move the stops from a place on by one; over negative numbers, because a place is unique."""
    stops = run.stops.standing()
    stops.filter(position__gte=first).update(position=-1 * (F("position") + by))
    stops.filter(position__lt=0).update(position=Abs("position"))
