"""Rules of manifests, boxes, plans and proposals: values in, a refusal or None out."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused


def a_manifest_goes_between_two_nodes(same: bool) -> Refused | None:
    if not same:
        return None
    return Refused(
        "manifest-to-itself", _("交接单要送到另一个馆。"), _("请选一个别的馆，再开交接单。")
    )


def what_is_handed_over_is_packed_no_more(handed_over_at: dt.datetime | None) -> Refused | None:
    if handed_over_at is None:
        return None
    return Refused(
        "manifest-handed-over",
        _("这张交接单已经交出去了，不能再改。"),
        _("还有书要送，请另开一张。"),
    )


def the_count_at_hand_over_is_the_list(counted: int | None, listed: int) -> Refused | None:
    if listed == 0:
        return Refused("manifest-empty", _("箱子里还没有书。"), _("请先把要送的书扫进箱子。"))
    if counted == listed:
        return None
    if counted is None:
        return Refused("count-missing", _("请写数出来多少本。"), _("把箱里的书数一遍，填上数目。"))
    return Refused(
        "count-differs",
        _("数出 %(counted)d 本，单上是 %(listed)d 本。") % {"counted": counted, "listed": listed},
        _("请再数一遍；箱里没有的，从单上拿掉；单上没有的，扫进箱子。"),
    )


def a_manifest_is_closed_once(
    handed_over_at: dt.datetime | None, closed_at: dt.datetime | None
) -> Refused | None:
    if handed_over_at is None:
        return Refused(
            "manifest-not-handed-over",
            _("对方还没有把这张单交出来。"),
            _("书到了先照常扫码签收；交接单等对方交出后再结。"),
        )
    if closed_at is None:
        return None
    return Refused(
        "manifest-closed", _("这张交接单已经结单。"), _("后来找到的书，照常扫一下就行。")
    )


def what_has_not_come_is_named_before_closing(missing: int, confirmed: bool) -> Refused | None:
    """Closing with something missing is a deed of its own, never a slip of the hand."""
    if missing == 0 or confirmed:
        return None
    return Refused(
        "manifest-incomplete",
        ngettext("还有 %(n)d 本没有扫到。", "还有 %(n)d 本没有扫到。", missing) % {"n": missing},
        _("请再找一找；确实没有来，勾选“记为差异”再结单。"),
    )


def only_what_leaves_here_is_packed(
    *, known: bool, on_loan: bool, goes_elsewhere: bool, stays_here: bool
) -> Refused | None:
    """`stays_here`: it stands on its own shelf and whoever packs may not move it for good."""
    if not known:
        return Refused(
            "copy-unknown", _("馆藏里没有这个条码。"), _("请再扫一次；还不行就交给总馆查。")
        )
    if on_loan:
        return Refused("copy-on-loan", _("这本书还借在外面。"), _("请先在借还台办还书，再装箱。"))
    if goes_elsewhere:
        return Refused(
            "goes-elsewhere", _("这本书不是送往这个馆的。"), _("请放进它要去的那个馆的箱子。")
        )
    if stays_here:
        return Refused(
            "stays-here",
            _("这本书就排在本馆，没有要送去那边。"),
            _("请放回书架；要调给那边，请总馆来办。"),
        )
    return None


def a_copy_is_packed_once(other_number: str) -> Refused | None:
    if not other_number:
        return None
    return Refused(
        "packed-already",
        _("这本书已经在交接单 %(number)s 上。") % {"number": other_number},
        _("扫下一本就好。"),
    )


def a_whole_box_is_received_only_where_nobody_sits(staffed: bool) -> Refused | None:
    if not staffed:
        return None
    return Refused(
        "receive-one-by-one",
        _("有人值守的馆要逐本扫码签收。"),
        _("请把箱里的书一本一本扫一遍，数目才对得上。"),
    )


def a_box_goes_somewhere_else(same: bool) -> Refused | None:
    if not same:
        return None
    return Refused("box-already-there", _("这只箱子就在那里。"), _("请选另一个地方。"))


def a_box_arrives_before_it_goes_on(under_way: bool) -> Refused | None:
    if not under_way:
        return None
    return Refused(
        "box-under-way", _("这只箱子还在路上。"), _("请先在那边签收、结单，再送下一站。")
    )


def an_empty_box_does_not_travel(copies: int) -> Refused | None:
    if copies:
        return None
    return Refused(
        "box-empty", _("箱子里现在没有能带走的书。"), _("请先把书扫进箱子，或等借出的书还回来。")
    )


def a_stay_has_a_day_of_return(due_on: dt.date | None, today: dt.date) -> Refused | None:
    if due_on is not None and due_on > today:
        return None
    return Refused(
        "due-day-missing", _("送出去的箱子要写哪天收回。"), _("请填今天以后的一个日期。")
    )


def stages_follow_one_another(stages: Sequence[tuple[int, dt.date, dt.date]]) -> Refused | None:
    """(node id, first day, last day) of each stage in order."""
    if not stages:
        return Refused("plan-empty", _("计划里还没有站点。"), _("请至少填一站。"))
    for _node, first, last in stages:
        if last <= first:
            return Refused(
                "stage-backwards", _("有一站的结束日期不晚于开始日期。"), _("请改一下日期。")
            )
    for before, after in pairwise(stages):
        if after[1] < before[2]:
            return Refused(
                "stages-overlap",
                _("前一站还没结束，后一站就开始了。"),
                _("一只箱子同时只能在一个地方，请改一下日期。"),
            )
        if after[0] == before[0]:
            return Refused(
                "stage-twice", _("连着两站是同一个地方。"), _("请合成一站，或换个地方。")
            )
    return None


def a_line_is_decided_once(decided_at: dt.datetime | None) -> Refused | None:
    if decided_at is None:
        return None
    return Refused("line-decided", _("这一条已经有人决定过了。"), _("请刷新页面看看结果。"))


def an_accepted_line_moves_something(copies: int) -> Refused | None:
    if copies:
        return None
    return Refused(
        "line-empty",
        _("这一条里的书现在都不在架上，没有可调的。"),
        _("请改为“不采纳”，过些日子重新算一次。"),
    )


def refusing_needs_no_copy_but_a_reason(note: str) -> Refused | None:
    if note.strip():
        return None
    return Refused("reason-missing", _("不采纳请写一句为什么。"), _("例如“这批书下月展览要用”。"))


def only_a_copy_on_its_own_shelf_goes_into_a_box(on_shelf: bool, in_a_box: bool) -> Refused | None:
    if in_a_box:
        return Refused(
            "in-a-box", _("这本书已经在一只箱子里。"), _("要换箱子，请先从那只里拿出来。")
        )
    if on_shelf:
        return None
    return Refused(
        "not-on-its-shelf",
        _("只有排在本馆、现在在架的书才能装箱。"),
        _("借着的、在路上的、别馆的书，请先放一边。"),
    )


def a_proposal_looks_back_and_keeps_a_measure(months: int, at_most: int) -> Refused | None:
    if 1 <= months <= 36 and 1 <= at_most <= 20_000:
        return None
    return Refused(
        "proposal-measure",
        _("请看最近 1 到 36 个月，一次最多调 20000 册。"),
        _("一般看 12 个月，一次不超过一车能拉的数目。"),
    )
