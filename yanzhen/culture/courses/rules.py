"""What must hold of courses; each function is one sentence."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Activity
from yanzhen.groundwork.refusals import Refused

MOST_PLACES = 500


def a_course_has_lessons(lessons: int) -> Refused | None:
    if lessons >= 2:
        return None
    return Refused(
        "course-without-lessons",
        _("这个活动还没有两节以上的课。"),
        _("请先把课次排进去，再开报名。"),
    )


def a_course_has_a_likely_number_of_places(places: int) -> Refused | None:
    if 1 <= places <= MOST_PLACES:
        return None
    return Refused(
        "places-unlikely",
        _("名额要在 1 到 %(most)d 之间。") % {"most": MOST_PLACES},
        _("请核对名额。"),
    )


def places_are_not_taken_from_people_who_have_them(places: int, taken: int) -> Refused | None:
    if places >= taken:
        return None
    return Refused(
        "places-below-taken",
        _("已经有 %(taken)d 个名额用掉了，不能减到 %(places)d 个。")
        % {"taken": taken, "places": places},
        _("请先取消报名，或者把团体名额减少。"),
    )


def a_completion_share_is_1_to_100_percent(share: int) -> Refused | None:
    if 1 <= share <= 100:
        return None
    return Refused(
        "share-impossible", _("结业要求在 1% 到 100% 之间。"), _("请填 1 到 100 的整数。")
    )


def enrolment_closes_after_it_opens(opens: dt.datetime, closes: dt.datetime) -> Refused | None:
    if closes > opens:
        return None
    return Refused(
        "enrolment-closes-too-early", _("报名截止在开始之前。"), _("请把两个时间核对一遍。")
    )


def enrolment_is_open(
    state: str, opens: dt.datetime, closes: dt.datetime, at: dt.datetime
) -> Refused | None:
    if state != Activity.State.PUBLISHED:
        return Refused("course-not-offered", _("这门课现在不办。"), _("请看看别的课。"))
    if at < opens:
        return Refused(
            "enrolment-not-open",
            _("报名还没开始。"),
            _("%(when)s开始报名，到时候再来。")
            % {"when": date_format(localtime(opens), _("n月j日 H:i"))},
        )
    if at > closes:
        return Refused(
            "enrolment-closed", _("报名已经截止。"), _("还想来，请打电话问问办班的馆有没有空位。")
        )
    return None


def a_person_fits_the_ages_of_a_course(
    age: int | None, youngest: int | None, oldest: int | None
) -> Refused | None:
    """Somebody whose birth date is not on file is let in: the host sees the list."""
    if age is None or (age >= (youngest or 0) and age <= (oldest or 200)):
        return None
    return Refused(
        "age-does-not-fit",
        _("这门课收 %(from)s 到 %(to)s 岁，报名的人 %(age)d 岁。")
        % {"from": youngest or 0, "to": oldest or _("不限"), "age": age},
        _("请看看合适年龄的课。"),
    )


def a_child_under_14_is_enrolled_with_a_guardians_consent(
    is_child: bool, consented: bool
) -> Refused | None:
    """个人信息保护法 31, R16."""
    if not is_child or consented:
        return None
    return Refused(
        "guardian-consent-missing",
        _("不满 14 岁的孩子报名，要有监护人同意。"),
        _("请监护人带孩子到任一分馆登记一次，当场就能报。"),
    )


def one_live_enrolment_a_person_and_course(exists: bool) -> Refused | None:
    if not exists:
        return None
    return Refused(
        "enrolled-already", _("已经报过这门课了。"), _("在“我的课程”里可以看到，不用再报。")
    )


def a_course_takes_no_more_than_its_places(left: int, wanted: int) -> Refused | None:
    if left >= wanted:
        return None
    if left <= 0:
        return Refused(
            "course-full", _("这门课报满了。"), _("请看看别的班，或者留意有没有人退出。")
        )
    return Refused(
        "course-nearly-full",
        _("只剩 %(left)d 个名额，不够 %(wanted)d 个。") % {"left": left, "wanted": wanted},
        _("团体名额不拆开；请减少人数，或者选别的班。"),
    )


def a_group_says_who_it_is(organisation: str, contact: str, phone: str) -> Refused | None:
    if all(0 < len(each.strip()) <= most for each, most in
           ((organisation, 80), (contact, 60), (phone, 30))):  # fmt: skip
        return None
    return Refused(
        "group-incomplete",
        _("单位、联系人、电话要填全。"),
        _("单位最多 80 个字，联系人最多 60 个字，电话最多 30 位。"),
    )


def an_organisation_keeps_places_once_a_course(exists: bool) -> Refused | None:
    if not exists:
        return None
    return Refused(
        "group-keeps-already", _("这个单位已经留了名额。"), _("要改人数，请在它那一行里改。")
    )


def a_group_keeps_at_least_one_place(places: int) -> Refused | None:
    if places >= 1:
        return None
    return Refused(
        "group-places-missing", _("团体至少留一个名额。"), _("全部不要了，请点“退回名额”。")
    )


def a_group_does_not_shrink_below_its_names(places: int, named: int) -> Refused | None:
    if places >= named:
        return None
    return Refused(
        "group-below-names",
        _("名单上已经有 %(named)d 个人，不能减到 %(places)d 个名额。")
        % {"named": named, "places": places},
        _("请先从名单里去掉不来的人。"),
    )


def names_stay_within_a_groups_places(named: int, places: int) -> Refused | None:
    if named < places:
        return None
    return Refused(
        "group-is-full",
        _("这个单位的 %(places)d 个名额都写上名字了。") % {"places": places},
        _("请先给它加名额，或者按个人报名。"),
    )


def a_lesson_is_marked_when_it_has_begun(starts_at: dt.datetime, at: dt.datetime) -> Refused | None:
    if starts_at <= at:
        return None
    return Refused("lesson-not-begun", _("这节课还没上。"), _("上课那天再来点名。"))


def a_lesson_is_made_up_in_another_one(same: bool, held: bool) -> Refused | None:
    if held and not same:
        return None
    return Refused(
        "make-up-impossible", _("这一节不能当补课。"), _("请选同一个活动种类里已经上过的另一节课。")
    )


def a_certificate_needs_the_set_share(share: int, needed: int) -> Refused | None:
    if share >= needed:
        return None
    return Refused(
        "share-not-reached",
        _("到课 %(share)d%%，还不到结业要求的 %(needed)d%%。") % {"share": share, "needed": needed},
        _("可以补课；补上了再发。"),
    )


def a_certificate_is_withdrawn_with_a_reason(reason: str) -> Refused | None:
    if 0 < len(reason.strip()) <= 200:
        return None
    return Refused(
        "withdrawal-without-reason",
        _("没有写为什么收回，或者写得太长。"),
        _("请写一句原因，最多 200 个字。"),
    )
