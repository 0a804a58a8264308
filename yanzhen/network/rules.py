"""Rules about places: values in, a refusal or None out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Division
from yanzhen.network.opening import Span


def a_closure_has_a_notice(notice: str) -> Refused | None:
    """Nobody stands before a locked door without having been told why (R63, 保障法 31)."""
    if notice.strip():
        return None
    return Refused(
        "closure-without-notice",
        _("还没有写闭馆公告，读者不知道为什么关门。"),
        _("请写一句话：为什么闭馆、什么时候恢复，例如“检修电路，12 月 3 日照常开放”。"),
    )


def a_closure_never_begins_in_the_past(first_day: dt.date, today: dt.date) -> Refused | None:
    """A closure begins today at the earliest: what has happened already is not announced."""
    if first_day >= today:
        return None
    return Refused(
        "closure-in-the-past",
        _("闭馆的第一天 %(day)s 已经过去了。") % {"day": first_day},
        _("请把第一天改成今天或以后的日子。"),
    )


def a_closure_ends_after_it_begins(first_day: dt.date, last_day: dt.date) -> Refused | None:
    """A closure of one day has the same first and last day."""
    if last_day >= first_day:
        return None
    return Refused(
        "closure-ends-too-early",
        _("闭馆的最后一天 %(last)s 比第一天 %(first)s 还早。")
        % {"last": last_day, "first": first_day},
        _("请核对两个日期；只关一天就填同一天。"),
    )


def new_hours_begin_today_or_later(valid_from: dt.date, today: dt.date) -> Refused | None:
    """Hours that were in force stay as they were: due dates and yearly figures rest on them."""
    if valid_from >= today:
        return None
    return Refused(
        "hours-in-the-past",
        _("新的开放时间不能从已经过去的 %(day)s 算起。") % {"day": valid_from},
        _("请把开始的日子改成今天或以后。"),
    )


def a_week_has_an_opening(spans: Sequence[Span]) -> Refused | None:
    """A node that is closed all week is closed by an announcement, with a reason."""
    if spans:
        return None
    return Refused(
        "week-without-opening",
        _("这张时间表一周里没有一天开门。"),
        _("请至少填一天；如果要关一段时间，请改用“闭馆公告”。"),
    )


def closing_is_after_opening(spans: Iterable[Span]) -> Refused | None:
    """No span ends before it begins; a night past twelve would be two spans."""
    wrong = next((span for span in spans if span.closes <= span.opens), None)
    if wrong is None:
        return None
    return Refused(
        "closing-before-opening",
        _("有一段时间关门（%(closes)s）不晚于开门（%(opens)s）。")
        % {"closes": f"{wrong.closes:%H:%M}", "opens": f"{wrong.opens:%H:%M}"},
        _("请按 24 小时制核对，例如下午两点写 14:00。"),
    )


def spans_of_a_day_do_not_overlap(spans: Iterable[Span]) -> Refused | None:
    """Two spans of a day leave a break between them, or at most touch."""
    in_order = sorted(spans, key=lambda span: (span.weekday, span.opens))
    for one, next_one in pairwise(in_order):
        if one.weekday == next_one.weekday and next_one.opens < one.closes:
            return Refused(
                "hours-overlap",
                _("同一天的两段时间重叠了：%(one)s 之前关门，%(two)s 又开门。")
                % {"one": f"{one.closes:%H:%M}", "two": f"{next_one.opens:%H:%M}"},
                _("请把两段合成一段，或者错开。"),
            )
    return None


def a_statistics_only_unit_is_never_a_town(kind: str) -> Refused | None:
    """A unit drawn for the statistics has no residents to serve and gets no site (d.1)."""
    if kind != Division.Kind.STATISTICS_ONLY:
        return None
    return Refused(
        "statistics-only-unit",
        _("这是统计用的区划，不是镇街，不能设馆。"),
        _("请选这个地点实际所在的镇或街道。"),
    )


def a_holiday_has_a_name(name: str) -> Refused | None:
    if 0 < len(name.strip()) <= 30:
        return None
    return Refused(
        "holiday-without-name",
        _("没有写是什么节日，或者写得太长。"),
        _("请填名称，例如“春节”，最多 30 个字。"),
    )


def a_holiday_has_a_source(source: str) -> Refused | None:
    if 0 < len(source.strip()) <= 200:
        return None
    return Refused(
        "holiday-without-source", _("没有写依据。"), _("请写通知的文号或名称，最多 200 个字。")
    )


def a_notice_names_at_most_sixteen_days(first: dt.date, last: dt.date) -> Refused | None:
    if 0 <= (last - first).days < 16:
        return None
    return Refused(
        "holiday-span-unlikely",
        _("从 %(first)s 到 %(last)s 不像一次放假。") % {"first": first, "last": last},
        _("一次最多录入 16 天，最后一天不能在第一天之前；请核对日期。"),
    )
