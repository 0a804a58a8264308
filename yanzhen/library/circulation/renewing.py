"""Extending a loan 续借: by the reader, or by a desk for the reader."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, generations, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation import access, due_dates, explaining, rules
from yanzhen.library.circulation.facts import LoanRenewed
from yanzhen.library.circulation.models import Loan, Renewal
from yanzhen.network.opening import CALENDARS
from yanzhen.people.roles import Actor, in_own_affairs


def renew(*, loan_id: int, by: Actor, at: dt.datetime) -> Loan:
    """Extend a loan by its own rule's days, counted from its due date or from today if that is
    later; the new date is an open day of the branch that governs the loan. Raises Refused."""
    with transaction.atomic():
        loans = Loan.objects.select_for_update(of=("self",))
        loan = loans.select_related("copy__kind", "governing_node").filter(pk=loan_id).first()
        loan = access.require_renewing(by, loan, local_day(at))
        refuse_first(
            rules.only_an_open_loan_is_renewed(loan.returned_at is None and loan.undone_at is None),
            explaining.grounded(
                rules.renewals_stay_within_the_rule(loan.renewals, loan.max_renewals),
                explaining.of_loan(loan),
            ),
        )
        signed = in_own_affairs(by, loan.person_id)
        before = loan.due_on
        start = max(before, local_day(at))
        loan.due_on = due_dates.open_day(
            start + dt.timedelta(days=loan.loan_days),
            loan.governing_node_id,
            generations.current(CALENDARS),
        )
        loan.renewals += 1
        loan.save(update_fields=["due_on", "renewals"])
        Renewal.objects.create(
            loan=loan, at=at, by_name=signed.name, due_before=before, due_after=loan.due_on
        )
        audit.write(
            by=signed,
            at=at,
            action="loan.renewed",
            subject=f"copy:{loan.copy_id}",
            due=loan.due_on.isoformat(),
        )
        outbox.record(LoanRenewed(loan.copy_id, loan.copy.bib_id, loan.due_on.isoformat()), at=at)
    return loan
