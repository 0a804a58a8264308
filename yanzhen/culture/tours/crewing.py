"""What a run takes along, claimed over the whole run: all of it, or nothing changes.

Runs inside the transaction of a use-case that has locked the run.
"""

import datetime as dt
from itertools import groupby

from django.utils import timezone

from yanzhen.culture.resources.changing import release
from yanzhen.culture.resources.claiming import Want, claim_all
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.tours import route_rules as rules
from yanzhen.culture.tours.models import Stop, TourRun
from yanzhen.culture.tours.timetable import Leg, home_at, minute_of, timetable
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor

Moment = dt.datetime


def retime(run: TourRun) -> list[Stop]:
    """Work out the times of every stop anew; return the stops whose start has changed.

    Raises Refused when a day would not end before midnight.
    """
    stops = run.stops.standing().select_related("order__item").order_by("position")
    changed = []
    for day, group in groupby(stops, key=lambda stop: stop.day):
        of_day = list(group)
        legs = [_leg(stop) for stop in of_day]
        times = timetable(legs, departs=minute_of(run.departs), set_up=run.set_up)
        last = home_at(times[-1].ends, run.home_minutes)
        refuse_first(rules.a_day_on_the_road_ends_before_midnight(last, day))
        for stop, its in zip(of_day, times, strict=True):
            before = stop.starts_at
            stop.arrives_at, stop.starts_at, stop.ends_at = (
                moment(day, minute) for minute in (its.arrives, its.starts, its.ends)
            )
            stop.save(update_fields=["arrives_at", "starts_at", "ends_at"])
            if stop.starts_at != before:
                changed.append(stop)
    return changed


def reclaim(run: TourRun, *, by: Actor, at: dt.datetime) -> None:
    """Give back what was claimed and claim what the run needs now. Raises Refused, naming both
    uses, where somebody else has it."""
    if Claim.objects.held().filter(reference=run.reference).exists():
        release(reference=run.reference, by=by, at=at)
    wants = [Want(need.resource_id, need.units) for need in run.needs.order_by("resource_id")]
    span = span_of(run)
    if span is None or not wants or run.state == TourRun.State.CANCELLED:
        return
    claim_all(
        reference=run.reference, purpose=run.name, starts_at=span[0], ends_at=span[1],
        wants=wants, use=Claim.Use.TOUR, by=by, at=at,
    )  # fmt: skip


def span_of(run: TourRun) -> tuple[Moment, Moment] | None:
    """From leaving home for the first stop to being home after the last; None without a stop."""
    stops = list(run.stops.standing().order_by("position"))
    if not stops:
        return None
    ends = minute_of(timezone.localtime(stops[-1].ends_at).time())
    home = home_at(ends, run.home_minutes)
    return moment(stops[0].day, minute_of(run.departs)), moment(stops[-1].day, home)


def moment(day: dt.date, minute: int) -> dt.datetime:
    """A minute of a county's day as a moment."""
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())
    return midnight + dt.timedelta(minutes=minute)


def _leg(stop: Stop) -> Leg:
    wished = stop.order.wished_time if stop.day == stop.order.wished_on else None
    return Leg(stop.travel_minutes, stop.order.item.minutes, minute_of(wished) if wished else None)
