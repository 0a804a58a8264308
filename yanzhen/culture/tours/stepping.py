"""The one way an order gets into another state: the row, and the step that says who and why."""

import datetime as dt

from yanzhen.culture.tours import rules
from yanzhen.culture.tours.models import MenuOrder, MenuOrderStep
from yanzhen.groundwork.refusals import refuse_first


def enter(order: MenuOrder, state: str, *, by_name: str, at: dt.datetime, reason: str = "") -> None:
    """Bring a locked order into a state. Raises Refused where its state does not lead there."""
    refuse_first(rules.an_order_goes_only_where_its_state_leads(order.state, state))
    order.state = state
    order.save(update_fields=["state"])
    begin(order, by_name=by_name, at=at, reason=reason)


def begin(order: MenuOrder, *, by_name: str, at: dt.datetime, reason: str = "") -> None:
    """Write down the state the order is in."""
    MenuOrderStep.objects.create(
        order=order, state=order.state, at=at, by_name=by_name, reason=reason
    )
