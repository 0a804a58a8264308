"""What must hold of the yearly plan; each function is one sentence."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.culture.almanac.festivals import Window
from yanzhen.culture.almanac.models import Festival
from yanzhen.groundwork.refusals import Refused

LONGEST = 80


def an_intention_has_a_title(title: str) -> Refused | None:
    if 0 < len(title.strip()) <= LONGEST:
        return None
    return Refused(
        "plan-without-title",
        _("没有写打算办什么，或者写得太长。"),
        _("请写活动名称，最多 %(most)d 个字。") % {"most": LONGEST},
    )


def a_branch_plans_for_its_own_cluster(is_own: bool, branch: str, cluster: str) -> Refused | None:
    if is_own:
        return None
    return Refused(
        "branch-outside-cluster",
        _("%(branch)s不在%(cluster)s里。") % {"branch": branch, "cluster": cluster},
        _("请选这个片区里的分馆，或者由总馆来办。"),
    )


def an_intention_is_written_once(exists: bool) -> Refused | None:
    if not exists:
        return None
    return Refused(
        "plan-written-already",
        _("这个节日已经有同名的计划。"),
        _("不用再写一次；另外一场请换个名称。"),
    )


def a_plan_is_not_made_for_a_window_that_has_passed(
    window: Window, today: dt.date
) -> Refused | None:
    if today <= window.last:
        return None
    return Refused(
        "window-has-passed",
        _("%(festival)s的窗口 %(day)s 已经过了。")
        % {"festival": window.festival.label, "day": window.last},
        _("办过的活动请直接录入活动，会自动算进来。"),
    )


def a_plan_line_is_dropped_with_a_reason(reason: str) -> Refused | None:
    if 0 < len(reason.strip()) <= 200:
        return None
    return Refused(
        "drop-without-reason",
        _("没有写为什么不办了，或者写得太长。"),
        _("请写一句原因，最多 200 个字。"),
    )


def a_session_counts_for_a_festival_whose_window_holds_it(
    day: dt.date, festival: Festival, windows: list[Window]
) -> Refused | None:
    if any(window.festival == festival and day in window for window in windows):
        return None
    return Refused(
        "session-outside-window",
        _("%(day)s 不在%(festival)s的窗口里。") % {"day": day, "festival": festival.label},
        _("请选这一天落在其中的节日。"),
    )
