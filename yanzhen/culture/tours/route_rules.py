"""What must hold of runs, stops, sign-offs and ratings; each function is a sentence."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.culture.tours.models import TourRun
from yanzhen.groundwork.refusals import Refused

LONGEST = 14  # days on the road
MIDNIGHT = 24 * 60
MOST_HEADS = 20_000
LARGEST_PHOTO = 8 * 1024 * 1024  # bytes; what a telephone takes has 2 to 6 MB


def a_run_ends_after_it_begins(first: dt.date, last: dt.date) -> Refused | None:
    if 0 <= (last - first).days < LONGEST:
        return None
    return Refused(
        "run-span-unlikely",
        _("一趟巡回从第一天到最后一天，最多 %(most)d 天。") % {"most": LONGEST},
        _("请把两个日子核对一遍；更长的请分成两趟。"),
        status=422,
    )


def a_run_begins_today_or_later(first: dt.date, today: dt.date) -> Refused | None:
    if first >= today:
        return None
    return Refused(
        "run-in-the-past", _("第一天已经过去了。"), _("请填今天或以后的日子。"), status=422
    )


def minutes_on_the_road_are_0_to_240(minutes: int) -> Refused | None:
    if 0 <= minutes <= 240:
        return None
    return Refused(
        "minutes-unlikely",
        _("分钟数请填 0 到 240。"),
        _("路上超过四小时，请分两天走。"),
        status=422,
    )


def only_a_planned_run_is_changed(state: str) -> Refused | None:
    if state == TourRun.State.PLANNED:
        return None
    return Refused("run-ended", _("这一趟已经结束或取消了。"), _("要再跑，请另排一趟。"))


def what_was_signed_off_stays(signed: bool) -> Refused | None:
    if not signed:
        return None
    return Refused(
        "stop-signed-off", _("这一站已经签收，不能再改。"), _("签收写错了，请重新补录签收。")
    )


def a_stop_is_on_a_day_of_its_run(day: dt.date, run: TourRun) -> Refused | None:
    if run.first_day <= day <= run.last_day:
        return None
    return Refused(
        "day-outside-run",
        _("%(day)s 不在这一趟的日子里。") % {"day": day.isoformat()},
        _("请选这一趟里的一天，或者改这一趟的日子。"),
        status=422,
    )


def a_day_on_the_road_ends_before_midnight(last_minute: int, day: dt.date) -> Refused | None:
    if last_minute < MIDNIGHT:
        return None
    return Refused(
        "day-too-long",
        _("%(day)s 排得太满，半夜前回不来。") % {"day": day.isoformat()},
        _("请把一站移到另一天，或者早点出发。"),
    )


def a_stop_is_signed_off_once_it_began(starts_at: dt.datetime, at: dt.datetime) -> Refused | None:
    if at >= starts_at:
        return None
    return Refused(
        "not-begun-yet", _("还没开始，还不能签收。"), _("看完了再来签收，数一数来了多少人。")
    )


def heads_are_counted_in_bands(bands: tuple[int, ...]) -> Refused | None:
    if all(each >= 0 for each in bands) and sum(bands) <= MOST_HEADS:
        return None
    return Refused(
        "heads-unlikely",
        _("人数请填 0 到 %(most)d。") % {"most": MOST_HEADS},
        _("没有的年龄段填 0。"),
        status=422,
    )


def a_sign_off_names_who_signs(contact: str) -> Refused | None:
    if contact:
        return None
    return Refused("signer-missing", _("请写是谁签收的。"), _("写现场负责人的名字。"), status=422)


def a_photo_is_a_picture_of_at_most_8_mb(kind: str | None, size: int) -> Refused | None:
    if size > LARGEST_PHOTO:
        return Refused(
            "photo-too-large",
            _("照片太大了，最多 8 MB。"),
            _("请用手机相册里的“压缩”或“小图”再传，也可以先不传照片。"),
            status=422,
        )
    if kind is not None:
        return None
    return Refused(
        "photo-unreadable",
        _("这个文件不是照片。"),
        _("请传手机拍的 JPG、PNG 或 WebP 照片。"),
        status=422,
    )


def a_stop_without_head_count_and_photo_counts_zero(heads: int, has_photo: bool) -> int:
    """The heads that count as mobile service (R29); in SQL it is `Stop.objects.counting()`."""
    return heads if heads > 0 and has_photo else 0


def stars_are_one_to_five(stars: int) -> Refused | None:
    if 1 <= stars <= 5:
        return None
    return Refused("stars-missing", _("请选一到五星。"), _("五星是最满意。"), status=422)


def only_what_came_is_rated(signed: bool) -> Refused | None:
    if signed:
        return None
    return Refused("not-signed-off", _("签收以后才能评价。"), _("请先填来了多少人，再说好不好。"))


def an_order_is_rated_once(rated: bool) -> Refused | None:
    if not rated:
        return None
    return Refused("already-rated", _("您已经评价过了，谢谢。"), _("想补充，请打电话告诉我们。"))
