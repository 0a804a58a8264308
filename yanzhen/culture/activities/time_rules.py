"""Rules of sessions: when they may be, where, and for how many."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused

LONGEST = dt.timedelta(days=92)  # an exhibition may stay a season
MOST_IN_A_SERIES = 120
LARGEST = 50_000


def a_session_ends_after_it_starts(starts_at: dt.datetime, ends_at: dt.datetime) -> Refused | None:
    if starts_at < ends_at <= starts_at + LONGEST:
        return None
    return Refused(
        "session-times-unfit",
        _("结束时间要在开始之后，最长三个月。"),
        _("请检查日期和时间，特别是年份。"),
        status=422,
    )


def a_session_is_not_planned_for_the_past(
    starts_at: dt.datetime, at: dt.datetime
) -> Refused | None:
    if starts_at > at:
        return None
    return Refused(
        "session-in-the-past",
        _("这个时间已经过去了。"),
        _("请选一个以后的时间，特别看看年份写对没有。"),
        status=422,
    )


def a_session_in_the_past_is_not_moved(starts_at: dt.datetime, at: dt.datetime) -> Refused | None:
    """What has begun happened when and where it happened."""
    if starts_at > at:
        return None
    return Refused(
        "session-begun",
        _("这一场已经开始或结束了，不能再改期、取消。"),
        _("要再办一次，请另外加一场。"),
    )


def a_move_changes_something(same: bool) -> Refused | None:
    if not same:
        return None
    return Refused(
        "nothing-moved", _("时间和地点都没有变。"), _("请填新的时间或地点。"), status=422
    )


def a_session_holds_somebody(capacity: int) -> Refused | None:
    if 1 <= capacity <= LARGEST:
        return None
    return Refused(
        "capacity-unfit",
        _("人数请填 1 到 %(most)d 之间的数。") % {"most": LARGEST},
        _("没有限制的广场活动，请填场地能安全容纳的人数。"),
        status=422,
    )


def capacity_stays_above_what_is_allotted(capacity: int, allotted: int) -> Refused | None:
    if capacity >= allotted:
        return None
    return Refused(
        "capacity-below-allotted",
        _("已经分出去 %(n)d 个名额，不能比这更少。") % {"n": allotted},
        _("请先在名额里减少各渠道的数，再改总人数。"),
    )


def a_facility_stands_at_its_site(fits: bool) -> Refused | None:
    if fits:
        return None
    return Refused(
        "facility-elsewhere",
        _("选的场地不在这个地点。"),
        _("请先选地点，再选那里的场地，或者不选场地。"),
        status=422,
    )


def a_series_can_be_read(readable: bool) -> Refused | None:
    if readable:
        return None
    return Refused(
        "series-unreadable",
        _("看不懂这条重复规则。"),
        _("例如每周二、周四共 10 次：FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10。"),
        status=422,
    )


def a_series_has_an_end(found: int) -> Refused | None:
    if 1 <= found <= MOST_IN_A_SERIES:
        return None
    if not found:
        return Refused(
            "series-empty",
            _("按这条规则一场也排不出来。"),
            _("请检查开始日期、星期和截止日期。"),
            status=422,
        )
    return Refused(
        "series-too-long",
        ngettext(
            "一次最多排 %(n)d 场。", "一次最多排 %(n)d 场。", MOST_IN_A_SERIES
        ) % {"n": MOST_IN_A_SERIES},
        _("请写明共几次，或者截止到哪天。"),
        status=422,
    )  # fmt: skip


def every_date_of_a_series_has_its_facility(
    blocked: Sequence[tuple[str, str]], remedy: str
) -> Refused | None:
    """`blocked`: the day and what stands in its way, of every date that does not fit (R15)."""
    if not blocked:
        return None
    days = _("；").join(f"{day}：{said.rstrip('。')}" for day, said in blocked)
    return Refused(
        "series-blocked",
        ngettext(
            "有 %(n)d 场排不进去，所以一场也没排。%(days)s。",
            "有 %(n)d 场排不进去，所以一场也没排。%(days)s。",
            len(blocked),
        )
        % {"n": len(blocked), "days": days},
        _("请去掉这几天，或者换个场地、换个时间。") if len(blocked) > 1 else remedy,
    )


def a_rain_date_comes_later(starts_at: dt.datetime, rain_date: dt.datetime) -> Refused | None:
    if rain_date > starts_at:
        return None
    return Refused(
        "rain-date-too-early",
        _("备用日期要在原来的时间以后。"),
        _("请选一个更晚的时间。"),
        status=422,
    )


def a_session_has_one_rain_date(has_one: bool, is_one: bool) -> Refused | None:
    if not has_one and not is_one:
        return None
    return Refused(
        "rain-date-exists",
        _("这一场已经有备用日期，或者它本身就是备用日期。"),
        _("要换备用日期，请给备用的那一场改期。"),
    )
