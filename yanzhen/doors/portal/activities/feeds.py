"""Calendar feeds (iCalendar, RFC 5545): /calendar/<scope>.ics.

`scope` is `all`, the code of a town, an activity kind, or `session-<id>` for one date alone.
"""

import datetime as dt

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from yanzhen.culture.activities.models import Activity, Session, SessionMove
from yanzhen.culture.activities.queries import Wanted, loaded, sessions_for
from yanzhen.doors.gate import public
from yanzhen.doors.portal.activities.words import is_cancelled, phone_of
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Division
from yanzhen.network.queries import towns

BEHIND, AHEAD = dt.timedelta(days=31), dt.timedelta(days=400)
ONE = "session-"
REFRESH = dt.timedelta(hours=1)


@public
def feed(request: HttpRequest, scope: str) -> HttpResponse:
    """A month back, a year ahead; what is cancelled stays in and says so. Raises Refused (404)."""
    name, sessions = _scope(scope)
    moves = Prefetch("moves", queryset=SessionMove.objects.order_by("pk"))
    written = calendar_of(name, sessions.prefetch_related(moves), request.build_absolute_uri("/"))
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{scope}.ics"'
    return answer


def _scope(scope: str) -> tuple[str, QuerySet[Session]]:
    today = clock.today()
    days = today - BEHIND, today + AHEAD
    if scope == "all":
        return _("雁江区文化活动"), sessions_for(Wanted(days=days))
    if scope in Activity.Kind.values:
        return str(Activity.Kind(scope).label), sessions_for(Wanted(kind=scope, days=days))
    number = scope.removeprefix(ONE)
    if scope.startswith(ONE) and number.isascii() and number.isdigit() and len(number) < 18:
        return _("雁江区文化活动"), loaded(Session.objects.shown()).filter(pk=int(number))
    town = towns().filter(code=scope).first()
    if town is None:
        raise _no_such_feed()
    return _town_name(town), sessions_for(Wanted(town=town, days=days))


def _town_name(town: Division) -> str:
    return _("%(town)s的活动") % {"town": town.label}


def calendar_of(name: str, sessions: QuerySet[Session], home: str) -> bytes:
    """The feed as bytes; `home` is our address, with the slash at its end."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yanzhen//Activities 1//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for session in sessions:
        calendar.add_component(_event(session, home))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(session: Session, home: str) -> Event:
    activity, event = session.activity, Event()
    changed = session.changed_at or activity.published_at or session.starts_at
    event.add("uid", f"session-{session.pk}@{settings.YANZHEN_OAI_DOMAIN}")
    event.add("dtstamp", changed.astimezone(dt.UTC))
    event.add("last-modified", changed.astimezone(dt.UTC))
    event.add("sequence", session.sequence)
    event.add("dtstart", _here(session.starts_at))
    event.add("dtend", _here(session.ends_at))
    event.add("summary", activity.label)
    event.add("description", _description(session))
    event.add("location", _location(session))
    event.add("categories", [str(activity.get_kind_display())])
    event.add("status", "CANCELLED" if is_cancelled(session) else "CONFIRMED")
    event.add("url", home.rstrip("/") + reverse("portal:session", args=[session.pk]))
    return event


def _here(moment: dt.datetime) -> dt.datetime:
    """In the zone by its name, so that it is written as TZID=Asia/Shanghai."""
    return moment.astimezone(timezone.get_default_timezone())


def _location(session: Session) -> str:
    hall = session.facility.label if session.facility else ""
    return " ".join(part for part in (session.site.label, hall, session.site.address) if part)


def _description(session: Session) -> str:
    moves = list(session.moves.all())
    phone = phone_of(session)
    told = [
        _("改期：%(reason)s") % {"reason": moves[-1].reason} if moves else "",
        session.activity.about,
        _("电话 %(phone)s") % {"phone": phone} if phone else "",
    ]
    return "\n".join(part for part in told if part)


def _no_such_feed() -> Refused:
    return Refused(
        "calendar-unknown",
        _("没有这个日历。"),
        _("可以订阅全区的（all）、一个镇街的（区划代码）或一类活动的；请到“活动”页面取网址。"),
        status=404,
    )
