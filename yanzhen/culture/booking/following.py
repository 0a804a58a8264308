"""A session moved: the moments of its booking go along by the same difference."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from yanzhen.culture.booking import ledger, rules
from yanzhen.culture.booking.models import Booking, BookingTerms
from yanzhen.groundwork import audit, clock


def follow_the_session(body: dict[str, Any]) -> None:
    """Hears SessionMoved. The terms remember the start they were reckoned from, so that hearing it
    twice, or two moves in the wrong order, comes to the same."""
    with transaction.atomic():
        ledger.lock(body["session_id"])
        rows = BookingTerms.objects.select_related("session__site")
        terms = rows.filter(session=body["session_id"]).first()
        if terms is not None and terms.reckoned_from != terms.session.starts_at:
            _follow(terms, clock.now())


def _follow(terms: BookingTerms, at: dt.datetime) -> None:
    session, before = terms.session, terms.reckoned_from
    by = session.starts_at - before
    terms.opens_at, terms.closes_at = rules.moments_follow_the_start(
        terms.opens_at, terms.closes_at, by, at
    )
    terms.reckoned_from = session.starts_at
    terms.save(update_fields=["opens_at", "closes_at", "reckoned_from"])
    held = Booking.objects.filter(session=session, state=Booking.State.HELD)
    held.filter(sheet__isnull=False).update(held_until=F("held_until") + by)
    with_the_start = Q(held_until=before) | Q(held_until__gt=session.starts_at)
    held.filter(with_the_start, sheet=None).update(held_until=session.starts_at)
    audit.write(
        by=audit.System(), at=at, action="booking.followed", subject=f"session:{session.pk}",
        place=session.site.code, closes_at=terms.closes_at.isoformat(),
    )  # fmt: skip
