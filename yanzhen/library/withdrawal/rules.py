"""Rules of withdrawal: values in, a refusal or None out."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

UNDO_WITHIN = dt.timedelta(days=7)
MOST_LINES = 2000


def a_submitted_list_is_closed(submitted_at: dt.datetime | None) -> Refused | None:
    if submitted_at is None:
        return None
    return Refused(
        "list-submitted", _("这份清单已经报给总馆，不能再改。"), _("还有要剔的书，请另开一份清单。")
    )


def a_list_holds_something(lines: int) -> Refused | None:
    if lines:
        return None
    return Refused("list-empty", _("清单上还没有书。"), _("请先扫几本，或者按条件挑出来。"))


def a_list_stays_within_a_measure(lines: int) -> Refused | None:
    if lines <= MOST_LINES:
        return None
    return Refused(
        "list-full",
        _("一份清单最多 %(n)d 册。") % {"n": MOST_LINES},
        _("请先报上这一份，再另开一份。"),
    )


def a_branch_proposes_what_shelves_there(at_home: bool) -> Refused | None:
    if at_home:
        return None
    return Refused(
        "copy-not-ours", _("这册书不排在本馆。"), _("请由它的排架馆提出，或者先送回去。")
    )


def only_what_is_in_stock_is_proposed(in_stock: bool) -> Refused | None:
    if in_stock:
        return None
    return Refused(
        "copy-not-in-stock", _("这册书已经不在账上。"), _("遗失的、剔过的，都不用再列。")
    )


def a_copy_is_proposed_once_at_a_time(number: str) -> Refused | None:
    """`number` of the list on which it waits already, or nothing."""
    if not number:
        return None
    return Refused(
        "copy-proposed-already",
        _("这册书已经在清单 %(number)s 上。") % {"number": number},
        _("等那一份有了结果再说。"),
    )


def only_a_submitted_list_is_decided(submitted_at: dt.datetime | None) -> Refused | None:
    if submitted_at is not None:
        return None
    return Refused("list-not-submitted", _("这份清单还没有报上来。"), _("请等分馆报上来再定。"))


def whoever_submits_does_not_decide(submitter: int | None, decider: int | None) -> Refused | None:
    """Four eyes; account ids, None for the software itself."""
    if submitter is None or submitter != decider:
        return None
    return Refused(
        "decision-by-submitter", _("这份清单是您报的，不能由您批。"), _("请另一位有权的同事来批。")
    )


def a_line_is_decided_once(decision: str) -> Refused | None:
    if not decision:
        return None
    return Refused("line-decided", _("这一册已经定了。"), _("请刷新页面，看看现在的结果。"))


def only_what_stands_on_its_shelf_is_withdrawn(state: str) -> Refused | None:
    """What is on loan, on the road or set aside stays proposed until it stands there again."""
    if state == "available":
        return None
    return Refused(
        "copy-not-on-shelf",
        _("这册书现在不在架上，先留在清单上。"),
        _("还回来、签收以后，再批一次。"),
    )


def a_title_somebody_waits_for_keeps_its_last_copy(waiting: int, others: int) -> Refused | None:
    if not waiting or others:
        return None
    return Refused(
        "last-copy-wanted",
        _("这是最后一册，还有 %(n)d 位读者在等。") % {"n": waiting},
        _("请先补一册，或者等读者取走以后再批。"),
    )


def a_refusal_says_why(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused(
        "withdrawal-answer-missing", _("不批准要写明原因。"), _("例如“地方文献，留作保存本”。")
    )


def only_an_approval_is_undone(in_force: bool) -> Refused | None:
    if in_force:
        return None
    return Refused(
        "withdrawal-not-in-force", _("这一册没有剔旧，或者已经撤销过。"), _("请刷新页面再看看。")
    )


def an_approval_is_undone_in_time(decided_at: dt.datetime, at: dt.datetime) -> Refused | None:
    if at - decided_at <= UNDO_WITHIN:
        return None
    return Refused(
        "withdrawal-undo-late",
        _("批准已经过了 %(n)d 天，不能撤销。") % {"n": UNDO_WITHIN.days},
        _("书还在的话，请当作新书重新登到。"),
    )


def an_undo_says_why(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused("withdrawal-undo-reason-missing", _("撤销要写明原因。"), _("例如“批错了一行”。"))
