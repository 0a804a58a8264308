"""What must hold over all loans at every commit; each yields plain sentences of what does not."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef

from yanzhen.groundwork import clock
from yanzhen.library.circulation import ruling
from yanzhen.library.circulation.models import HistoryChoice, Loan, LoanRule
from yanzhen.library.holdings.models import Copy, Transit


def a_copy_on_loan_has_one_open_loan() -> Iterator[str]:
    open_loan = Loan.objects.open().filter(copy=OuterRef("pk"))
    for copy in Copy.objects.filter(~Exists(open_loan), state=Copy.State.ON_LOAN):
        yield f"copy {copy.barcode} is on loan to nobody"
    for copy in Copy.objects.filter(Exists(open_loan)).exclude(state=Copy.State.ON_LOAN):
        yield f"copy {copy.barcode} has an open loan but is in state {copy.state}"


def an_item_has_at_most_one_open_loan() -> Iterator[str]:
    doubled = Loan.objects.open().values("copy__barcode").annotate(n=Count("pk")).filter(n__gt=1)
    for row in doubled:
        yield f"copy {row['copy__barcode']} has {row['n']} open loans"


def a_loan_and_a_journey_exclude_each_other() -> Iterator[str]:
    on_the_road = Transit.objects.on_the_road().filter(copy=OuterRef("copy"))
    for loan in Loan.objects.open().filter(Exists(on_the_road)).select_related("copy"):
        yield f"copy {loan.copy.barcode} is on loan and on the road"


def the_default_loan_rule_exists() -> Iterator[str]:
    count = ruling.default_rows(clock.today()).count()
    if count != 1:
        yield f"there are {count} default loan rules in force instead of one"


def the_default_loan_rule_leaves_no_gap() -> Iterator[str]:
    rows = LoanRule.objects.standing().keyed(None, None, None).order_by("valid_from")
    ends: dt.date | None = None
    for number, row in enumerate(rows):
        if number and (ends is None or row.valid_from != ends + dt.timedelta(days=1)):
            yield f"default loan rule {row.pk} does not begin the day after the one before it ends"
        ends = row.valid_to
    if ends is not None:
        yield f"no default loan rule after {ends}"


def two_loan_rules_with_the_same_keys_do_not_overlap() -> Iterator[str]:
    last: dict[tuple, LoanRule] = {}
    for row in LoanRule.objects.standing().order_by("valid_from", "pk"):
        keys = (row.category_id, row.kind_id, row.node_id)
        before = last.get(keys)
        if before and (before.valid_to is None or before.valid_to >= row.valid_from):
            yield f"loan rules {before.pk} and {row.pk} of the same keys overlap"
        last[keys] = row


def a_reader_who_forgets_has_no_history() -> Iterator[str]:
    """What was brought back is let go in time; a chore that came late has a day."""
    now = clock.now()
    for choice in HistoryChoice.objects.exclude(days=None):
        days = choice.days or 0
        until = now - dt.timedelta(days=days + 1 if days else 0)
        kept = Loan.objects.brought_back().filter(person=choice.person_id, returned_at__lte=until)
        if count := kept.count():
            yield f"person {choice.person_id} is remembered with {count} loans against their wish"


INVARIANTS = (
    a_copy_on_loan_has_one_open_loan,
    an_item_has_at_most_one_open_loan,
    a_loan_and_a_journey_exclude_each_other,
    the_default_loan_rule_exists,
    the_default_loan_rule_leaves_no_gap,
    two_loan_rules_with_the_same_keys_do_not_overlap,
    a_reader_who_forgets_has_no_history,
)
