"""One activity, one session, and the poster of a session."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from yanzhen.culture.activities.access import activity_unknown, session_unknown
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.activities.queries import (
    access_answers,
    activity_shown,
    joint_towns,
    loaded,
    session_shown,
)
from yanzhen.doors.gate import public
from yanzhen.doors.portal.activities import words
from yanzhen.doors.portal.activities.event_json import event_json
from yanzhen.doors.portal.activities.feeds import ONE
from yanzhen.doors.portal.booking_pages import places_shown
from yanzhen.doors.portal.branches import MARK_OF_ACCESS
from yanzhen.groundwork import clock
from yanzhen.network.models import AccessFeature, Node


@public
def one_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What it is and when it takes place. Raises Refused (404)."""
    activity = activity_shown(activity_id)
    if activity is None:
        raise activity_unknown()
    at = clock.now()
    sessions = words.lines(loaded(activity.sessions.shown()))
    return render(
        request,
        "portal/activities/activity.html",
        {
            "section_activities": True,
            "activity": activity,
            "ahead": [each for each in sessions if each.session.ends_at > at],
            "past": [each for each in reversed(sessions) if each.session.ends_at <= at],
            **_about(activity, clock.today()),
        },
    )


@public
def one_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """When, where, how to get in, for whom. Raises Refused (404)."""
    session = _session(session_id)
    url = request.build_absolute_uri(reverse("portal:session", args=[session.pk]))
    (line,) = words.lines([session])
    moves = list(session.moves.select_related("from_site"))
    rain_date = Session.objects.shown().filter(rain_date_of=session).first()
    return render(
        request,
        "portal/activities/session.html",
        {
            "section_activities": True,
            "session": session,
            "activity": session.activity,
            "line": line,
            "over": session.ends_at <= clock.now(),
            "moves": moves,
            "rain_date": words.line(rain_date) if rain_date else None,
            "contact": words.phone_of(session),
            "places": places_shown(session.pk),
            "town": words.town_of(session.site),
            "house": _house(session),
            "features": _features(session),
            "others": _others(session),
            "url": url,
            "feed_url": reverse("calendar-feed", args=[f"{ONE}{session.pk}"]),
            "json_ld": event_json(session, moves, url),
            **_about(session.activity, line.starts_at.date()),
        },
    )


@public
def poster(request: HttpRequest, session_id: int) -> HttpResponse:
    """One A3 sheet for the wall, with a code that leads to the session's page."""
    session = _session(session_id)
    url = request.build_absolute_uri(reverse("portal:session", args=[session.pk]))
    context = {
        "section_activities": True,
        "session": session,
        "activity": session.activity,
        "when": words.when_with_year(session),
        "line": words.line(session),
        "contact": words.phone_of(session),
        "qr": qr_of(url),
        "url": url,
        **_about(session.activity, words.line(session).starts_at.date()),
    }
    return render(request, "portal/activities/poster.html", context)


def qr_of(url: str) -> SafeString:
    """A QR code as SVG, drawn here: no other host sees who looks at what."""
    code = segno.make(url, error="m")
    drawn = code.svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - segno writes shapes only


def _session(session_id: int) -> Session:
    session = session_shown(session_id)
    if session is None:
        raise session_unknown()
    return session


def _about(activity: Activity, day) -> dict:
    answers = access_answers(activity)
    return {
        "whom": words.for_whom(activity),
        "price": words.price(activity),
        "answers": [(each, words.MARK_OF_ANSWER[each.state]) for each in answers if each.state],
        "towns": joint_towns(activity, day),
    }


def _features(session: Session) -> list[tuple[AccessFeature, str]]:
    """What is known of the place, the broken among it."""
    known = session.site.access_features.exclude(state=AccessFeature.State.UNKNOWN)
    return [(each, MARK_OF_ACCESS[each.state]) for each in known.order_by("pk")]


def _house(session: Session) -> Node | None:
    """The branch at this site, for its own page."""
    return Node.objects.serving().filter(site=session.site_id).order_by("-tree").first()


def _others(session: Session) -> list[words.Line]:
    """The next other dates of the same activity."""
    found = loaded(session.activity.sessions.shown().scheduled())
    found = found.filter(ends_at__gt=clock.now()).exclude(pk=session.pk)
    return words.lines(found[:5])
