"""Ending an order before anything came: the house says no, or the unit wants it no more."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.tours import rules, stepping
from yanzhen.culture.tours.access import REQUESTER, locked_order, locked_run, require_planning
from yanzhen.culture.tours.facts import MenuOrderCancelled, MenuOrderDeclined
from yanzhen.culture.tours.models import MenuOrder, Stop
from yanzhen.culture.tours.routing import take_off
from yanzhen.culture.tours.wording import tidy
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor

State = MenuOrder.State


@transaction.atomic
def decline(order_id: int, *, reason: str, by: Actor, at: dt.datetime) -> MenuOrder:
    """Say that it cannot be done this time, and why. Raises Refused."""
    order = locked_order(order_id)
    require_planning(by, order.item.node)
    reason = tidy(reason)[:200]
    refuse_first(rules.a_no_has_a_reason(reason))
    stepping.enter(order, State.DECLINED, by_name=by.name, at=at, reason=reason)
    _write("menu-order.declined", order, by, at)
    outbox.record(MenuOrderDeclined(order.pk), at=at)
    return order


@transaction.atomic
def cancel(order_id: int, *, reason: str = "", by: Actor, at: dt.datetime) -> MenuOrder:
    """Cancel an order that nobody has come for yet; `by` is REQUESTER or staff of its node.

    A stop it has on a route is taken off, and what is no longer needed is given back. Raises
    Refused.
    """
    stop = Stop.objects.standing().filter(order=order_id).first()
    run = locked_run(stop.run_id) if stop else None
    order = locked_order(order_id)
    if by is not REQUESTER:
        require_planning(by, order.item.node)
    reason = tidy(reason)[:200]
    # Asked before the route is touched: a delivered order keeps its stop.
    refuse_first(rules.an_order_goes_only_where_its_state_leads(order.state, State.CANCELLED))
    stepping.enter(order, State.CANCELLED, by_name=by.name, at=at, reason=reason)
    stop = Stop.objects.standing().filter(order=order_id).first()
    if stop is not None:
        take_off(run or locked_run(stop.run_id), stop, reason=reason or by.name, by=by, at=at)
    _write("menu-order.cancelled", order, by, at)
    outbox.record(MenuOrderCancelled(order.pk), at=at)
    return order


def _write(action: str, order: MenuOrder, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"menu-order:{order.pk}", place=order.item.node.code
    )
