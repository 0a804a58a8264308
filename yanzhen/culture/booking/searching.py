"""Finding bookings for whoever calls: the search leaves a line in the audit trail (L02)."""

import datetime as dt

from yanzhen.culture.booking.models import Booking
from yanzhen.groundwork import audit
from yanzhen.groundwork.text import fold
from yanzhen.people.access import require
from yanzhen.people.names import phone_form, plain
from yanzhen.people.roles import BOOK_FOR_OTHERS, Actor

MOST_FOUND = 20


def bookings_found(text: str, *, by: Actor, at: dt.datetime) -> list[Booking]:
    """Live bookings to come by spoken code, telephone or its last four digits, name or
    organisation, the next first. Raises Refused."""
    require(by, BOOK_FOR_OTHERS)
    text = plain(text)[:60]
    rows = Booking.objects.live().named().filter(session__ends_at__gt=at)
    rows = rows.select_related("session__activity", "session__site")
    digits = phone_form(text).removeprefix("+")
    if digits.isdigit():
        rows = rows.filter(phone__endswith=digits) | rows.filter(code=digits)
        wanted = len(digits) >= 4
    else:
        rows = rows.filter(name_folded__contains=fold(text)) | rows.filter(
            organisation__contains=text
        )
        wanted = bool(fold(text))
    found = list(rows.order_by("session__starts_at", "pk")[:MOST_FOUND]) if wanted else []
    audit.write(by=by, at=at, action="booking.searched", subject="bookings", found=len(found))
    return found
