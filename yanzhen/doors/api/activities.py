"""Activities and sessions for anybody."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from yanzhen.culture.activities import queries
from yanzhen.culture.activities.access import activity_unknown, session_unknown
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.activities.queries import Wanted
from yanzhen.culture.almanac.models import SessionTag
from yanzhen.doors.api.answers import answer
from yanzhen.doors.api.shapes.activities import (
    ActivityLine,
    SessionDetail,
    SessionLine,
    activity_line,
    session_detail,
    session_lines,
)
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of, paged
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.queries import towns

router = Router(tags=["activities"])
A_YEAR = dt.timedelta(days=400)
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class ActivitiesWanted(Paging):
    kind: Activity.Kind | None = Field(None, description="Only activities of one kind")


class SessionsWanted(Paging):
    kind: Activity.Kind | None = Field(None, description="Only sessions of one kind")
    town: str = Field("", max_length=12, description="Division code: held there, by its branches, "
                      "or by its cluster")  # fmt: skip
    first_day: dt.date | None = Field(None, description="From this day on; today if not given")
    last_day: dt.date | None = Field(None, description="Up to this day, included")
    free: bool = Field(False, description="Only what costs nothing")
    wheelchair: bool = Field(False, description="Only with places for wheelchairs")
    sign_language: bool = Field(False, description="Only with sign language")
    children: bool = Field(False, description="Only for children and families")
    tag: SessionTag | None = Field(None, description="Only after_class, weekend, winter, …; then "
                                   "at most 400 days from first_day on")  # fmt: skip
    q: str = Field("", max_length=40, description="Words of the name, introduction or place")


@router.get("/activities", response=Page[ActivityLine], summary="Activities")
def activities(request: HttpRequest, wanted: Query[ActivitiesWanted]) -> HttpResponse:
    """What the public was told of, the latest first; what was cancelled says so."""
    found = queries.activities_shown()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return answer(page_of(found, wanted, activity_line))


@router.get("/activities/{int:activity_id}", response=ActivityLine, summary="One activity")
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """One activity with its accessibility facts."""
    found = queries.activities_shown().filter(pk=activity_id).first()
    if found is None:
        raise activity_unknown()
    return answer(activity_line(found))


@router.get("/sessions", response=Page[SessionLine], summary="Sessions")
def sessions(request: HttpRequest, wanted: Query[SessionsWanted]) -> HttpResponse:
    """Dates from today on, or within the days asked for, in order of time."""
    town = towns().filter(code=wanted.town).first() if wanted.town else None
    if wanted.town and town is None:
        raise town_unknown()
    first = wanted.first_day or clock.today()
    first = min(max(first, EARLIEST), LATEST)
    last = min(max(wanted.last_day or first + A_YEAR, EARLIEST), LATEST)
    if wanted.tag:
        last = min(last, first + A_YEAR)
    asked = Wanted(
        text=wanted.q, town=town, kind=wanted.kind or "", free=wanted.free,
        wheelchair=wanted.wheelchair, sign_language=wanted.sign_language,
        children=wanted.children, days=(first, last), tag=wanted.tag,
    )  # fmt: skip
    found = queries.sessions_for(asked)
    start = (wanted.page - 1) * wanted.page_size
    lines = session_lines(list(found[start : start + wanted.page_size]))
    return answer(paged(lines, wanted, found.count()))


@router.get("/sessions/{int:session_id}", response=SessionDetail, summary="One session")
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """One date, what it was moved from, and why it is cancelled if it is."""
    found = queries.session_shown(session_id)
    if found is None:
        raise session_unknown()
    rain_date = Session.objects.shown().filter(rain_date_of=found).values_list("pk", flat=True)
    return answer(session_detail(found, rain_date.first()))


def town_unknown() -> Refused:
    return Refused(
        "town-unknown",
        _("没有这个镇街。"),
        _("镇街的区划代码可以在 /api/v1/towns 里查到。"),
        status=404,
    )
