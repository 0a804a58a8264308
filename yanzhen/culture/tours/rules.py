"""What must hold of the menu, of orders and of who is registered; each function is a sentence."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.culture.tours.models import MenuItem, MenuOrder, Requester
from yanzhen.groundwork.refusals import Refused

MONTHS = {
    MenuItem.Season.SPRING: {3, 4, 5},
    MenuItem.Season.SUMMER: {6, 7, 8},
    MenuItem.Season.AUTUMN: {9, 10, 11},
    MenuItem.Season.WINTER: {12, 1, 2},
}
State = MenuOrder.State
WAYS: dict[str, set[str]] = {
    State.ASKED: {State.ASSIGNED, State.DECLINED, State.CANCELLED},
    State.ASSIGNED: {State.ASKED, State.DONE, State.CANCELLED},
    State.DONE: set(),
    State.DECLINED: set(),
    State.CANCELLED: set(),
}
MOST_HEADS = 20_000
FURTHEST = dt.timedelta(366)


def only_what_is_offered_is_ordered(state: str) -> Refused | None:
    if state == MenuItem.State.OFFERED:
        return None
    return Refused(
        "menu-item-paused",
        _("这一项现在暂停点单。"),
        _("请看看菜单里别的，或者打电话问什么时候恢复。"),
    )


def an_order_is_for_a_day_to_come(day: dt.date | None, today: dt.date) -> Refused | None:
    if day is None or today <= day <= today + FURTHEST:
        return None
    return Refused(
        "day-not-to-come",
        _("只能点今天以后、一年以内的日子。"),
        _("请看看日子和年份有没有写错。"),
        status=422,
    )


def an_item_is_ordered_in_its_season(season: str, days: list[dt.date]) -> Refused | None:
    months = MONTHS.get(MenuItem.Season(season))
    if months is None or all(day.month in months for day in days):
        return None
    return Refused(
        "out-of-season",
        _("这一项只在%(season)s送。") % {"season": MenuItem.Season(season).label},
        _("请换个日子，或者选一项全年都有的。"),
        status=422,
    )


def an_order_expects_people(heads: int) -> Refused | None:
    if 1 <= heads <= MOST_HEADS:
        return None
    return Refused(
        "heads-unlikely",
        _("预计人数请填 1 到 %(most)d。") % {"most": MOST_HEADS},
        _("估个大概就行，到时候按实际人数签收。"),
        status=422,
    )


def an_order_has_somebody_to_call(contact: str, phone: str) -> Refused | None:
    if contact and phone:
        return None
    return Refused(
        "contact-missing",
        _("请留一位联系人和电话。"),
        _("演出队出发前要打电话和您对时间、对路线。"),
        status=422,
    )


def a_unit_has_a_name_and_a_town(name: str, town: object | None) -> Refused | None:
    if name and town is not None:
        return None
    return Refused(
        "requester-incomplete", _("请写清楚是哪个单位、在哪个镇街。"), _("车要知道往哪里开。"),
        status=422,
    )  # fmt: skip


def a_building_site_says_how_visitors_stay_safe(kind: str, safety_note: str) -> Refused | None:
    if kind != Requester.Kind.WORKSITE or safety_note:
        return None
    return Refused(
        "safety-note-missing",
        _("工地要写一句怎么保证安全。"),
        _("例如：“生活区篮球场，不进施工区，晚上有灯”。"),
        status=422,
    )


def the_same_is_ordered_once_a_day(already: bool) -> Refused | None:
    if not already:
        return None
    return Refused(
        "already-ordered",
        _("这个单位这一天已经点过这一项了，正在安排。"),
        _("想改日子或人数，请打电话告诉我们。"),
    )


def an_order_goes_only_where_its_state_leads(state: str, wanted: str) -> Refused | None:
    if wanted in WAYS[state]:
        return None
    return Refused(
        "order-is-elsewhere",
        _("这一单现在是“%(state)s”，这一步办不了。") % {"state": MenuOrder.State(state).label},
        _("请刷新页面，看看它现在到哪一步了。"),
    )


def a_no_has_a_reason(reason: str) -> Refused | None:
    if reason:
        return None
    return Refused(
        "reason-missing",
        _("请写一句为什么，点单的人会看到。"),
        _("例如：“当天队伍在别的镇，改下周三行不行”。"),
        status=422,
    )


def a_menu_item_lasts_10_to_600_minutes(minutes: int) -> Refused | None:
    if 10 <= minutes <= 600:
        return None
    return Refused(
        "minutes-unlikely",
        _("时长请填 10 到 600 分钟。"),
        _("展览按布展那几个小时算。"),
        status=422,
    )


def a_name_is_given(name: str) -> Refused | None:
    if name:
        return None
    return Refused("name-missing", _("请填名称。"), _("写大家平时叫的名字。"), status=422)


def a_name_is_used_once(taken: bool) -> Refused | None:
    if not taken:
        return None
    return Refused(
        "name-taken", _("已经有一项叫这个名字了。"), _("请换个名字，或者去改那一项。"), status=422
    )


def a_troupe_has_1_to_500_members(members: int) -> Refused | None:
    if 1 <= members <= 500:
        return None
    return Refused(
        "members-unlikely", _("人数请填 1 到 500。"), _("只算常来的人，估个数也行。"), status=422
    )
