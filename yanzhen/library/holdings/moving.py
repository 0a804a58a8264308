"""Changing where copies belong. Whose property they are never changes here.

`open_document` and `move_home` are steps of other use-cases and run inside their transaction; the
caller stores the copy (`travelling.save_place`).
"""

import datetime as dt

from yanzhen.groundwork import outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import rules
from yanzhen.library.holdings.facts import CopyMoved
from yanzhen.library.holdings.models import Copy, FloatingGroup, HomeMove, MoveDocument
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def open_document(*, reason: str, note: str, by: Actor, at: dt.datetime) -> MoveDocument:
    """The paper the moves rest on: who, when and why. Raises Refused without a reason."""
    refuse_first(rules.a_move_says_why(note))
    return MoveDocument.objects.create(
        reason=reason, note=note.strip()[:200], at=at, by_name=by.name
    )


def move_home(
    copy: Copy,
    to_node: Node,
    *,
    by: Actor,
    at: dt.datetime,
    document: MoveDocument | None = None,
    group: FloatingGroup | None = None,
) -> HomeMove | None:
    """The copy shelves at `to_node` from now on; None when it already did."""
    if copy.home_node_id == to_node.pk:
        return None
    move = HomeMove.objects.create(
        copy=copy,
        from_node_id=copy.home_node_id,
        to_node=to_node,
        document=document,
        group=group,
        at=at,
        by_name=by.name,
    )
    outbox.record(CopyMoved(copy.pk, copy.bib_id, copy.home_node.code, to_node.code), at=at)
    copy.home_node = to_node
    return move
