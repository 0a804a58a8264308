"""What goes on: as a list, as a month, on paper."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yanzhen.culture.activities.counting import kinds_in_use
from yanzhen.culture.activities.models import Activity
from yanzhen.culture.activities.queries import sessions_for
from yanzhen.doors.gate import public
from yanzhen.doors.portal.activities import filters, month
from yanzhen.doors.portal.activities.filters import Asked
from yanzhen.doors.portal.activities.words import lines
from yanzhen.groundwork import clock

A_PAGE = 20
AHEAD = dt.timedelta(days=400)


@public
def listing(request: HttpRequest) -> HttpResponse:
    """From today on, or one month (`?month=2026-11`); see filters.py for what can be asked."""
    asked, today = filters.read(request.GET), clock.today()
    context = {
        "section_activities": True,
        "asked": asked,
        "ticks": filters.ticks_of(asked),
        "tags": filters.tags_of(asked),
        "kinds": [(kind, Activity.Kind(kind).label) for kind in kinds_in_use()],
        "list_url": asked.address(),
        "month_url": asked.address(month=f"{asked.month or today:%Y-%m}"),
    }
    if asked.month:
        return render(request, "portal/activities/month.html", context | _month(asked, today))
    return render(request, "portal/activities/list.html", context | _list(request, asked, today))


def _list(request: HttpRequest, asked: Asked, today: dt.date) -> dict:
    days = filters.weekend_from(today) if "weekend" in asked.ticks else (today, today + AHEAD)
    page = Paginator(sessions_for(asked.wanted(days)), A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "lines": lines(page)}


def _month(asked: Asked, today: dt.date) -> dict:
    assert asked.month
    first, last = month.span(asked.month)
    sessions = list(sessions_for(asked.wanted((first, last))))
    before, after = month.month_before(first), month.month_after(first)
    return {
        "first": first,
        "weeks": month.weeks_of(first, sessions, today),
        "any": bool(sessions),
        "before": before,
        "before_url": asked.address(month=f"{before:%Y-%m}"),
        "after": after,
        "after_url": asked.address(month=f"{after:%Y-%m}"),
    }
