"""What the page of a resource shows besides its form."""

import datetime as dt
from typing import Any

from django.utils.dates import WEEKDAYS

from yanzhen.culture.resources import queries
from yanzhen.culture.resources.fitting_rules import A_CHECK_LASTS
from yanzhen.culture.resources.models import Facility, Resource, Teacher
from yanzhen.doors.desk.resources.forms import AccessForm, CheckForm, HoursForm, PhotoForm
from yanzhen.groundwork.clock import local_day

AHEAD = dt.timedelta(days=28)


def described(row: Resource, at: dt.datetime) -> dict[str, Any]:
    """Fresh forms and what there is to say, by the sort of the resource."""
    told: dict[str, Any] = {
        "coming": queries.claims_around(row, at, at + AHEAD, at)[:12],
        "today": local_day(at),
    }
    if isinstance(row, Facility):
        told |= _facility(row, at)
    if isinstance(row, Teacher):
        told |= _teacher(row, at)
    return told


def _facility(row: Facility, at: dt.datetime) -> dict[str, Any]:
    year = local_day(at).year
    spans: dict[str, list[str]] = {}
    for span in row.hours.all():
        spans.setdefault(f"day{span.weekday}", []).append(f"{span.opens:%H:%M}–{span.closes:%H:%M}")
    said = {day: "，".join(each) for day, each in spans.items()}
    return {
        "facility": row,
        "uses": queries.uses_in_year([row.pk], year, until=at)[row.pk],
        "year": year,
        "parts": row.parts.all(),
        "hours_form": HoursForm(initial=said),
        "week": [(WEEKDAYS[day], said.get(f"day{day}", "")) for day in range(7)] if said else [],
        "access": row.access.order_by("kind"),
        "access_form": AccessForm(),
        "photos": row.photos.all(),
        "photo_form": PhotoForm(),
    }


def _teacher(row: Teacher, at: dt.datetime) -> dict[str, Any]:
    checks = list(row.checks.all())
    last = checks[0] if checks else None
    until = last.checked_on + A_CHECK_LASTS if last and last.result == last.Result.CLEAR else None
    return {
        "teacher": row,
        "checks": checks,
        "clear_until": until if until and until >= local_day(at) else None,
        "check_form": CheckForm(initial={"checked_on": local_day(at)}),
    }
