"""Rules of the register: facilities and their parts, counts, checks, photos, roads."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused


def a_facility_tree_has_no_ring(ring: bool) -> Refused | None:
    if not ring:
        return None
    return Refused(
        "part-of-itself",
        _("一个场地不能是自己的一部分。"),
        _("请重新选“属于哪个大场地”。"),
        status=422,
    )


def a_hall_is_not_divided_under_live_claims(claims: int) -> Refused | None:
    """Parts that come or go would leave what was claimed before in the wrong place."""
    if not claims:
        return None
    return Refused(
        "tree-in-use",
        ngettext(
            "这里还有 %(n)d 个没结束的占用，现在不能改“属于哪个大场地”。",
            "这里还有 %(n)d 个没结束的占用，现在不能改“属于哪个大场地”。",
            claims,
        )
        % {"n": claims},
        _("请先移走或释放这些占用。"),
    )


def a_count_covers_what_is_claimed(units: int, peak: int) -> Refused | None:
    if units >= peak:
        return None
    return Refused(
        "count-too-small",
        _("已经有占用同时用到 %(n)d 件，数量不能更少。") % {"n": peak},
        _("请先移走或释放一些占用。"),
    )


def a_name_is_given(name: str) -> Refused | None:
    if name.strip():
        return None
    return Refused("name-missing", _("请填名称。"), _("例如：“戏台”“二楼排练厅”。"), status=422)


def hours_of_a_day_do_not_overlap(spans: Iterable[tuple[int, dt.time, dt.time]]) -> Refused | None:
    last: dict[int, dt.time] = {}
    for weekday, opens, closes in sorted(spans):
        if closes <= opens or opens < last.get(weekday, dt.time.min):
            return Refused(
                "hours-unfit",
                _("开放时间有一天对不上。"),
                _("每一段的结束要晚于开始，同一天的两段不要重叠。"),
                status=422,
            )
        last[weekday] = closes
    return None


def a_check_was_not_made_in_the_future(checked_on: dt.date, day: dt.date) -> Refused | None:
    if checked_on <= day:
        return None
    return Refused(
        "check-in-future", _("查询日期还没到。"), _("请填实际查询的那一天。"), status=422
    )


def a_document_is_named(document: str) -> Refused | None:
    if document.strip():
        return None
    return Refused(
        "document-missing", _("请填查询回执的编号。"), _("例如公安机关回执的文号。"), status=422
    )


def a_photo_is_a_picture_of_at_most_5_mb(kind: str | None, size: int, most: int) -> Refused | None:
    """`kind`: what the file's first bytes say it is (jpeg, png, webp), None for anything else."""
    if kind and size <= most:
        return None
    return Refused(
        "photo-unfit",
        _("这个文件不是照片，或者太大了。"),
        _("请用 JPEG、PNG 或 WebP，5 MB 以内；手机拍的选“中等”大小就可以。"),
        status=422,
    )


def a_photo_says_what_it_shows(caption: str) -> Refused | None:
    if caption.strip():
        return None
    return Refused(
        "caption-missing",
        _("请写一句照片里是什么。"),
        _("看不见的人靠这句话知道。例如：“戏台正面，台前有坡道”。"),
        status=422,
    )


def two_towns_are_named(one: int | None, other: int | None) -> Refused | None:
    if one and other and one != other:
        return None
    return Refused("towns-unfit", _("请选两个不同的镇街。"), "", status=422)


def a_journey_takes_1_to_240_minutes(minutes: int | None) -> Refused | None:
    if minutes is not None and 1 <= minutes <= 240:
        return None
    return Refused("minutes-unfit", _("路上时间请填 1 到 240 分钟。"), "", status=422)


def what_is_claimed_stays_in_the_register(claims: int) -> Refused | None:
    if not claims:
        return None
    return Refused(
        "resource-in-use",
        ngettext(
            "还有 %(n)d 个没结束的占用，现在不能停用。",
            "还有 %(n)d 个没结束的占用，现在不能停用。",
            claims,
        )
        % {"n": claims},
        _("请先移走或释放这些占用。"),
    )


def a_count_is_1_to_500(units: int) -> Refused | None:
    if 1 <= units <= 500:
        return None
    return Refused("count-unfit", _("数量请填 1 到 500。"), "", status=422)


def a_part_stands_where_the_whole_stands(part: int | None, whole: int) -> Refused | None:
    """Ids of sites; None for parts in several."""
    if part == whole:
        return None
    return Refused(
        "part-elsewhere",
        _("大场地和它的一部分要在同一个馆。"),
        _("请重新选“属于哪个大场地”。"),
        status=422,
    )
