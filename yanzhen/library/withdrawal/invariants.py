"""What must hold over withdrawals at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from yanzhen.library.holdings.models import Copy, StockEvent
from yanzhen.library.holdings.stock import OPENING
from yanzhen.library.withdrawal.models import WithdrawalLine


def nothing_is_withdrawn_without_an_approved_list() -> Iterator[str]:
    """What came in as withdrawn with the first stock needs none."""
    approved = WithdrawalLine.objects.in_force().filter(copy=OuterRef("pk"))
    opening = StockEvent.objects.filter(copy=OuterRef("pk"), kind="withdrawn", document=OPENING)
    withdrawn = Copy.objects.filter(state=Copy.State.WITHDRAWN)
    for copy in withdrawn.filter(~Exists(approved), ~Exists(opening)):
        yield f"copy {copy.barcode} was withdrawn without an approved list"


def an_approved_copy_is_withdrawn() -> Iterator[str]:
    lines = WithdrawalLine.objects.in_force().select_related("copy")
    for line in lines.exclude(copy__state=Copy.State.WITHDRAWN):
        yield f"copy {line.copy.barcode} was approved for withdrawal but is {line.copy.state}"


def a_proposed_copy_waits_on_a_submitted_list() -> Iterator[str]:
    waiting = WithdrawalLine.objects.undecided().filter(
        copy=OuterRef("pk"), list__submitted_at__isnull=False
    )
    for copy in Copy.objects.filter(~Exists(waiting), withdrawal_proposed=True):
        yield f"copy {copy.barcode} is proposed for withdrawal on no list"
    for copy in Copy.objects.filter(Exists(waiting), withdrawal_proposed=False):
        yield f"copy {copy.barcode} waits on a list and does not show it"


INVARIANTS = (
    nothing_is_withdrawn_without_an_approved_list,
    an_approved_copy_is_withdrawn,
    a_proposed_copy_waits_on_a_submitted_list,
)
