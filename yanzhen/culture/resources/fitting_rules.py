"""Rules of a use and what it wants: open, free, fit for it. Values in, a refusal or None out."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused

A_CHECK_LASTS = dt.timedelta(days=365)

Span = tuple[dt.time, dt.time]


def what_left_the_register_is_not_claimed(
    name: str, retired_on: dt.date | None, day: dt.date
) -> Refused | None:
    if retired_on is None or day < retired_on:
        return None
    return Refused(
        "resource-retired",
        _("“%(name)s”已经停用。") % {"name": name},
        _("请换一个；停用错了，请总馆恢复。"),
    )


def a_closed_facility_is_not_used(name: str, closed: bool, upkeep: bool) -> Refused | None:
    """Only the repair itself may claim it."""
    if not closed or upkeep:
        return None
    return Refused(
        "facility-closed",
        _("“%(name)s”正在停用维修。") % {"name": name},
        _("请换一个场地，或者等修好后再约。"),
    )


def heads_stay_within_the_seats(name: str, heads: int, seats: int) -> Refused | None:
    """`seats` 0: nobody has counted them."""
    if not seats or heads <= seats:
        return None
    return Refused(
        "too-many-heads",
        _("“%(name)s”坐得下 %(seats)d 人，您填了 %(heads)d 人。")
        % {"name": name, "seats": seats, "heads": heads},
        _("请换大一点的场地，或者分场。"),
    )


def a_house_that_is_closed_opens_only_for_a_reason(
    name: str, notice: str, reason: str
) -> Refused | None:
    """`notice`: of the closure announced for that day, "" without one (R63).

    Opening hours and public holidays forbid nothing: evenings and feast days are when people come.
    """
    if not notice or reason.strip():
        return None
    return Refused(
        "house-closed",
        _("“%(name)s”那天闭馆：%(notice)s。") % {"name": name, "notice": notice.rstrip("。")},
        _("请换一天；一定要用，请写明特别开放的理由。"),
    )


def a_facility_is_used_while_it_is_open(
    name: str, start: dt.datetime, end: dt.datetime, hours: dict[int, list[Span]]
) -> Refused | None:
    """`hours`: weekday -> spans, earliest first; empty: always open. Moments in county time.

    A use of one day lies within one opening; one of several days begins and ends while it is open.
    """
    if not hours:
        return None
    opening = _opening_at(start.time(), hours.get(start.weekday(), []))
    if start.date() == end.date():
        fits = opening is not None and end.time() <= opening[1]
    else:
        fits = opening is not None and any(
            opens < end.time() <= closes for opens, closes in hours.get(end.weekday(), [])
        )
    if fits:
        return None
    words = "、".join(f"{a:%H:%M}–{b:%H:%M}" for a, b in hours.get(start.weekday(), []))
    return Refused(
        "facility-not-open",
        _("“%(name)s”那个时间不开放。") % {"name": name},
        _("那天开放：%(hours)s。") % {"hours": words} if words else _("那天不开放，请换一天。"),
    )


def _opening_at(moment: dt.time, spans: list[Span]) -> Span | None:
    """The run of touching spans a time of day lies in."""
    for opens, closes in spans:
        if opens <= moment < closes:
            for later_opens, later_closes in spans:
                if later_opens == closes:
                    closes = later_closes
            return opens, closes
    return None


def who_teaches_minors_has_a_clear_record(
    name: str, for_minors: bool, checked_on: dt.date | None, clear: bool, day: dt.date
) -> Refused | None:
    """未成年人保护法 62 (L06, R16): queried at most 12 months before the day of the class."""
    if not for_minors or (checked_on and clear and day - A_CHECK_LASTS <= checked_on):
        return None
    if checked_on is None:
        said = _("%(name)s还没有入职查询记录，不能给未成年人上课。") % {"name": name}
    elif not clear:
        said = _("%(name)s的入职查询有记录，不能给未成年人上课。") % {"name": name}
    else:
        said = _("%(name)s的入职查询是 %(day)s 做的，到上课那天超过 12 个月了。") % {
            "name": name,
            "day": checked_on.isoformat(),
        }
    return Refused("record-check-missing", said, _("请先做入职查询并登记，或者换一位老师。"))


def a_teacher_works_within_the_weekly_cap(
    name: str, minutes: int, cap: int | None
) -> Refused | None:
    """`minutes` of that week, this use counted in; `cap` in hours, None: no cap."""
    if cap is None or minutes <= cap * 60:
        return None
    return Refused(
        "weekly-cap",
        _("%(name)s这周会排到 %(hours).1f 小时，每周最多 %(cap)d 小时。")
        % {"name": name, "hours": minutes / 60, "cap": cap},
        _("请换一位老师，或者排到别的星期。"),
    )


def nothing_is_used_twice_at_a_time(
    name: str, own: str, other: str, left: int, units: int
) -> Refused | None:
    """`other` names the use that is in the way ("" when there is none), `own` the one asked for."""
    if not other:
        return None
    said = {"name": name, "own": own, "other": other, "left": left}
    if units > 1:
        message = ngettext(
            "“%(name)s”那个时间只剩 %(left)d 件，不够“%(own)s”用：%(other)s。",
            "“%(name)s”那个时间只剩 %(left)d 件，不够“%(own)s”用：%(other)s。",
            left,
        )
    else:
        message = _("“%(name)s”这段时间已占用：%(other)s；“%(own)s”排不进去。")
    return Refused("already-claimed", message % said, _("请换个时间，或者换一个。"))


def a_teacher_has_time_to_travel(
    name: str, own: str, other: str, gap: int, minutes: int
) -> Refused | None:
    """`gap` and `minutes`: how long there is between two uses, and how long the road takes."""
    if gap >= minutes:
        return None
    return Refused(
        "no-time-to-travel",
        _("%(name)s赶不到“%(own)s”：%(other)s，路上要 %(minutes)d 分钟，中间只有 %(gap)d 分钟。")
        % {"name": name, "own": own, "other": other, "gap": gap, "minutes": minutes},
        _("请错开时间，或者换一位老师。"),
    )
