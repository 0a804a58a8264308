"""A year at a glance: its festivals, its days off, the school's terms and holidays."""

from django.http import HttpResponse
from django.shortcuts import redirect

from yanzhen.culture.almanac import queries
from yanzhen.culture.almanac.festivals import windows_of
from yanzhen.culture.almanac.lunar import lunar_of
from yanzhen.culture.almanac.models import FestivalWindow, SchoolPeriod
from yanzhen.doors.desk.almanac.forms import HolidayForm
from yanzhen.doors.desk.almanac.pages import open_desk, page
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.people.roles import PLAN_ACTIVITIES


@staff(PLAN_ACTIVITIES)
def this_year(request: Request, code: str) -> HttpResponse:
    return redirect("desk:almanac-year", code, clock.today().year)


@staff(PLAN_ACTIVITIES)
def year(request: Request, code: str, year: int) -> HttpResponse:
    return show(request, code, year, HolidayForm())


def show(request: Request, code: str, year: int, form: HolidayForm) -> HttpResponse:
    """The page of a year, with the notice's form as it was typed."""
    node = open_desk(request, code, year)
    own = set(FestivalWindow.objects.values_list("festival", flat=True))
    periods = SchoolPeriod.objects.filter(first_day__year__lte=year, last_day__year__gte=year)
    context = {
        "notice": queries.notice_of(year),
        "windows": [
            {"window": window, "lunar": lunar_of(window.day), "own": window.festival in own}
            for window in windows_of(year)
        ],
        "spells": queries.spells_of(year),
        "periods": periods,
        "months": range(1, 13),
        "form": form,
    }
    return page(request, node, year, "year", context)
