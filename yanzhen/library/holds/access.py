"""Who may place, see and change which holds."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.holds.models import Hold, HoldRule
from yanzhen.network.models import Node
from yanzhen.people.access import require, require_at_hub
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import CIRCULATE, MOVE_STOCK, RENEW, SET_RULES, Actor


def may_act_for(by: Actor, person_id: int, on: dt.date) -> bool:
    """Readers for themselves, a guardian for the child, a desk or the telephone for anybody."""
    if by.may(RENEW) or (by.person_id is not None and by.person_id == person_id):
        return True
    if by.person_id is None:
        return False
    return any(bond.child_id == person_id for bond in wards_of(by.person_id, on))


def require_acting_for(by: Actor, person_id: int, on: dt.date) -> None:
    """Raise Refused unless `by` may place a hold for this person."""
    if not may_act_for(by, person_id, on):
        raise Refused(
            "not-your-reader",
            _("只能给自己，或者自己监护的孩子预约。"),
            _("请用本人的账号，或者打电话、到柜台办理。"),
            status=403,
        )


def require_hold(by: Actor, hold: Hold | None, on: dt.date) -> Hold:
    """Return the hold; for whoever may not touch it, it does not exist (Refused)."""
    if hold is not None and may_act_for(by, hold.person_id, on):
        return hold
    raise hold_unknown()


def hold_unknown() -> Refused:
    return Refused("hold-unknown", _("没有找到这个预约。"), _("请刷新页面，再选一次。"), status=404)


def require_ordering(by: Actor) -> None:
    """Changing the order of a queue is for headquarters; raises Refused."""
    require(by, MOVE_STOCK)


def require_setting(by: Actor) -> None:
    """Rules are set for the whole county, by whoever may set them at the hub (R04)."""
    require_at_hub(by, SET_RULES)


def known_rule(rule_id: int) -> HoldRule:
    """The row, or Refused `rule-unknown`."""
    rule = HoldRule.objects.select_related("category").filter(pk=rule_id).first()
    if rule is None:
        raise Refused(
            "rule-unknown", _("没有找到这一行规则。"), _("请刷新页面，再选一次。"), status=404
        )
    return rule


def require_fetching(by: Actor, node: Node) -> None:
    """Working off the pull list and the hold shelf of a branch; raises Refused."""
    require(by, CIRCULATE, node)
