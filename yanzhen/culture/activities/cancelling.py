"""What does not take place, and why; a rain date steps in where there is one."""

import datetime as dt

from django.db import transaction

from yanzhen.culture.activities import access, rules, teaching, time_rules
from yanzhen.culture.activities.facts import SessionCancelled
from yanzhen.culture.activities.holding import let_go
from yanzhen.culture.activities.models import (
    Activity,
    ActivityCancellation,
    Session,
    SessionCancellation,
)
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor


def cancel_session(
    *, session_id: int, reason: str, by: Actor, at: dt.datetime, for_rain_date: bool = False
) -> bool:
    """Cancel one date. With `for_rain_date` its rain date takes place instead, else that is
    cancelled too. True where it takes place and the teacher cannot come along. Raises Refused."""
    with transaction.atomic():
        session = access.locked_session(session_id, by, local_day(at))
        refuse_first(
            rules.what_is_cancelled_stays_so(session.state),
            time_rules.a_session_in_the_past_is_not_moved(session.starts_at, at),
            rules.a_change_has_a_reason(reason),
        )
        instead = Session.objects.filter(
            rain_date_of=session, state=Session.State.STANDBY, starts_at__gt=at
        ).first()
        steps_in = instead if for_rain_date else None
        taught_by = teaching.claims_of([session]).get(session.pk) if steps_in else None
        _cancel(session, reason, by, at)
        untaught = False
        if steps_in:
            _enter(steps_in, Session.State.SCHEDULED, at)
            untaught = not teaching.come_along(steps_in, taught_by, by=by, at=at)
        elif instead:
            _cancel(instead, reason, by, at)
        rain_date_id = steps_in.pk if steps_in else None
        audit.write(
            by=by, at=at, action="session.cancelled", subject=f"session:{session.pk}",
            place=session.site.code, reason=reason.strip(), rain_date=rain_date_id,
        )  # fmt: skip
        outbox.record(
            SessionCancelled(session.pk, session.activity_id, reason.strip(), rain_date_id), at=at
        )
    return untaught


def cancel_activity(*, activity_id: int, reason: str, by: Actor, at: dt.datetime) -> Activity:
    """Cancel the whole activity with every session still to come. Raises Refused."""
    with transaction.atomic():
        activity = access.locked_activity(activity_id, by, local_day(at))
        refuse_first(
            rules.what_is_cancelled_stays_so(activity.state), rules.a_change_has_a_reason(reason)
        )
        ahead = list(
            activity.sessions.select_for_update(of=("self",))
            .filter(starts_at__gt=at)
            .exclude(state=Session.State.CANCELLED)
            .order_by("pk")
        )
        for session in ahead:
            told = session.state == Session.State.SCHEDULED
            _cancel(session, reason, by, at)
            if told:
                outbox.record(
                    SessionCancelled(session.pk, activity.pk, reason.strip(), None), at=at
                )
        activity.state = Activity.State.CANCELLED
        activity.save(update_fields=["state"])
        ActivityCancellation.objects.create(
            activity=activity, reason=reason.strip(), at=at, by_name=by.name
        )
        audit.write(
            by=by, at=at, action="activity.cancelled", subject=f"activity:{activity.pk}",
            place=activity.node.code if activity.node else "", reason=reason.strip(),
            sessions=[session.pk for session in ahead],
        )  # fmt: skip
    return activity


def _cancel(session: Session, reason: str, by: Actor, at: dt.datetime) -> None:
    _enter(session, Session.State.CANCELLED, at)
    let_go(session, by=by, at=at)
    teaching.let_go(session, by=by, at=at)
    SessionCancellation.objects.create(
        session=session, reason=reason.strip(), at=at, by_name=by.name
    )


def _enter(session: Session, state: str, at: dt.datetime) -> None:
    session.state, session.changed_at = state, at
    session.sequence += 1
    session.save(update_fields=["state", "changed_at", "sequence"])
