"""What must hold over all sessions at every commit; each yields sentences of what does not."""

from collections.abc import Iterator

from yanzhen.culture.activities import teaching
from yanzhen.culture.activities.holding import reference_of
from yanzhen.culture.activities.models import Session
from yanzhen.culture.resources.models import Claim
from yanzhen.groundwork import clock


def every_session_to_come_holds_its_facility() -> Iterator[str]:
    """Rain dates too; and what is cancelled or names no facility holds none."""
    now = clock.now()
    claims = {
        each.reference: each
        for each in Claim.objects.held().filter(reference__startswith="session:", ends_at__gt=now)
    }
    wanting = Session.objects.filter(ends_at__gt=now, facility__isnull=False)
    for session in wanting.exclude(state=Session.State.CANCELLED):
        claim = claims.pop(reference_of(session), None)
        if claim is None:
            yield f"session {session.pk} has not claimed facility {session.facility_id}"
        elif (claim.resource_id, claim.starts_at, claim.ends_at) != (
            session.facility_id, session.starts_at, session.ends_at,
        ):  # fmt: skip
            yield f"session {session.pk} is not when or where its claim {claim.pk} is"
    for reference, claim in claims.items():
        yield f"claim {claim.pk} is held for {reference}, which does not need it"


def a_teacher_is_held_for_a_session_to_come_when_and_where_it_is() -> Iterator[str]:
    """What is cancelled or has moved keeps nobody."""
    now = clock.now()
    claims = {
        each.reference: each
        for each in Claim.objects.held().filter(reference__startswith="teaching:", ends_at__gt=now)
    }
    for session in Session.objects.filter(ends_at__gt=now).exclude(state=Session.State.CANCELLED):
        claim = claims.pop(teaching.reference_of(session), None)
        if claim and (claim.starts_at, claim.ends_at, claim.site_id) != (
            session.starts_at, session.ends_at, session.site_id,
        ):  # fmt: skip
            yield f"session {session.pk} is not when or where its teacher's claim {claim.pk} is"
    for reference, claim in claims.items():
        yield f"claim {claim.pk} holds a teacher for {reference}, which does not need one"


INVARIANTS = (
    every_session_to_come_holds_its_facility,
    a_teacher_is_held_for_a_session_to_come_when_and_where_it_is,
)
