"""Who may see and renew which loans. Desks: see holdings/access.py."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.models import Loan
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import RENEW, Actor


def may_renew(by: Actor, loan: Loan, on: dt.date) -> bool:
    """A reader renews their own loans, a guardian their child's, a desk or the telephone
    anybody's."""
    if by.may(RENEW):
        return True
    if by.person_id is None or loan.person_id is None:
        return False
    return loan.person_id == by.person_id or _is_guardian(by.person_id, loan.person_id, on)


def _is_guardian(guardian_id: int, child_id: int, on: dt.date) -> bool:
    """A guardian answers until the child is 18."""
    return any(bond.child_id == child_id for bond in wards_of(guardian_id, on))


def require_renewing(by: Actor, loan: Loan | None, on: dt.date) -> Loan:
    """Return the loan; for whoever may not touch it, it does not exist (Refused)."""
    if loan is not None and may_renew(by, loan, on):
        return loan
    raise loan_unknown()


def loan_unknown() -> Refused:
    return Refused("loan-unknown", _("没有找到这条借阅。"), _("请刷新页面，再选一次。"), status=404)
