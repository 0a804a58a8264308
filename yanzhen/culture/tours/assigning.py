"""Bringing orders on a run: assign, move up and down, another road, take off again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yanzhen.culture.tours import route_rules, routing, rules, stepping
from yanzhen.culture.tours.access import locked_order, locked_run, require_planning
from yanzhen.culture.tours.facts import MenuOrderAssigned, MenuOrderUnassigned
from yanzhen.culture.tours.models import MenuOrder, SignOff, Stop, TourRun
from yanzhen.culture.tours.wording import tidy
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor

State = MenuOrder.State


@transaction.atomic
def assign(run_id: int, order_id: int, *, day: dt.date, by: Actor, at: dt.datetime) -> Stop:
    """Put an order on a run, as the last stop of a day; everything is claimed or nothing.

    Raises Refused: of the order's state, of the day, and where van, troupe or kit is taken.
    """
    run = _open(run_id, by)
    order = locked_order(order_id)
    require_planning(by, order.item.node)
    refuse_first(
        route_rules.a_stop_is_on_a_day_of_its_run(day, run),
        rules.an_order_goes_only_where_its_state_leads(order.state, State.ASSIGNED),
    )
    stop = routing.put_on(run, order, day)
    routing.settle(run, by=by, at=at, new=stop)
    stepping.enter(order, State.ASSIGNED, by_name=by.name, at=at)
    stop.refresh_from_db()
    _write("tour.assigned", run, by, at, order=order.pk, day=day.isoformat())
    starts = timezone.localtime(stop.starts_at).isoformat()
    outbox.record(MenuOrderAssigned(order.pk, run.pk, starts), at=at)
    return stop


@transaction.atomic
def move_stop(stop_id: int, *, up: bool, by: Actor, at: dt.datetime) -> Stop:
    """One place up or down. At the edge of a day it goes over to the neighbouring day instead.

    At either end of the route nothing changes. Raises Refused.
    """
    run, stop = _stop(stop_id, by)
    beside = (stop.position or 0) + (-1 if up else 1)
    other = run.stops.standing().filter(position=beside).first()
    if other is not None and other.day == stop.day:
        _refuse_signed(other)
        routing.swap(run, stop, other)
    else:
        day = _next_day(run, stop, other, up)
        if day is None:
            return stop
        stop.day = day
        stop.save(update_fields=["day"])
    routing.settle(run, by=by, at=at)
    _write("tour.rerouted", run, by, at, stop=stop.pk)
    stop.refresh_from_db()
    return stop


@transaction.atomic
def change_road(stop_id: int, minutes: int, *, by: Actor, at: dt.datetime) -> Stop:
    """Another number of minutes on the road to a stop. Raises Refused."""
    run, stop = _stop(stop_id, by)
    refuse_first(route_rules.minutes_on_the_road_are_0_to_240(minutes))
    stop.travel_minutes = minutes
    stop.save(update_fields=["travel_minutes"])
    routing.settle(run, by=by, at=at)
    _write("tour.road", run, by, at, stop=stop.pk, minutes=minutes)
    stop.refresh_from_db()
    return stop


@transaction.atomic
def cancel_stop(stop_id: int, *, reason: str, by: Actor, at: dt.datetime) -> MenuOrder:
    """Take a stop off the route: the order waits again, what is not needed is free.

    Return the order, whose contact wants to be called. Raises Refused.
    """
    run, stop = _stop(stop_id, by)
    reason = tidy(reason)[:200]
    refuse_first(rules.a_no_has_a_reason(reason))
    order = locked_order(stop.order_id)
    routing.take_off(run, stop, reason=reason, by=by, at=at)
    stepping.enter(order, State.ASKED, by_name=by.name, at=at, reason=reason)
    _write("tour.stop-cancelled", run, by, at, stop=stop.pk, order=order.pk)
    outbox.record(MenuOrderUnassigned(order.pk, run.pk), at=at)
    return order


def _next_day(run: TourRun, stop: Stop, other: Stop | None, up: bool) -> dt.date | None:
    """The day a stop goes over to; None at the end of the run."""
    day = stop.day + dt.timedelta(-1 if up else 1)
    if other is not None:  # a day without stops in between is not passed over
        day = max(day, other.day) if up else min(day, other.day)
    return day if run.first_day <= day <= run.last_day else None


def _open(run_id: int, by: Actor) -> TourRun:
    run = locked_run(run_id)
    require_planning(by, run.node)
    refuse_first(route_rules.only_a_planned_run_is_changed(run.state))
    return run


def _stop(stop_id: int, by: Actor) -> tuple[TourRun, Stop]:
    """A standing stop of an open run that nobody has signed off, its run locked."""
    found = Stop.objects.filter(pk=stop_id).first()
    if found is None:
        raise stop_unknown()
    run = _open(found.run_id, by)
    stop = run.stops.standing().filter(pk=stop_id).first()
    if stop is None:
        raise stop_unknown()
    _refuse_signed(stop)
    return run, stop


def _refuse_signed(stop: Stop) -> None:
    refuse_first(route_rules.what_was_signed_off_stays(SignOff.objects.filter(stop=stop).exists()))


def stop_unknown() -> Refused:
    return Refused(
        "stop-unknown", _("没有找到这一站。"), _("可能刚被撤下，请刷新页面。"), status=404
    )


def _write(action: str, run: TourRun, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"tour:{run.pk}", place=run.node.code, **detail
    )
