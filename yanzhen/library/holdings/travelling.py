"""Journeys of copies. A journey ends only by a scan, a declared loss, or an abort with a reason.

`begin` and `arrive` are steps of other use-cases (a return sends a copy home, a scan receives
it) and run inside their transaction; `abort` is a use-case of its own.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import access, disputing, rules
from yanzhen.library.holdings.facts import TransitBegan, TransitEnded
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def begin(
    copy: Copy, *, from_node: Node, to_node: Node, reason: str, by: Actor, at: dt.datetime
) -> Transit:
    """Put a copy on the road; it counts as being at `from_node` until somebody scans it."""
    transit = Transit.objects.create(
        copy=copy, reason=reason, from_node=from_node, to_node=to_node, sent_at=at, sent_by=by.name
    )
    copy.state, copy.current_node = Copy.State.IN_TRANSIT, from_node
    outbox.record(TransitBegan(copy.pk, copy.bib_id, from_node.code, to_node.code, reason), at=at)
    return transit


def arrive(transit: Transit, *, at_node: Node, by: Actor, at: dt.datetime) -> Transit | None:
    """End a journey by a scan. Scanned short of its goal it goes on from here: the new journey
    is returned; None when it has arrived."""
    copy, arrived = transit.copy, transit.to_node_id == at_node.pk
    _end(transit, Transit.Ending.SCAN if arrived else Transit.Ending.STOPOVER, at_node, by, at)
    copy.current_node, copy.state = at_node, Copy.State.AVAILABLE
    if arrived:
        return None
    return begin(
        copy, from_node=at_node, to_node=transit.to_node, reason=transit.reason, by=by, at=at
    )


def break_off(transit: Transit, *, at_node: Node, by: Actor, at: dt.datetime) -> None:
    """End a journey by a scan where the copy is needed, short of its goal or before it set out."""
    _end(transit, Transit.Ending.STOPOVER, at_node, by, at)
    transit.copy.current_node, transit.copy.state = at_node, Copy.State.AVAILABLE


def abort(transit: Transit, *, note: str, by: Actor, at: dt.datetime) -> None:
    """Stop a journey that will not happen; the copy stands where it set out.

    Raises Refused without a reason, for a journey that has ended, or at another's branch.
    """
    with transaction.atomic():
        transit = Transit.objects.select_for_update().get(pk=transit.pk)
        access.require_handling(by, transit.from_node)
        refuse_first(rules.a_journey_ends_once(transit.ended_at), rules.an_abort_has_a_reason(note))
        copy = Copy.objects.select_for_update().get(pk=transit.copy_id)
        stop(transit, copy, note=note, by=by, at=at)
        save_place(copy)
        audit.write(
            by=by,
            at=at,
            action="transit.aborted",
            subject=f"copy:{copy.pk}",
            place=transit.from_node.code,
            note=note,
        )


def stop(transit: Transit, copy: Copy, *, note: str, by: Actor, at: dt.datetime) -> None:
    """The inner step of `abort` and of an undone return: end the journey where it began."""
    transit.note = note
    _end(transit, Transit.Ending.ABORT, transit.from_node, by, at)
    disputing.end(copy, ending=Transit.Ending.ABORT, node=transit.from_node, by=by, at=at)
    copy.state, copy.current_node = Copy.State.AVAILABLE, transit.from_node


def in_the_workshop(transit: Transit | None) -> bool:
    """True for the way back of a copy that is still being mended: it waits where it is."""
    return (
        transit is not None
        and transit.reason == Transit.Reason.REPAIR
        and transit.copy.damaged
        and transit.from_node.parent_id is None
    )


def lose(transit: Transit, copy: Copy, *, note: str, by: Actor, at: dt.datetime) -> None:
    """The inner step of a declared loss: the journey ends with it, where it set out, and with it
    a dispute about the copy."""
    transit.note = note
    _end(transit, Transit.Ending.LOSS, transit.from_node, by, at)
    disputing.end(copy, ending=Transit.Ending.LOSS, node=transit.from_node, by=by, at=at)


def _end(transit: Transit, ending: str, node: Node, by: Actor, at: dt.datetime) -> None:
    transit.ending, transit.ended_at = ending, at
    transit.ended_node, transit.ended_by = node, by.name
    transit.save(update_fields=["ending", "ended_at", "ended_node", "ended_by", "note"])
    outbox.record(TransitEnded(transit.copy_id, transit.copy.bib_id, node.code, ending), at=at)


def save_place(copy: Copy) -> None:
    """Store place, owner, state and flags of a copy; every change moves its revision on."""
    copy.revision += 1
    copy.save(
        update_fields=[
            "state", "current_node", "home_node", "owning_node", "missing", "damaged", "in_dispute",
            "withdrawal_proposed", "revision",
        ]
    )  # fmt: skip


def describe(transit: Transit) -> str:
    """The journey in a short sentence, e.g. for a stream of actions."""
    return _("%(from)s → %(to)s") % {
        "from": transit.from_node.short_label,
        "to": transit.to_node.short_label,
    }
