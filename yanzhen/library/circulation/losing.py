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
from yanzhen.library.holdings.models import Copy
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
        Loan.objects.open().filter(copy=copy).update(
            returned_at=at, returned_node=copy.current_node, returned_by=by.name, lost_at=at
        )
        copy.state, copy.missing = Copy.State.LOST, False
        travelling.save_place(copy)
        capturing.put_back(copy, by=by, at=at, note=copy.get_state_display())
        stock.record(copy, stock.Kind.LOST, by=by, at=at, note=note.strip())
        audit.write(
            by=by,
            at=at,
            action="copy.declared_lost",
            subject=f"copy:{copy.pk}",
            place=copy.current_node.code,
            was=before,
            note=note.strip()[:200],
        )
        outbox.record(CopyLost(copy.pk, copy.bib_id, copy.current_node.code), at=at)
    return copy
