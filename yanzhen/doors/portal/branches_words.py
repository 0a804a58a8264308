"""Opening hours as a good neighbour says them: 现在开放，18:00 关门。"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from yanzhen.network.models import Node
from yanzhen.network.opening import Calendar, ClosedDays, OpenState, Span

MARK_OF_STATUS = {
    "none": "wrong",
    Node.Status.PLANNED: "note",
    Node.Status.BUILDING: "attention",
    Node.Status.OPEN: "done",
    Node.Status.CLOSED: "closed",
}
# The public holidays by the names the State Council gives them.
FESTIVALS: dict[str, str | Promise] = {
    "元旦": gettext_lazy("元旦"), "春节": gettext_lazy("春节"), "清明节": gettext_lazy("清明节"),
    "劳动节": gettext_lazy("劳动节"), "端午节": gettext_lazy("端午节"),
    "中秋节": gettext_lazy("中秋节"), "国庆节": gettext_lazy("国庆节"),
}  # fmt: skip


@dataclass(frozen=True)
class Now:
    """What a visitor wants to know first: is it open (a badge), and when does that change.

    `today` is for one narrow column: the hours while they still matter today, else what is next.
    """

    state: str
    word: str
    change: str
    today: str

    @property
    def sentence(self) -> str:
        """现在开放，18:00 关门。"""
        return _("%(word)s，%(change)s") % {"word": self.word, "change": self.change}


@dataclass(frozen=True)
class DayLine:
    """One line of the hours table; `remark` says what is not as usual."""

    day: dt.date
    is_today: bool
    spans: list[str]
    remark: str


def now_of(node: Node, calendar: Calendar, moment: dt.datetime) -> Now:
    """What to say about a node at a moment."""
    if node.status != Node.Status.OPEN:
        not_yet = _("这里还没有对外开放")
        return Now(MARK_OF_STATUS[node.status], status_word(node.status), not_yet, not_yet)
    today = timezone.localtime(moment).date()
    found = calendar.state_at(moment)
    hours = hours_words(calendar.spans_on(today))
    if found.closes_at:
        until = _("%(time)s 关门") % {"time": time_words(found.closes_at)}
        return Now("open", _("现在开放"), until, hours)
    change = _next_opening(found, today)
    if found.opens_at and found.opens_at.date() == today:
        return Now("closed", _("还没开门"), change, hours)
    return Now("closed", _("已经关门") if hours else _("今天休息"), change, change)


def _next_opening(found: OpenState, today: dt.date) -> str:
    if found.opens_at is None:
        return _("一年之内没有开放安排，去之前请先打电话")
    said = {
        "day": day_words(found.opens_at.date(), today),
        "time": time_words(found.opens_at.time()),
    }
    return _("%(day)s %(time)s 开门") % said


def week_from(calendar: Calendar, today: dt.date, holidays: dict) -> list[DayLine]:
    """Seven days from today, with closures and public holidays as remarks."""
    days = [today + dt.timedelta(days=n) for n in range(7)]
    return [
        DayLine(
            day,
            day == today,
            [span_words(span) for span in calendar.spans_on(day)],
            _remark(calendar, day, holidays),
        )
        for day in days
    ]


def _remark(calendar: Calendar, day: dt.date, holidays: dict) -> str:
    closure = calendar.closure_on(day)
    if closure:
        return closure.notice
    holiday = holidays.get(day)
    if not holiday:
        return ""
    return f"{FESTIVALS.get(holiday.name, holiday.name)} · {holiday.get_kind_display()}"


def usual_words(calendar: Calendar, today: dt.date) -> str:
    """The week on one line for paper: 星期一、星期三至星期六 9:00–12:00；星期日 9:00–17:00."""
    monday = today - dt.timedelta(days=today.weekday())
    days_of: dict[str, list[int]] = {}
    for day in (monday + dt.timedelta(days=n) for n in range(7)):
        hours = hours_words(calendar.usual_spans_on(day))
        if hours:
            days_of.setdefault(hours, []).append(day.weekday())
    return _("；").join(f"{_weekday_words(days)} {hours}" for hours, days in days_of.items())


def _weekday_words(days: list[int]) -> str:
    """Three or more in a row are said by their ends."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        names = [str(WEEKDAYS[day]) for day in run]
        ends = {"first": names[0], "last": names[-1]}
        said += [_("%(first)s至%(last)s") % ends] if len(run) > 2 else names
    return _("、").join(said)


def hours_words(spans: Iterable[Span]) -> str:
    """9:00–12:00，14:00–18:00; nothing for a closed day."""
    separator = _("，")
    return separator.join(span_words(span) for span in spans)


def span_words(span: Span) -> str:
    """9:00–12:00."""
    return f"{time_words(span.opens)}–{time_words(span.closes)}"


def time_words(time: dt.time) -> str:
    """9:00, not 09:00: as it is said on the telephone."""
    return f"{time.hour}:{time.minute:02d}"


def day_words(day: dt.date, today: dt.date) -> str:
    """今天, 明天, the weekday within a week, else month and day."""
    ahead = (day - today).days
    if ahead < 2:
        return _("明天") if ahead else pgettext("in a sentence", "今天")
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
