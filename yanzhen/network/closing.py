"""Announce that a node will be closed."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, clock, generations, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network import rules
from yanzhen.network.access import Actor, require_manager
from yanzhen.network.facts import ClosureAnnounced
from yanzhen.network.models import Closure, Node
from yanzhen.network.opening import CALENDARS


@transaction.atomic
def announce_closure(
    node: Node, *, first_day: dt.date, last_day: dt.date, notice: str, by: Actor, at: dt.datetime
) -> Closure:
    """Close a node from the first to the last day, both included; closures may overlap.

    Raises Refused without permission at the node, without a notice, for days in the wrong
    order and for days that have passed.
    """
    require_manager(by, node)
    refuse_first(
        rules.a_closure_has_a_notice(notice),
        rules.a_closure_ends_after_it_begins(first_day, last_day),
        rules.a_closure_never_begins_in_the_past(first_day, clock.local_day(at)),
    )
    closure = Closure.objects.create(
        node=node, first_day=first_day, last_day=last_day, notice=notice.strip(), announced_at=at
    )
    generations.bump(CALENDARS)
    days = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    audit.write(
        by=by,
        at=at,
        action="closure.announced",
        subject=f"node:{node.code}",
        place=node.code,
        notice=closure.notice,
        **days,
    )
    outbox.record(ClosureAnnounced(node.pk, node.code, notice=closure.notice, **days), at=at)
    return closure
