"""Opening hours as a good neighbour says them: 现在开放，18:00 关门。"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yanzhen.network.models import Node
from yanzhen.network.opening import Calendar, ClosedDays, OpenState, Span

MARK_OF_STATUS = {
    "none": "wrong", Node.Status.PLANNED: "note", Node.Status.BUILDING: "attention",
    Node.Status.OPEN: "done", Node.Status.CLOSED: "closed",
}


@dataclass(frozen=True)
class Now:
    """What a visitor wants to know first: a state for the badge, and a sentence."""

    state: str
    word: str
    sentence: str
    hours: str = ""


@dataclass(frozen=True)
class DayLine:
    """One line of the hours table; `remark` says what is not as usual."""

    day: dt.date
    is_today: bool
    hours: str
    remark: str


def now_of(node: Node, calendar: Calendar, moment: dt.datetime) -> Now:
    """What to say about a node at a moment."""
    if node.status != Node.Status.OPEN:
        word = status_word(node.status)
        return Now(MARK_OF_STATUS[node.status], word, _("这里还没有对外开放。"))
    today = timezone.localtime(moment).date()
    found = calendar.state_at(moment)
    hours = hours_words(calendar.spans_on(today))
    if found.open:
        until = time_words(found.closes_at)
        return Now("open", _("开放中"), _("现在开放，%(time)s 关门") % {"time": until}, hours)
    return Now("closed", _("休息"), _closed_sentence(found, today, hours), hours)


def _closed_sentence(found: OpenState, today: dt.date, hours: str) -> str:
    if found.opens_at is None:
        return _("一年之内没有开放安排，去之前请先打电话")
    day, opens = found.opens_at.date(), time_words(found.opens_at.time())
    if day == today:
        return _("现在休息，今天 %(time)s 开门") % {"time": opens}
    said = {"day": day_words(day, today), "time": opens}
    if hours:
        return _("今天已经关门，%(day)s %(time)s 开门") % said
    return _("今天休息，%(day)s %(time)s 开门") % said


def week_from(calendar: Calendar, today: dt.date, holidays: dict) -> list[DayLine]:
    """Seven days from today, with closures and public holidays as remarks."""
    days = [today + dt.timedelta(days=n) for n in range(7)]
    return [
        DayLine(day, day == today, hours_words(calendar.spans_on(day)) or _("休息"),
                _remark(calendar, day, holidays))
        for day in days
    ]


def _remark(calendar: Calendar, day: dt.date, holidays: dict) -> str:
    closure = calendar.closure_on(day)
    if closure:
        return closure.notice
    holiday = holidays.get(day)
    return f"{holiday.name} · {holiday.get_kind_display()}" if holiday else ""


def hours_words(spans: Iterable[Span]) -> str:
    """9:00–12:00，14:00–18:00; nothing for a closed day."""
    separator = _("，")
    return separator.join(f"{time_words(s.opens)}–{time_words(s.closes)}" for s in spans)


def time_words(time: dt.time) -> str:
    """9:00, not 09:00: as it is said on the telephone."""
    return f"{time.hour}:{time.minute:02d}"


def day_words(day: dt.date, today: dt.date) -> str:
    """明天, the weekday within a week, else month and day."""
    ahead = (day - today).days
    if ahead == 1:
        return _("明天")
    return str(WEEKDAYS[day.weekday()]) if ahead < 7 else date_format(day, "MONTH_DAY_FORMAT")


def closure_words(closure: ClosedDays) -> str:
    """12月1日 至 12月3日, or one day alone."""
    days = closure.first_day, closure.last_day
    first, last = (date_format(day, "MONTH_DAY_FORMAT") for day in days)
    if first == last:
        return first
    return _("%(first)s至%(last)s") % {"first": first, "last": last}


def status_word(status: str) -> str:
    """The word for a branch's status; `none` where a town has no branch."""
    return _("还没有") if status == "none" else str(Node.Status(status).label)
