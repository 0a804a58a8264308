"""Rules of booking: values in, a refusal or None out."""

import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanzhen.culture.booking.models import BookingTerms, Channel
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.rules import age_on

LEAST_WALK_IN = 20  # percent of the capacity (R19)
GROUP_FROM = 5  # heads that make a party a group where groups come first
LONGEST_NAME = 60
MOST_HEADS = 500
LARGEST_SCAN = 8 * 1024 * 1024  # bytes


def default_split(capacity: int) -> dict[str, int]:
    """Places by channel: a fifth for whoever just comes, a tenth each for counter and telephone."""
    walk_in = math.ceil(capacity * LEAST_WALK_IN / 100)
    by_hand = capacity // 10
    return {
        Channel.ONLINE: capacity - walk_in - 2 * by_hand,
        Channel.COUNTER: by_hand,
        Channel.TELEPHONE: by_hand,
        Channel.GROUP: 0,
        Channel.WALK_IN: walk_in,
        Channel.RESERVE: 0,
    }


def walk_in_places_are_never_sold_online(source: str, target: str | None) -> Refused | None:
    """Nor lent to any other channel (R19)."""
    if source != Channel.WALK_IN or target is None:
        return None
    return Refused(
        "walk-in-places-stay",
        _("现场名额是留给直接来的人的，不能挪给别的渠道。"),
        _("可以从网上、柜台、电话、团体或机动名额里挪。"),
    )


def a_session_keeps_walk_in_places(split: Mapping[str, int], capacity: int) -> Refused | None:
    least = math.ceil(capacity * LEAST_WALK_IN / 100)
    if split.get(Channel.WALK_IN, 0) >= least:
        return None
    return Refused(
        "walk-in-share-too-small",
        _("现场名额至少要留两成。"),
        _("这一场请给现场留 %(n)d 个或更多。") % {"n": least},
        status=422,
    )


def places_fit_the_capacity(places: int, capacity: int) -> Refused | None:
    if 0 < places <= capacity:
        return None
    return Refused(
        "places-over-capacity",
        _("各渠道的名额加起来是 %(n)d 个，容量是 %(most)d 人。")
        % {"n": places, "most": capacity},
        _("请改到合起来不超过容量。"),
        status=422,
    )  # fmt: skip


def booking_is_opened_once(opened: bool) -> Refused | None:
    if not opened:
        return None
    return Refused(
        "booking-open-already", _("这一场已经开放预约了。"), _("要改各渠道的名额，请用“挪名额”。")
    )


def a_session_is_still_to_come(
    scheduled: bool, starts_at: dt.datetime, at: dt.datetime
) -> Refused | None:
    if not scheduled:
        return Refused(
            "session-cancelled", _("这一场取消了。"), _("请看看别的场次，或者打电话问我们。")
        )
    if at < starts_at:
        return None
    return Refused("session-begun", _("这一场已经开始了。"), _("可以直接到现场看看还有没有位置。"))


def booking_is_open(
    opens_at: dt.datetime, closes_at: dt.datetime, at: dt.datetime
) -> Refused | None:
    if at < opens_at:
        return Refused(
            "booking-not-open-yet",
            _("这一场还没有开放预约。"),
            _("开放以后再来，或者打电话问我们。"),
        )
    if at < closes_at:
        return None
    return Refused("booking-closed", _("这一场的预约截止了。"), _("现场还留着名额，可以直接来。"))


def a_party_has_heads(heads: int, most: int) -> Refused | None:
    if 1 <= heads <= most:
        return None
    return Refused(
        "heads-unfit",
        ngettext("一次最多约 %(n)d 人。", "一次最多约 %(n)d 人。", most) % {"n": most},
        _("人多请按团体预约，打电话或到柜台办理。"),
        status=422,
    )


def one_live_booking_a_beneficiary_and_session(has_one: bool) -> Refused | None:
    if not has_one:
        return None
    return Refused(
        "booking-exists",
        _("这位已经约过这一场了。"),
        _("在“我的”里可以看到；要改人数，请先取消再约。"),
    )


def the_beneficiary_has_a_name(name: str) -> Refused | None:
    if 0 < len(name) <= LONGEST_NAME:
        return None
    return Refused("name-missing", _("还没有写参加人的姓名。"), _("请写上姓名。"), status=422)


def somebody_without_an_account_leaves_a_telephone(phone: str) -> Refused | None:
    digits = phone.removeprefix("+")
    if digits.isdigit() and 5 <= len(digits) <= 20:
        return None
    return Refused(
        "phone-missing",
        _("请留一个能打通的电话。"),
        _("有变化时我们打这个电话；手机、座机都可以。"),
        status=422,
    )


def the_age_fits(
    born_on: dt.date | None, day: dt.date, age_from: int | None, age_to: int | None
) -> Refused | None:
    """Only where the birth date is known."""
    if born_on is None:
        return None
    age = age_on(born_on, day)
    if (age_from is None or age >= age_from) and (age_to is None or age <= age_to):
        return None
    return Refused(
        "age-unfit",
        _("这一场不适合这个年龄。"),
        _("页面上写着适合多大的人；拿不准请打电话问我们。"),
    )


def a_proxy_books_for_a_few(booked: int, most: int) -> Refused | None:
    """How many others one person may book for in a session (R18)."""
    if booked < most:
        return None
    return Refused(
        "proxy-limit-reached",
        ngettext(
            "一场最多替 %(n)d 个人预约。", "一场最多替 %(n)d 个人预约。", most
        ) % {"n": most},
        _("人多请打电话，按团体预约。"),
    )  # fmt: skip


