"""What somebody sees of a copy: damaged, mended, missing, seen again; and the way to repair.

A flag is no state: a damaged copy may be lent, a missing one is still in the books.
"""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import access, rules, travelling
from yanzhen.library.holdings.facts import CopyFlagged
from yanzhen.library.holdings.models import Copy, FlagChange, Transit
from yanzhen.library.holdings.queries import hub_of, locked_copy
from yanzhen.library.holdings.stock import OUT_OF_STOCK
from yanzhen.people.roles import Actor

Kind = FlagChange.Kind


def mark_damaged(*, copy_id: int, note: str, by: Actor, at: dt.datetime) -> Copy:
    """Say what is broken. Raises Refused at another's branch or without a word of what it is."""
    with transaction.atomic():
        copy = _handled(copy_id, by)
        refuse_first(
            rules.only_what_is_in_stock_is_changed(copy.state not in OUT_OF_STOCK),
            rules.a_flag_changes_once(copy.damaged),
            rules.what_is_wrong_is_said(note),
        )
        copy.damaged = True
        _note(copy, Kind.DAMAGED, note, by, at)
    return copy


def mend(*, copy_id: int, note: str = "", by: Actor, at: dt.datetime) -> Copy:
    """It is whole again; one that came for repair now waits for the van home. Raises Refused."""
    with transaction.atomic():
        copy = _handled(copy_id, by)
        refuse_first(rules.a_flag_changes_once(not copy.damaged))
        copy.damaged = False
        _note(copy, Kind.MENDED, note, by, at)
    return copy


def mark_missing(*, copy_id: int, note: str, by: Actor, at: dt.datetime) -> Copy:
    """It does not stand where it should. Raises Refused."""
    with transaction.atomic():
        copy = _handled(copy_id, by)
        refuse_first(
            rules.only_what_stands_on_a_shelf_is_flagged(copy.state == Copy.State.AVAILABLE),
            rules.a_flag_changes_once(copy.missing),
            rules.what_is_wrong_is_said(note),
        )
        copy.missing = True
        _note(copy, Kind.MISSING, note, by, at)
    return copy


def mark_seen(*, copy_id: int, note: str = "", by: Actor, at: dt.datetime) -> Copy:
    """A missing copy stands on its shelf after all. Raises Refused."""
    with transaction.atomic():
        copy = _handled(copy_id, by)
        refuse_first(rules.a_flag_changes_once(not copy.missing))
        copy.missing = False
        _note(copy, Kind.SEEN, note, by, at)
    return copy


def send_to_repair(*, copy_id: int, note: str, by: Actor, at: dt.datetime) -> Transit:
    """Put a copy on the road to the main library, which mends it. Raises Refused."""
    with transaction.atomic():
        copy = _handled(copy_id, by)
        workshop = hub_of(copy.current_node)
        refuse_first(
            rules.only_what_stands_on_a_shelf_is_flagged(copy.state == Copy.State.AVAILABLE),
            rules.the_workshop_is_elsewhere(workshop.pk != copy.current_node_id),
            None if copy.damaged else rules.what_is_wrong_is_said(note),
        )
        journey = travelling.begin(
            copy, from_node=copy.current_node, to_node=workshop, reason=Transit.Reason.REPAIR,
            by=by, at=at,
        )  # fmt: skip
        if copy.damaged:
            travelling.save_place(copy)
        else:
            copy.damaged = True
            _note(copy, Kind.DAMAGED, note, by, at)
    return journey


def _handled(copy_id: int, by: Actor) -> Copy:
    copy = locked_copy(copy_id)
    access.require_handling(by, copy.current_node)
    return copy


def _note(copy: Copy, kind: Kind, note: str, by: Actor, at: dt.datetime) -> None:
    """Store the flag, the sentence about it, the audit line and the fact."""
    travelling.save_place(copy)
    note, node = note.strip()[:200], copy.current_node
    FlagChange.objects.create(copy=copy, kind=kind, node=node, note=note, at=at, by_name=by.name)
    audit.write(
        by=by, at=at, action=f"copy.{kind}", subject=f"copy:{copy.pk}", place=node.code, note=note
    )
    outbox.record(CopyFlagged(copy.pk, copy.bib_id, node.code, kind), at=at)
