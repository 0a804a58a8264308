"""Who teaches a session: a teacher, claimed for it by every rule of the register (R15, R16).

The claim is named after the session. A substitute takes the claim over; a session that moves takes
its teacher along or does not move; one that does not take place lets the teacher go.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.culture.activities import access, rules, time_rules
from yanzhen.culture.activities.holding import day_of
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.resources.access import resource_unknown
from yanzhen.culture.resources.changing import end_use, swap
from yanzhen.culture.resources.claiming import Want, claim_all
from yanzhen.culture.resources.models import Claim, Teacher
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor
from yanzhen.people.rules import MAJORITY

_WITH_MINORS = (Activity.Audience.CHILDREN, Activity.Audience.FAMILIES)


def reference_of(session: Session) -> str:
    """The name by which the claim on the teacher of a session is known."""
    return f"teaching:{session.pk}"


def for_minors(activity: Activity) -> bool:
    """Whether whoever teaches works with minors (L06)."""
    if activity.age_from is not None and activity.age_from >= MAJORITY:
        return False
    young = activity.age_to is not None and activity.age_to < MAJORITY
    practice = activity.kind == Activity.Kind.SOCIAL_PRACTICE
    return young or practice or activity.audience in _WITH_MINORS


def assign(
    *, session_ids: Sequence[int], teacher_id: int, by: Actor, at: dt.datetime
) -> list[Session]:
    """Let a teacher take these sessions, all of them or none; whoever had one hands it over.

    Raises Refused: the date is named with what stands in the way.
    """
    with transaction.atomic():
        _known(teacher_id)
        sessions = [access.locked_session(each, by, local_day(at)) for each in sorted(session_ids)]
        had = claims_of(sessions)
        for session in sessions:
            refuse_first(
                rules.what_is_cancelled_stays_so(session.state),
                time_rules.a_session_in_the_past_is_not_moved(session.starts_at, at),
            )
            claim = had.get(session.pk)
            if claim is None or claim.resource_id != teacher_id:
                _assign(session, claim, teacher_id, by, at)
    return sessions


def dismiss(*, session_id: int, by: Actor, at: dt.datetime) -> Session:
    """Nobody teaches this session yet, or no more. Raises Refused."""
    with transaction.atomic():
        session = access.locked_session(session_id, by, local_day(at))
        refuse_first(time_rules.a_session_in_the_past_is_not_moved(session.starts_at, at))
        let_go(session, by=by, at=at)
        audit.write(
            by=by, at=at, action="session.teacher_dismissed", subject=f"session:{session.pk}",
            place=session.site.code,
        )  # fmt: skip
    return session


def follow(session: Session, *, by: Actor, at: dt.datetime) -> None:
    """The session takes place at another time or place, has another name, or is for others; its
    teacher comes along, if every rule lets that be. Raises Refused."""
    claim = claims_of([session]).get(session.pk)
    if claim is not None:
        let_go(session, by=by, at=at)
        _claim(session, claim.resource_id, by, at)


def come_along(session: Session, taught_by: Claim | None, *, by: Actor, at: dt.datetime) -> bool:
    """Whoever was to teach the date that this one stands in for teaches here too, unless somebody
    does already. Who cannot does not keep it from taking place: False, and nobody teaches.
    """
    if taught_by is None or claims_of([session]):
        return True
    try:
        with transaction.atomic():
            _claim(session, taught_by.resource_id, by, at)
    except Refused:
        return False
    return True


def let_go(session: Session, *, by: Actor, at: dt.datetime) -> None:
    end_use(reference=reference_of(session), by=by, at=at)


def taught(sessions: Iterable[Session]) -> list[Session]:
    """Those of these sessions that have a teacher."""
    sessions = list(sessions)
    claims = claims_of(sessions)
    return [each for each in sessions if each.pk in claims]


def claims_of(sessions: Sequence[Session]) -> dict[int, Claim]:
    """Session id -> the claim on its teacher; one query."""
    by_reference = {reference_of(each): each.pk for each in sessions}
    rows = Claim.objects.held().filter(reference__in=by_reference).select_related("resource")
    return {by_reference[each.reference]: each for each in rows}


def _assign(
    session: Session, had: Claim | None, teacher_id: int, by: Actor, at: dt.datetime
) -> None:
    try:
        if had is None:
            _claim(session, teacher_id, by, at)
        else:
            swap(claim_id=had.pk, to_resource_id=teacher_id, by=by, at=at)
    except Refused as refused:
        told = {"day": day_of(session.starts_at), "message": refused.message}
        raise Refused(
            refused.code, _("%(day)s：%(message)s") % told, refused.remedy, status=refused.status
        ) from None
    audit.write(
        by=by, at=at, action="session.teacher_assigned", subject=f"session:{session.pk}",
        place=session.site.code, teacher=teacher_id,
    )  # fmt: skip


def _known(teacher_id: int) -> None:
    if not Teacher.objects.filter(pk=teacher_id).exists():
        raise resource_unknown()


def _claim(session: Session, teacher_id: int, by: Actor, at: dt.datetime) -> None:
    claim_all(
        reference=reference_of(session), purpose=session.activity.name, use=Claim.Use.CLASS,
        starts_at=session.starts_at, ends_at=session.ends_at, site=session.site,
        wants=[Want(teacher_id)], for_minors=for_minors(session.activity), by=by, at=at,
    )  # fmt: skip
