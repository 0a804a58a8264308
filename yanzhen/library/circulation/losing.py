"""Declaring a copy lost. It is found again by the ordinary return scan.

An open loan is closed as lost, an open journey ends with the loss, whoever the copy was set aside
for waits again before all others; the copy leaves the stock.
"""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation import rules
from yanzhen.library.circulation.facts import CopyLost
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings import access, stock, travelling
from yanzhen.library.holdings import rules as holding_rules
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holdings.queries import journey_of, locked_copy
from yanzhen.library.holds import capturing
from yanzhen.people.roles import Actor


def declare_lost(*, copy_id: int, note: str, by: Actor, at: dt.datetime) -> Copy:
    """Take a copy out of the stock as lost. Raises Refused at another's branch, without a reason,
    or for a copy that is lost or withdrawn already."""
    with transaction.atomic():
        copy = locked_copy(copy_id)
        access.require_handling(by, copy.current_node)
        refuse_first(
            rules.only_what_is_in_stock_is_lost(copy.state not in stock.OUT_OF_STOCK),
            rules.a_loss_has_a_reason(note),
        )
        before = copy.state
        if journey := journey_of(copy):
            travelling.lose(journey, copy, note=note.strip()[:200], by=by, at=at)
        _leave_the_stock(copy, note=note, by=by, at=at)
        audit.write(
            by=by,
            at=at,
            action="copy.declared_lost",
            subject=f"copy:{copy.pk}",
            place=copy.current_node.code,
            was=before,
            note=note.strip()[:200],
        )
    return copy


def give_up(transit: Transit, *, note: str, by: Actor, at: dt.datetime) -> Copy:
    """Give up a journey: nobody knows where the copy is. A later scan still finds it.

    Raises Refused without a reason, for a journey that has ended, or without MOVE_STOCK.
    """
    with transaction.atomic():
        copy = locked_copy(transit.copy_id)
        transit = Transit.objects.select_for_update().get(pk=transit.pk)
        access.require_moving(by, transit.from_node)
        refuse_first(
            holding_rules.a_journey_ends_once(transit.ended_at),
            holding_rules.a_loss_has_a_reason(note),
        )
        travelling.lose(transit, copy, note=note.strip()[:200], by=by, at=at)
        _leave_the_stock(copy, note=note, by=by, at=at)
        audit.write(
            by=by,
            at=at,
            action="transit.lost",
            subject=f"copy:{copy.pk}",
            place=transit.from_node.code,
            note=transit.note,
        )
    return copy


def _leave_the_stock(copy: Copy, *, note: str, by: Actor, at: dt.datetime) -> None:
    """The loan ends as lost, whoever waited waits again before all others, the stock shrinks."""
    Loan.objects.open().filter(copy=copy).update(
        returned_at=at, returned_node=copy.current_node, returned_by=by.name, lost_at=at
    )
    copy.state, copy.missing = Copy.State.LOST, False
    travelling.save_place(copy)
    capturing.put_back(copy, by=by, at=at, note=copy.get_state_display())
    stock.record(copy, stock.Kind.LOST, by=by, at=at, note=note.strip())
    outbox.record(CopyLost(copy.pk, copy.bib_id, copy.current_node.code), at=at)
