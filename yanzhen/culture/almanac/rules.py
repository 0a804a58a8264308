"""What must hold of school periods and festival windows; each function is one sentence."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from yanzhen.culture.almanac.models import SchoolPeriod
from yanzhen.groundwork.refusals import Refused

WIDEST = 60


def a_school_period_ends_after_it_begins(first: dt.date, last: dt.date) -> Refused | None:
    if last >= first:
        return None
    return Refused(
        "school-period-ends-too-early", _("最后一天在第一天之前。"), _("请把两个日子核对一遍。")
    )


def a_school_period_is_shorter_than_a_year(first: dt.date, last: dt.date) -> Refused | None:
    if last - first < dt.timedelta(365):
        return None
    return Refused(
        "school-period-too-long", _("一个学期或假期不会有一年长。"), _("请看看年份有没有写错。")
    )


def a_term_says_when_lessons_end(kind: str, lessons_end: dt.time | None) -> Refused | None:
    if kind != SchoolPeriod.Kind.TERM or lessons_end is not None:
        return None
    return Refused(
        "term-without-end-of-lessons",
        _("学期要写几点放学，不然分不出哪些场次是课后。"),
        _("请填放学时间，例如 16:00。"),
    )


def school_periods_of_a_stage_do_not_overlap(
    first: dt.date, last: dt.date, others: Iterable[SchoolPeriod]
) -> Refused | None:
    clash = next(
        (each for each in others if each.first_day <= last and each.last_day >= first), None
    )
    if clash is None:
        return None
    return Refused(
        "school-period-overlaps",
        _("这些日子里已经有%(kind)s（%(first)s 到 %(last)s）。")
        % {"kind": clash.get_kind_display(), "first": clash.first_day, "last": clash.last_day},
        _("请改日期，或者先改那一段。"),
    )


def a_festival_window_is_at_most_two_months_a_side(before: int, after: int) -> Refused | None:
    if 0 <= before <= WIDEST and 0 <= after <= WIDEST:
        return None
    return Refused(
        "festival-window-too-wide",
        _("节日前后最多各 %(most)d 天。") % {"most": WIDEST},
        _("请填 0 到 %(most)d。") % {"most": WIDEST},
    )
