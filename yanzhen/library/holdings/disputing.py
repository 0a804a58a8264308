"""Disputes 差异: what was sent and did not come. Any scan, wherever, ends one.

`begin` and `end` are steps of other use-cases; they run inside their transaction, and the caller
stores the copy. `dispute` is for whoever misses a copy that travels on no manifest.
"""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import access, rules
from yanzhen.library.holdings.models import Copy, Dispute, Transit
from yanzhen.library.holdings.queries import journey_of, locked_copy
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def begin(transit: Transit, copy: Copy, *, by: Actor, at: dt.datetime) -> Dispute:
    """Say that this copy was sent and has not come; its journey stays open."""
    if copy.in_dispute:
        return Dispute.objects.get(copy=copy, ended_at=None)
    copy.in_dispute = True
    return Dispute.objects.create(copy=copy, transit=transit, opened_at=at, opened_by=by.name)


def end(copy: Copy, *, ending: str, node: Node, by: Actor, at: dt.datetime) -> None:
    """End the copy's dispute, if it is in one."""
    if copy.in_dispute:
        Dispute.objects.filter(copy=copy, ended_at=None).update(
            ended_at=at, ended_by=by.name, ended_node=node, ending=ending
        )
        copy.in_dispute = False


def dispute(*, copy_id: int, by: Actor, at: dt.datetime) -> Dispute:
    """Open a dispute about a copy on the road, from either end of it. Raises Refused."""
    with transaction.atomic():
        copy = locked_copy(copy_id)
        journey = journey_of(copy)
        access.require_handling_at_an_end(by, journey, copy)
        refuse_first(
            rules.only_what_is_on_the_road_is_disputed(journey is not None),
            rules.a_flag_changes_once(copy.in_dispute),
        )
        assert journey is not None  # the rule has just said so
        opened = begin(journey, copy, by=by, at=at)
        copy.revision += 1
        copy.save(update_fields=["in_dispute", "revision"])
        audit.write(
            by=by, at=at, action="copy.disputed", subject=f"copy:{copy.pk}",
            place=copy.current_node.code,
        )  # fmt: skip
    return opened
