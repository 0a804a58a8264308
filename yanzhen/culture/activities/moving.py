"""A session that goes to another time or place, with everybody told."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from yanzhen.culture.activities import access, rules, teaching, time_rules
from yanzhen.culture.activities.facts import SessionMoved
from yanzhen.culture.activities.holding import Holding, hold_anew, holding_of
from yanzhen.culture.activities.models import Session, SessionMove
from yanzhen.culture.resources.models import Facility
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Site
from yanzhen.people.roles import Actor


def move(
    *,
    session_id: int,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    site: Site,
    reason: str,
    by: Actor,
    at: dt.datetime,
    facility: Facility | None = None,
    holding: Holding | None = None,
) -> Session:
    """Change when or where; the row that says from where stays for good. Raises Refused.

    The claim on its facility goes along, held as before unless `holding` says otherwise, and so
    does its teacher.
    """
    with transaction.atomic():
        session = access.locked_session(session_id, by, local_day(at))
        same = (session.starts_at, session.ends_at, session.site_id, session.facility_id) == (
            starts_at, ends_at, site.pk, facility.pk if facility else None,
        )  # fmt: skip
        refuse_first(
            rules.what_is_cancelled_stays_so(session.state),
            time_rules.a_session_in_the_past_is_not_moved(session.starts_at, at),
            rules.a_change_has_a_reason(reason),
            time_rules.a_move_changes_something(same),
            time_rules.a_session_ends_after_it_starts(starts_at, ends_at),
            time_rules.a_session_is_not_planned_for_the_past(starts_at, at),
            time_rules.a_facility_stands_at_its_site(
                facility is None or facility.site_id == site.pk
            ),
        )
        kept = SessionMove.objects.create(
            session=session, from_starts_at=session.starts_at, from_ends_at=session.ends_at,
            from_site=session.site, from_facility=session.facility, to_starts_at=starts_at,
            to_ends_at=ends_at, to_site=site, to_facility=facility, reason=reason.strip(), at=at,
            by_name=by.name,
        )  # fmt: skip
        session.starts_at, session.ends_at = starts_at, ends_at
        session.site, session.facility = site, facility
        session.sequence, session.changed_at = session.sequence + 1, at
        session.save(
            update_fields=["starts_at", "ends_at", "site", "facility", "sequence", "changed_at"]
        )
        hold_anew(session, holding or holding_of(session), by=by, at=at)
        teaching.follow(session, by=by, at=at)
        audit.write(
            by=by, at=at, action="session.moved", subject=f"session:{session.pk}",
            place=site.code, move=kept.pk,
        )  # fmt: skip
        outbox.record(
            SessionMoved(
                kept.pk, session.pk, session.activity_id, _iso(kept.from_starts_at),
                _iso(starts_at), site.code, kept.reason,
            ),
            at=at,
        )  # fmt: skip
    return session


def _iso(moment: dt.datetime) -> str:
    """In the county's own time, as people will read it."""
    return timezone.localtime(moment).isoformat()
