"""What came of a return scan."""

from dataclasses import dataclass

from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.models import Hold
from yanzhen.network.models import Node


@dataclass
class Taken:
    """`outcome`: returned, received, sent_on, still_leaving,
    already_here, not_on_loan, found, withdrawn, held, sent_to_pickup, reshelved, in_repair or
    unknown;
    `goes_to` is set when the copy must travel, `hold` when it is set aside for a reader."""

    barcode: str
    outcome: str
    copy: Copy | None = None
    loan: Loan | None = None
    goes_to: Node | None = None
    overdue_days: int = 0
    floats: str = ""  # why it stays here or goes home, where a floating group had a say
    hold: Hold | None = None
