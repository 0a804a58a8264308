"""The public register of facilities: what there is, how often it is used, when it is free (R07)."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yanzhen.culture.resources import queries
from yanzhen.culture.resources.models import Facility, FacilityPhoto
from yanzhen.doors.gate import public
from yanzhen.groundwork import clock
from yanzhen.network.models import AccessFeature, Division

A_PAGE = 24
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
EASY = {AccessFeature.Kind.STEP_FREE, AccessFeature.Kind.RAMP, AccessFeature.Kind.LIFT}


@public
def every_facility(request: HttpRequest) -> HttpResponse:
    """`kind`, `town`, `easy` (no steps) narrow the list; `day`, `from`, `to` leave what is free."""
    at = clock.now()
    found = queries.facilities()
    kind, town = request.GET.get("kind", ""), request.GET.get("town", "")
    if kind in Facility.Kind.values:
        found = found.filter(kind=kind)
    division = Division.objects.towns().filter(code=town).first() if town else None
    if division:
        found = found.filter(queries.in_town(division))
    if request.GET.get("easy"):
        found = found.filter(
            access__kind__in=EASY, access__state=AccessFeature.State.PRESENT
        ).distinct()
    span, trouble = _span(request)
    rows = queries.free_facilities(found, span[0], span[1], at) if span else found
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    year = clock.local_day(at).year
    return render(
        request,
        "portal/facilities.html",
        {
            "section_branches": True,
            "rows": shown,
            "uses": queries.uses_in_year([each.pk for each in shown], year, until=at),
            "year": year,
            "kinds": Facility.Kind.choices,
            "towns": Division.objects.towns(),
            "wanted": {**request.GET.dict(), "from": request.GET.get("from", "")},
            "span": span,
            "trouble": trouble,
        },
    )


@public
def photo(request: HttpRequest, photo_id: int) -> FileResponse:
    """A photograph, nothing hidden in it; its name never changes, so a browser may keep it."""
    found = FacilityPhoto.objects.filter(pk=photo_id).first()
    name = (found and found.file.name) or ""
    if found is None or not found.file.storage.exists(name):
        raise Http404
    suffix = name.rpartition(".")[2]
    response = FileResponse(found.file.open("rb"), content_type=TYPES[suffix])
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _span(request: HttpRequest) -> tuple[tuple[dt.datetime, dt.datetime] | None, str]:
    """The span somebody wants to be free, or None; and what is wrong with it."""
    day = request.GET.get("day", "")
    if not day:
        return None, ""
    try:
        date = dt.date.fromisoformat(day)
        start = dt.time.fromisoformat(request.GET.get("from") or "09:00")
        end = dt.time.fromisoformat(request.GET.get("to") or "21:00")
    except ValueError:
        return None, _("日期或时间看不懂，请重新选。")
    if end <= start:
        return None, _("结束时间要在开始时间之后。")
    first, last = (timezone.make_aware(dt.datetime.combine(date, each)) for each in (start, end))
    return (first, last), ""
