"""Rules of resources and claims: values in, a refusal or None out."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.groundwork.refusals import Refused

A_CHECK_LASTS = dt.timedelta(days=365)
LONGEST = dt.timedelta(days=62)
MOST_SLOTS = 20_000
MOST_BUFFER = 24 * 60
LONGEST_DRAFT = dt.timedelta(days=14)

Span = tuple[dt.time, dt.time]


def a_claim_ends_after_it_starts(starts_at: dt.datetime, ends_at: dt.datetime) -> Refused | None:
    if ends_at > starts_at:
        return None
    return Refused(
        "ends-before-start", _("结束时间要在开始时间之后。"), _("请改一下时间。"), status=422
    )


def a_claim_is_no_longer_than_62_days(
    starts_at: dt.datetime, ends_at: dt.datetime, slots: int
) -> Refused | None:
    """Nor does it take more than 20,000 slots: who writes 300 chairs for a month has slipped."""
    if ends_at - starts_at <= LONGEST and slots <= MOST_SLOTS:
        return None
    return Refused(
        "claim-too-long",
        _("一次占用太久、太多了。"),
        _("一次最多 62 天；更久的请分几次，数量很多的请少占几天。"),
        status=422,
    )


def buffers_stay_within_a_day(set_up: int, tear_down: int) -> Refused | None:
    if 0 <= set_up <= MOST_BUFFER and 0 <= tear_down <= MOST_BUFFER:
        return None
    return Refused(
        "buffer-unfit", _("布置和收场的时间太长了。"), _("请填 0 到 1440 分钟。"), status=422
    )


def a_use_says_what_it_is_for(purpose: str) -> Refused | None:
    if purpose.strip():
        return None
    return Refused(
        "purpose-missing", _("还没写用来做什么。"), _("例如：“声乐课”“村晚彩排”。"), status=422
    )


def something_is_claimed(wants: int) -> Refused | None:
    if wants:
        return None
    return Refused("nothing-wanted", _("还没选要用什么。"), _("请选场地、老师或器材。"), status=422)


def every_draft_has_an_expiry(expires_at: dt.datetime | None, at: dt.datetime) -> Refused | None:
    """In the future, and no later than a fortnight from now; None is no draft."""
    if expires_at is None or at < expires_at <= at + LONGEST_DRAFT:
        return None
    return Refused(
        "expiry-unfit", _("暂留最多留两个星期。"), _("请选今天起两星期内的时间。"), status=422
    )


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


def a_use_claims_a_resource_once(name: str, claimed: bool) -> Refused | None:
    if not claimed:
        return None
    return Refused(
        "claimed-for-this", _("“%(name)s”已经给这件事留好了。") % {"name": name}, _("请刷新页面。")
    )


def only_what_is_held_is_changed(held: bool) -> Refused | None:
    if held:
        return None
    return Refused(
        "claim-ended", _("这个占用已经释放或过期了。"), _("请刷新页面；还需要的话请重新占用。")
    )


def what_has_begun_is_not_moved(starts_at: dt.datetime, at: dt.datetime) -> Refused | None:
    if starts_at > at:
        return None
    return Refused(
        "claim-begun", _("已经开始的不能再移动。"), _("提前结束请点“释放”，再另外占用新的时间。")
    )


def what_an_activity_claimed_is_changed_there(of_desk: bool) -> Refused | None:
    """The planner moves only what was claimed in the planner; else a session would not know."""
    if of_desk:
        return None
    return Refused(
        "claim-of-an-activity",
        _("这是一场活动留的，在这里改了，活动页就对不上了。"),
        _("请到那场活动里改时间或换老师，占用会跟着变。"),
    )


def a_substitute_is_of_the_same_sort(same: bool) -> Refused | None:
    if same:
        return None
    return Refused(
        "substitute-unfit", _("只能换成同一类的。"), _("老师换老师，场地换场地。"), status=422
    )


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
