"""Rules of a claim: what a use must say, and what may change. Values in, a refusal or None out."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

LONGEST = dt.timedelta(days=92)  # as long as a session: an exhibition may stay a season
MOST_SLOTS = 20_000
MOST_BUFFER = 24 * 60
LONGEST_DRAFT = dt.timedelta(days=14)


def a_claim_ends_after_it_starts(starts_at: dt.datetime, ends_at: dt.datetime) -> Refused | None:
    if ends_at > starts_at:
        return None
    return Refused(
        "ends-before-start", _("结束时间要在开始时间之后。"), _("请改一下时间。"), status=422
    )


def a_claim_is_no_longer_than_92_days(
    starts_at: dt.datetime, ends_at: dt.datetime, slots: int
) -> Refused | None:
    """Nor does it take more than 20,000 slots: who writes 300 chairs for a month has slipped."""
    if ends_at - starts_at <= LONGEST and slots <= MOST_SLOTS:
        return None
    return Refused(
        "claim-too-long",
        _("一次占用太久、太多了。"),
        _("一次最多 92 天；更久的请分几次，数量很多的请少占几天。"),
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
