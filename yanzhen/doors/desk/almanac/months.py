"""A month day by day: lunar dates, solar terms, festivals, days off, what the schools do."""

import calendar
import datetime as dt
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yanzhen.culture.almanac import queries
from yanzhen.culture.almanac.festivals import Window, windows_of
from yanzhen.culture.almanac.lunar import LunarDate, lunar_of, solar_term_on
from yanzhen.culture.almanac.models import SchoolPeriod
from yanzhen.culture.almanac.tagging import SchoolCalendar
from yanzhen.doors.desk.almanac.pages import open_desk, page
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.people.roles import PLAN_ACTIVITIES

WEEKDAYS = (
    pgettext_lazy("weekday", "一"),
    pgettext_lazy("weekday", "二"),
    pgettext_lazy("weekday", "三"),
    pgettext_lazy("weekday", "四"),
    pgettext_lazy("weekday", "五"),
    pgettext_lazy("weekday", "六"),
    pgettext_lazy("weekday", "日"),
)


class Day(NamedTuple):
    """One day of the sheet; `off` for days off, `working` for weekends worked in exchange."""

    day: dt.date
    lunar: LunarDate
    term: str
    festival: str
    off: bool
    working: bool
    school: str
    inside: bool

    @property
    def weekday(self) -> str:
        """One character that fits a phone: 一 … 日."""
        return str(WEEKDAYS[self.day.weekday()])


@staff(PLAN_ACTIVITIES)
def month(request: Request, code: str, year: int, month: int) -> HttpResponse:
    if not 1 <= month <= 12:
        raise Http404(_("一年只有十二个月。"))
    node = open_desk(request, code, year)
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    schools = queries.school_calendar(weeks[0][0], weeks[-1][-1])
    windows = windows_of(year)
    first = dt.date(year, month, 1)
    context = {
        "first": first,
        "weeks": [[_day(day, month, schools, windows) for day in week] for week in weeks],
        "before": first - dt.timedelta(1),
        "after": first + dt.timedelta(31),
        "today": clock.today(),
        "notice": queries.notice_of(year),
    }
    return page(request, node, year, "month", context, _("%(month)d月") % {"month": month})


def _day(day: dt.date, month: int, schools: SchoolCalendar, windows: list[Window]) -> Day:
    festival = next((window.festival.label for window in windows if window.day == day), "")
    periods = (each for each in schools.periods if each.first_day <= day <= each.last_day)
    period = next(periods, None)
    holiday = period is not None and period.kind != SchoolPeriod.Kind.TERM
    return Day(
        day,
        lunar_of(day),
        solar_term_on(day),
        str(festival),
        day in schools.days_off,
        day in schools.working_days,
        str(period.get_kind_display()) if holiday and period else "",
        day.month == month,
    )
