"""Rules of counting: values in, an answer out."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.stocktaking.models import CountLine

Finding = CountLine.Finding
_BY_STATE = {state.value: state for state in (
    Finding.ON_LOAN, Finding.IN_TRANSIT, Finding.LOST, Finding.WITHDRAWN)}  # fmt: skip
LONGEST_SCAN = 60


def finding_for(state: str, *, at_home: bool, in_scope: bool, in_order: bool) -> Finding:
    """What a copy of this state, standing on the counted shelf, is."""
    if state in _BY_STATE:
        return _BY_STATE[state]
    if not at_home:
        return Finding.FOREIGN
    if not in_scope:
        return Finding.ELSEWHERE
    return Finding.FOUND if in_order else Finding.OUT_OF_ORDER


def a_closed_count_takes_no_scan(closed_at: dt.datetime | None) -> Refused | None:
    if closed_at is None:
        return None
    return Refused(
        "count-closed",
        _("这次清点已经结束，没有记下这一扫。"),
        _("还有书要扫，请先把它重新打开，再扫一次。"),
    )


def only_a_closed_count_is_reopened(closed_at: dt.datetime | None) -> Refused | None:
    if closed_at is not None:
        return None
    return Refused("count-open", _("这次清点还开着。"), _("接着扫就可以。"))


def a_scan_is_a_barcode(barcode: str) -> Refused | None:
    if 0 < len(barcode) <= LONGEST_SCAN:
        return None
    return Refused(
        "scan-unreadable", _("没有扫到条码，或者太长，不像条码。"), _("请对准一个条码再扫一次。")
    )


def a_scope_runs_forward(key_from: str, key_to: str) -> Refused | None:
    if not (key_from and key_to) or key_from <= key_to:
        return None
    return Refused("scope-backwards", _("索书号的起点排在终点后面。"), _("请把起点和终点换过来。"))


def a_scope_holds_something(expected: int) -> Refused | None:
    if expected:
        return None
    return Refused(
        "scope-empty", _("这个范围里没有该在架的书。"), _("请把范围放宽，或留空清点整个馆。")
    )