def a_paused_person_books_by_hand(paused_until: dt.date | None) -> Refused | None:
    """Online only: at the counter and on the telephone people are talked to."""
    if paused_until is None:
        return None
    told = {"day": paused_until.isoformat()}
    return Refused(
        "booking-paused",
        _("有几次约了没有来，网上预约暂停到 %(day)s。") % told,
        _("可以打电话、到柜台约，或者直接来现场；有原因也可以申诉。"),
    )


def a_draw_is_applied_for(order: str, drawn: bool, channel: str) -> Refused | None:
    by_lot = {Channel.ONLINE, Channel.COUNTER, Channel.TELEPHONE}
    if order != BookingTerms.Order.DRAW or drawn or channel not in by_lot:
        return None
    return Refused("draw-to-come", _("这一场公开摇号，不分先后。"), _("请先登记，摇号以后通知您。"))


def moments_follow_the_start(
    opens_at: dt.datetime, closes_at: dt.datetime, by: dt.timedelta, at: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """When booking opens and closes for a session that moved `by`. What has opened stays open from
    when it was; it never closes before it opened."""
    if opens_at > at:
        return opens_at + by, closes_at + by
    return opens_at, max(closes_at + by, opens_at + dt.timedelta(minutes=1))


def a_booking_is_in_a_state(state: str, wanted: Iterable[str]) -> Refused | None:
    if state in wanted:
        return None
    return Refused(
        "booking-ended", _("这个预约现在不能这样改了。"), _("请刷新页面，看看它现在怎么样。")
    )


def a_change_has_a_reason(reason: str) -> Refused | None:
    if reason.strip():
        return None
    return Refused(
        "reason-missing", _("请写一句原因。"), _("例如：“学校来电，改到下周”。"), status=422
    )


def a_group_is_never_split(names: int, heads: int) -> Refused | None:
    """A roster has at most as many names as places are held; the rest is given back whole."""
    if 1 <= names <= heads:
        return None
    return Refused(
        "roster-unfit",
        _("名单上有 %(n)d 个人，留了 %(most)d 个位置。") % {"n": names, "most": heads},
        _("请改名单；要更多位置，请先取消，再约一次。"),
        status=422,
    )


def waiting_is_for_full_sessions(fits: bool) -> Refused | None:
    if not fits:
        return None
    return Refused("places-free", _("还有位置，不用候补。"), _("请直接预约。"))


def who_waits_may_leave(state: str, wanted: Iterable[str]) -> Refused | None:
    if state in wanted:
        return None
    return Refused("waiting-ended", _("这个候补已经结束了。"), _("请刷新页面看看。"))


def a_list_is_drawn_once_and_sealed_first(sealed: bool, drawn: bool) -> Refused | None:
    if drawn:
        return Refused("drawn-already", _("这一场已经摇过号了。"), _("结果在页面上。"))
    if sealed:
        return None
    return Refused("list-not-sealed", _("名单还没有封存。"), _("请先封存名单，再公布种子数。"))


def seal(lines: Iterable[tuple[int, int]]) -> str:
    """The digest of a list of (entry id, heads), whatever order they come in."""
    text = "\n".join(f"{entry}:{heads}" for entry, heads in sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()


def drawn_order(entries: Iterable[int], digest: str, seed: str) -> list[int]:
    """The entries in the order of the draw: a pure function of the sealed list and the seed."""

    def lot(entry: int) -> str:
        return hashlib.sha256(f"{digest}:{seed}:{entry}".encode()).hexdigest()

    return sorted(entries, key=lot)


def priority(order: str, *, heads: int, organisation: str, resident: bool) -> int:
    """0 for whom the session's order prefers, 1 for everybody else."""
    if order == BookingTerms.Order.GROUPS_FIRST:
        return 0 if organisation or heads >= GROUP_FROM else 1
    if order == BookingTerms.Order.RESIDENTS_FIRST:
        return 0 if resident else 1
    return 0


def spoken_code(channel: str, session_id: int, number: int) -> str:
    """Five digits: the channel's, then four that are no running number; longer past 9,999."""
    digit = Channel.values.index(channel) + 1
    if number >= 10_000:
        return f"{digit}{number:06d}"
    return f"{digit}{(number * 3571 + session_id * 97) % 10_000:04d}"


def a_scan_is_a_picture_of_at_most_8_mb(kind: str | None, size: int) -> Refused | None:
    """`kind`: what the file's first bytes say it is, None for anything else."""
    if kind and size <= LARGEST_SCAN:
        return None
    return Refused(
        "scan-unfit",
        _("签到表的照片没有收下：它不是照片，或者太大了。录的名字已经记下。"),
        _("请用 JPEG、PNG 或 WebP，8 MB 以内；手机拍的就可以。"),
        status=422,
    )


def an_appeal_is_answered(waits: bool) -> Refused | None:
    if waits:
        return None
    return Refused(
        "no-appeal", _("这一条没有等着答复的申诉。"), _("请刷新页面；要不计，请点“不计”。")
    )


def no_penalty_without_a_fault(
    *, channel: str, organisation: str, is_minor: bool, offline: bool, sheet_out: bool, moved: bool
) -> bool:
    """True where not coming is written down for nobody: groups, children, a branch that was
    offline or whose paper list has not come back, and who had booked before the session moved: it
    was the house that changed its mind."""
    at_the_door = channel == Channel.WALK_IN
    return bool(at_the_door or organisation or is_minor or offline or sheet_out or moved)
