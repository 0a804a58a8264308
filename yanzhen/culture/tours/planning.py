"""Planning a run: making it, what it takes along, calling it off."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.resources.models import Resource
from yanzhen.culture.tours import route_rules, routing, rules, stepping
from yanzhen.culture.tours.access import locked_order, locked_run, require_planning
from yanzhen.culture.tours.crewing import reclaim
from yanzhen.culture.tours.facts import MenuOrderUnassigned, TourRunCancelled
from yanzhen.culture.tours.models import MenuOrder, RunNeed, SignOff, Stop, TourRun
from yanzhen.culture.tours.wording import tidy
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Node
from yanzhen.people.names import phone_form
from yanzhen.people.roles import Actor
from yanzhen.people.rules import a_phone_number_has_digits


@dataclass(frozen=True)
class Plan:
    """What a run is, before its stops; minutes for `set_up` and `home_minutes`."""

    name: str
    first_day: dt.date
    last_day: dt.date
    departs: dt.time
    lead: str
    lead_phone: str = ""
    set_up: int = 30
    home_minutes: int = 40
    note: str = ""


@transaction.atomic
def plan_run(plan: Plan, *, node: Node, by: Actor, at: dt.datetime) -> TourRun:
    """Make a run without stops. Raises Refused."""
    require_planning(by, node)
    _ask(plan)
    refuse_first(route_rules.a_run_begins_today_or_later(plan.first_day, local_day(at)))
    run = TourRun(node=node, made_at=at, made_by=by.name)
    _fill(run, plan)
    _write("tour.planned", run, by, at, first_day=plan.first_day.isoformat())
    return run


@transaction.atomic
def change_run(run_id: int, plan: Plan, *, by: Actor, at: dt.datetime) -> TourRun:
    """Give a run another name, time or lead; its stops stay on its days. Raises Refused."""
    run = locked_run(run_id)
    require_planning(by, run.node)
    _ask(plan)
    refuse_first(route_rules.only_a_planned_run_is_changed(run.state))
    run.first_day, run.last_day = plan.first_day, plan.last_day
    refuse_first(
        *(route_rules.a_stop_is_on_a_day_of_its_run(stop.day, run) for stop in run.stops.standing())
    )
    _fill(run, plan)
    routing.settle(run, by=by, at=at)
    _write("tour.changed", run, by, at)
    return run


@transaction.atomic
def take_along(run_id: int, resource_id: int, units: int, *, by: Actor, at: dt.datetime) -> RunNeed:
    """The run needs this too; claimed at once when it has stops. Raises Refused."""
    run = _open(run_id, by)
    resource = Resource.objects.standing().filter(pk=resource_id).first()
    if resource is None or resource.sort == Resource.Sort.FACILITY:
        raise Refused(
            "resource-unknown", _("没有找到这一项。"), _("请从列出的队伍、车和器材里选。"),
            status=404,
        )  # fmt: skip
    need, _made = RunNeed.objects.update_or_create(
        run=run, resource=resource, defaults={"units": min(max(units, 1), resource.units)}
    )
    reclaim(run, by=by, at=at)
    _write("tour.needs", run, by, at, resource=resource_id, units=need.units)
    return need


@transaction.atomic
def leave_behind(run_id: int, need_id: int, *, by: Actor, at: dt.datetime) -> TourRun:
    """The run does not need this; it is free at once. Raises Refused."""
    run = _open(run_id, by)
    run.needs.filter(pk=need_id).delete()
    reclaim(run, by=by, at=at)
    _write("tour.needs-not", run, by, at, need=need_id)
    return run


@transaction.atomic
def cancel_run(run_id: int, *, reason: str, by: Actor, at: dt.datetime) -> list[MenuOrder]:
    """Call a run off: its orders wait again, all it had claimed is free.

    Return the orders, whose contacts want to be called. Raises Refused.
    """
    run = _open(run_id, by)
    reason = tidy(reason)[:200]
    refuse_first(
        rules.a_no_has_a_reason(reason),
        route_rules.what_was_signed_off_stays(SignOff.objects.filter(stop__run=run).exists()),
    )
    orders = [_let_go(run, stop, reason, by, at) for stop in run.stops.standing()]
    run.state, run.reason = TourRun.State.CANCELLED, reason
    run.ended_at, run.ended_by = at, by.name
    run.save()
    reclaim(run, by=by, at=at)
    _write("tour.cancelled", run, by, at)
    outbox.record(TourRunCancelled(run.pk), at=at)
    return orders


@transaction.atomic
def end_run(run_id: int, *, by: Actor, at: dt.datetime) -> TourRun:
    """The crew is home. Stops may still be signed off later from paper. Raises Refused."""
    run = _open(run_id, by)
    begun = run.stops.standing().filter(starts_at__lte=at).exists()
    last = run.stops.standing().order_by("position").last()
    refuse_first(
        route_rules.a_stop_is_signed_off_once_it_began(last.starts_at, at) if last else None
    )
    if not begun:
        raise Refused("run-without-stops", _("这一趟没有站点，不能算跑完。"), _("不跑了就取消它。"))
    run.state, run.ended_at, run.ended_by = TourRun.State.DONE, at, by.name
    run.save()
    _write("tour.ended", run, by, at)
    return run


def _let_go(run: TourRun, stop: Stop, reason: str, by: Actor, at: dt.datetime) -> MenuOrder:
    order = locked_order(stop.order_id)
    stop.state, stop.position = Stop.State.CANCELLED, None
    stop.cancelled_at, stop.cancelled_by, stop.reason = at, by.name, reason
    stop.save()
    stepping.enter(order, MenuOrder.State.ASKED, by_name=by.name, at=at, reason=reason)
    outbox.record(MenuOrderUnassigned(order.pk, run.pk), at=at)
    return order


def _open(run_id: int, by: Actor) -> TourRun:
    run = locked_run(run_id)
    require_planning(by, run.node)
    refuse_first(route_rules.only_a_planned_run_is_changed(run.state))
    return run


def _ask(plan: Plan) -> None:
    refuse_first(
        rules.a_name_is_given(tidy(plan.name)),
        route_rules.a_run_ends_after_it_begins(plan.first_day, plan.last_day),
        route_rules.minutes_on_the_road_are_0_to_240(plan.home_minutes),
        route_rules.minutes_on_the_road_are_0_to_240(plan.set_up),
        rules.a_name_is_given(tidy(plan.lead)),
        a_phone_number_has_digits(phone_form(plan.lead_phone)),
    )


def _fill(run: TourRun, plan: Plan) -> None:
    run.name, run.note = tidy(plan.name)[:60], tidy(plan.note)[:200]
    run.first_day, run.last_day, run.departs = plan.first_day, plan.last_day, plan.departs
    run.set_up, run.home_minutes = plan.set_up, plan.home_minutes
    run.lead, run.lead_phone = tidy(plan.lead)[:40], phone_form(plan.lead_phone)[:24]
    run.save()


def _write(action: str, run: TourRun, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"tour:{run.pk}", place=run.node.code, **detail
    )
