"""A session for search engines: schema.org Event."""

import json

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from yanzhen.culture.activities.models import Session, SessionMove
from yanzhen.doors.portal.activities.words import is_cancelled, town_of
from yanzhen.doors.portal.branches_exports import ESCAPED
from yanzhen.groundwork.clock import local_day
from yanzhen.network.models import Site
from yanzhen.network.provinces import province_of


def event_json(session: Session, moves: list[SessionMove], url: str) -> SafeString:
    """JSON-LD, safe inside a script; `moves` in the order they were made."""
    activity = session.activity
    moved = [each for each in moves if each.from_starts_at != each.to_starts_at]
    told = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": activity.name,
        "alternateName": activity.name_en,
        "description": activity.introduction,
        "startDate": _iso(session.starts_at),
        "endDate": _iso(session.ends_at),
        "previousStartDate": local_day(moved[-1].from_starts_at).isoformat() if moved else "",
        "eventStatus": f"https://schema.org/{_status(session, bool(moved))}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(session),
        "organizer": {
            "@type": "Organization",
            "name": (activity.node or activity.cluster).name,  # type: ignore[union-attr]
        },
        "isAccessibleForFree": not activity.fee,
        "maximumAttendeeCapacity": session.capacity,
        "offers": _offer(session, url),
    }
    kept = {key: value for key, value in told.items() if value not in ("", None)}
    return mark_safe(json.dumps(kept, ensure_ascii=False).translate(ESCAPED))  # noqa: S308


def _status(session: Session, moved: bool) -> str:
    if is_cancelled(session):
        return "EventCancelled"
    return "EventRescheduled" if moved else "EventScheduled"


def _place(session: Session) -> dict:
    name = session.site.name
    if session.facility:
        name = f"{name} {session.facility.name}"
    return {"@type": "Place", "name": name, "address": _address(session.site)}


def _address(site: Site) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": province_of(site.division.code),
        "addressLocality": town_of(site).name,
        "streetAddress": site.address or site.name,
    }


def _offer(session: Session, url: str) -> dict | None:
    if is_cancelled(session):
        return None
    return {
        "@type": "Offer",
        "url": url,
        "price": str(session.activity.fee),
        "priceCurrency": "CNY",
    }


def _iso(moment) -> str:
    return timezone.localtime(moment).isoformat()
