"""Disputes 差异: what was sent and did not come. Any scan, wherever, ends one.

Steps of other use-cases; they run inside their transaction, and the caller stores the copy.
"""

import datetime as dt

from yanzhen.library.holdings.models import Copy, Dispute, Transit
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def begin(transit: Transit, copy: Copy, *, by: Actor, at: dt.datetime) -> Dispute:
    """Say that this copy was sent and has not come; its journey stays open."""
    copy.in_dispute = True
    return Dispute.objects.create(copy=copy, transit=transit, opened_at=at, opened_by=by.name)


def end(copy: Copy, *, ending: str, node: Node, by: Actor, at: dt.datetime) -> None:
    """End the copy's dispute, if it is in one."""
    if copy.in_dispute:
        Dispute.objects.filter(copy=copy, ended_at=None).update(
            ended_at=at, ended_by=by.name, ended_node=node, ending=ending
        )
        copy.in_dispute = False
