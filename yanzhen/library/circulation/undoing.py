"""Undoing a slip of the hand at the desk, within half an hour, while nothing else has happened.

Nothing is deleted: an undone loan keeps its row with who and when, an undone return ends its
journey with a reason.
"""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation import rules
from yanzhen.library.circulation.access import loan_unknown
from yanzhen.library.circulation.facts import LoanUndone
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings import access, floating, travelling
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holdings.queries import journey_of
from yanzhen.library.holds import capturing
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def undo_lending(*, loan_id: int, by: Actor, at: dt.datetime) -> Loan:
    """Take a loan back as if it had not been made; the copy stands at the desk it left, and goes
    home from there if it belongs elsewhere."""
    with transaction.atomic():
        loan = _locked(loan_id)
        access.require_handling(by, loan.lent_node)
        refuse_first(
            rules.only_the_last_action_is_undone(
                loan.returned_at is None and loan.undone_at is None and loan.renewals == 0
            ),
            rules.only_a_fresh_action_is_undone(loan.lent_at, at),
        )
        loan.undone_at, loan.undone_by = at, by.name
        loan.save(update_fields=["undone_at", "undone_by"])
        copy = loan.copy
        _put_where_it_goes(loan, copy, by, at)
        _finish(loan, copy, loan.lent_node, "lending", by, at)
    return loan


def undo_return(*, loan_id: int, by: Actor, at: dt.datetime) -> Loan:
    """Reopen a loan closed by mistake; a journey the return began is ended with that reason."""
    with transaction.atomic():
        loan = _locked(loan_id)
        node = loan.returned_node or loan.lent_node
        access.require_handling(by, node)
        copy, journey = loan.copy, journey_of(loan.copy)
        refuse_first(
            rules.a_forgotten_loan_is_not_reopened(loan.person_id is None),
            rules.only_the_last_action_is_undone(_untouched_since(loan, copy, journey)),
            rules.a_cancelled_card_gets_no_loan_back(
                loan.card is not None and loan.card.status == ReaderCard.Status.CANCELLED
            ),
            rules.only_a_fresh_action_is_undone(loan.returned_at or at, at),
        )
        capturing.put_back(copy, by=by, at=at, note="撤销还书")
        if journey:
            travelling.stop(journey, copy, note="撤销还书", by=by, at=at)
        returned_at = loan.returned_at or at
        loan.returned_at, loan.returned_node, loan.returned_by = None, None, ""
        loan.save(update_fields=["returned_at", "returned_node", "returned_by"])
        floating.unsettle(copy, settled_at=returned_at, by=by, at=at)
        copy.state = Copy.State.ON_LOAN
        _finish(loan, copy, node, "return", by, at)
    return loan


def _put_where_it_goes(loan: Loan, copy: Copy, by: Actor, at: dt.datetime) -> None:
    """Back onto the hold shelf for the reader whose hold the loan fulfilled, else to its shelf."""
    node = loan.lent_node
    copy.state, copy.current_node = Copy.State.AVAILABLE, node
    hold = capturing.reinstate(copy, loan.person_id, loan.lent_at)
    goal = hold.pickup_node if hold else copy.home_node
    if hold and goal == node:
        copy.state = Copy.State.ON_HOLD_SHELF
        capturing.make_ready(hold, copy, by=by, at=at)
    elif hold:
        capturing.send(hold, copy, by=by, at=at)
    if goal != node:
        reason = Transit.Reason.HOLD if hold else Transit.Reason.HOME
        travelling.begin(copy, from_node=node, to_node=goal, reason=reason, by=by, at=at)


def _locked(loan_id: int) -> Loan:
    """The loan and its copy, the copy locked first as everywhere. Raises Refused."""
    copy_id = Loan.objects.filter(pk=loan_id).values_list("copy_id", flat=True).first()
    if copy_id is None:
        raise loan_unknown()
    Copy.objects.select_for_update().get(pk=copy_id)
    return Loan.objects.select_related("copy__home_node", "lent_node", "returned_node", "card").get(
        pk=loan_id
    )


def _untouched_since(loan: Loan, copy: Copy, journey: Transit | None) -> bool:
    """True if the copy is exactly where and how the return left it."""
    if loan.returned_at is None or copy.current_node_id != loan.returned_node_id:
        return False
    if journey:
        return journey.sent_at == loan.returned_at
    newer = Loan.objects.filter(copy=copy, lent_at__gt=loan.returned_at)
    as_left = (Copy.State.AVAILABLE, Copy.State.ON_HOLD_SHELF)
    return copy.state in as_left and not newer.exists()


def _finish(loan: Loan, copy: Copy, node: Node, what: str, by: Actor, at: dt.datetime) -> None:
    travelling.save_place(copy)
    audit.write(
        by=by,
        at=at,
        action=f"{what}.undone",
        subject=f"copy:{copy.pk}",
        place=node.code,
        loan=loan.pk,
    )
    outbox.record(LoanUndone(copy.pk, copy.bib_id, node.code, what), at=at)
