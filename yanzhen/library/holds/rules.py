"""Rules of holds: values in, a refusal or None out."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused


def a_reader_has_one_live_hold_on_a_title(has_one: bool) -> Refused | None:
    if not has_one:
        return None
    return Refused(
        "hold-exists",
        _("这本书已经预约过了，还在排队或等着取。"),
        _("在“我的”里可以看排到第几位，也可以换取书馆。"),
    )


def holds_stay_within_the_limit(live: int, most: int) -> Refused | None:
    if live < most:
        return None
    return Refused(
        "hold-limit-reached",
        ngettext("已经有 %(n)d 个预约，到上限了。", "已经有 %(n)d 个预约，到上限了。", live)
        % {"n": live},
        _("取走或取消一个，就可以再预约一本。"),
    )


def a_title_must_have_a_copy_to_wait_for(lendable_copies: int) -> Refused | None:
    if lendable_copies:
        return None
    return Refused(
        "nothing-to-wait-for",
        _("这本书现在没有可以外借的复本，等不到。"),
        _("想看可以打电话告诉我们，请馆里买，或者在馆内阅览。"),
    )


def a_book_is_fetched_where_there_is_a_desk(is_desk: bool) -> Refused | None:
    if is_desk:
        return None
    return Refused(
        "pickup-unknown",
        _("这里不能取预约的书。"),
        _("请从列出的总馆和分馆里选一个取书。"),
        status=422,
    )


def what_stands_on_the_shelf_is_not_held(stands_here: bool, allowed: bool) -> Refused | None:
    """Only where the hold rule of the reader category says so."""
    if allowed or not stands_here:
        return None
    return Refused(
        "copy-on-the-shelf", _("这本书就在您选的取书馆架上。"), _("直接去借就行，不用预约。")
    )


def only_a_live_hold_is_changed(state: str, live: bool) -> Refused | None:
    if live:
        return None
    return Refused("hold-ended", _("这个预约已经结束了。"), _("请刷新页面；还想看可以重新预约。"))


def only_who_waits_is_moved(waiting: bool) -> Refused | None:
    if waiting:
        return None
    return Refused(
        "hold-not-waiting", _("这位读者已经不在排队了。"), _("请刷新页面，看看现在的排队。")
    )


def a_change_of_the_queue_has_a_reason(reason: str) -> Refused | None:
    if reason.strip():
        return None
    return Refused(
        "reason-missing", _("调整排队要写原因。"), _("例如：“教师备课急用，馆长同意”。"), status=422
    )


def a_place_must_be_in_the_queue(position: int, length: int) -> Refused | None:
    if 1 <= position <= length:
        return None
    return Refused(
        "position-unfit",
        _("队里没有第 %(n)s 位。") % {"n": str(position)[:12]},
        _("请填 1 到 %(most)d 之间的数。") % {"most": length},
        status=422,
    )


def a_wish_does_not_end_before_it_begins(until: dt.date | None, day: dt.date) -> Refused | None:
    if until is None or until >= day:
        return None
    return Refused(
        "wanted-until-past",
        _("“最晚需要到”的日期已经过了。"),
        _("请改成今天或以后的日期，或者不填。"),
        status=422,
    )


def only_a_target_is_not_found(is_target: bool) -> Refused | None:
    if is_target:
        return None
    return Refused(
        "not-on-the-pull-list",
        _("这一本已经不在取书单上了。"),
        _("可能已经扫过，或者预约取消了；请刷新取书单。"),
    )


def a_hold_rule_stays_in_bounds(max_holds: int, pickup_days: int) -> Refused | None:
    """A slip of the finger is asked about, not obeyed."""
    if 0 <= max_holds <= 50 and 1 <= pickup_days <= 60:
        return None
    return Refused(
        "rule-out-of-bounds",
        _("有一个数太大或太小了。"),
        _("预约册数请填 0 到 50，保留天数请填 1 到 60。"),
    )


def the_default_hold_rule_stays(is_default: bool) -> Refused | None:
    if not is_default:
        return None
    return Refused(
        "default-rule-stays",
        _("默认的预约规则不能撤掉，没有它就有人约不了。"),
        _("想改默认规则，请给它定一个新版本和生效日期。"),
    )
