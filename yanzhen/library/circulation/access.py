"""Who may see and renew which loans. Desks: see holdings/access.py."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.models import Loan, LoanRule
from yanzhen.people.access import may_at_hub, require_at_hub
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import RENEW, SET_RULES, Actor


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


def require_own_history(by: Actor, person_id: int, on: dt.date) -> None:
    """Readers decide for themselves, guardians for their child; no desk decides it for them."""
    if by.person_id is not None and (
        by.person_id == person_id or _is_guardian(by.person_id, person_id, on)
    ):
        return
    raise Refused(
        "not-your-history",
        _("借阅记录留不留，只由读者本人或监护人决定。"),
        _("请读者用自己的账号，在“我的”里选。"),
        status=403,
    )


def loan_unknown() -> Refused:
    return Refused("loan-unknown", _("没有找到这条借阅。"), _("请刷新页面，再选一次。"), status=404)


def require_setting(by: Actor) -> None:
    """Rules are set for the whole county, by whoever may set them at the hub (R04)."""
    require_at_hub(by, SET_RULES)


def may_set(by: Actor) -> bool:
    """True where the pages of rules offer to change them."""
    return may_at_hub(by, SET_RULES)


def known_rule(rule_id: int) -> LoanRule:
    """The row, or Refused `rule-unknown`."""
    rules = LoanRule.objects.select_related("category", "kind", "node")
    rule = rules.filter(pk=rule_id).first()
    if rule is None:
        raise Refused(
            "rule-unknown", _("没有找到这一行规则。"), _("请刷新页面，再选一次。"), status=404
        )
    return rule


def draft_unknown() -> Refused:
    return Refused("draft-unknown", _("没有找到这份草案。"), _("请回到草案列表。"), status=404)
