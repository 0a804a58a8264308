"""What a session takes for itself: its facility, claimed by whatever makes, moves or ends it.

The claim is named after the session, so the planner shows it and leaves it alone. Runs inside the
transaction of a use-case that has asked who may plan the activity.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from yanzhen.culture.activities import time_rules
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.resources.changing import end_use, restate
from yanzhen.culture.resources.claiming import Want, claim_all, in_the_way
from yanzhen.culture.resources.fitting import Wish
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.resources.placing import locked
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import Actor

_USES: dict[str, str] = {
    Activity.Kind.CLASS: Claim.Use.CLASS, Activity.Kind.VOCATIONAL: Claim.Use.CLASS,
    Activity.Kind.SOCIAL_PRACTICE: Claim.Use.CLASS, Activity.Kind.EXHIBITION: Claim.Use.EXHIBITION,
}  # fmt: skip


@dataclass(frozen=True)
class Holding:
    """How a facility is held besides the session itself: minutes before and after, and why the
    house opens for it on a day it has announced to be closed."""

    set_up: int = 0
    tear_down: int = 0
    opened_specially: str = ""


def reference_of(session: Session) -> str:
    """The name by which the claim of a session is known."""
    return f"session:{session.pk}"


def hold(sessions: Sequence[Session], holding: Holding, *, by: Actor, at: dt.datetime) -> None:
    """Claim the facility of each session that names one; of a series all or none.

    Raises Refused: what stands in the way is named (R15), of a series for every date.
    """
    taking = {each: [Want(each.facility.pk)] for each in sessions if each.facility is not None}
    if len(taking) > 1:
        _ask_for_all(list(taking), holding, at)
    for session, wants in taking.items():
        claim_all(**vars(wish_of(session, holding)), wants=wants, by=by, at=at)


def _ask_for_all(sessions: Sequence[Session], holding: Holding, at: dt.datetime) -> None:
    answers = list(zip(sessions, obstacles(sessions, holding, at=at), strict=True))
    refuse_first(
        time_rules.every_date_of_a_series_has_its_facility(
            [(day_of(each.starts_at), refused.message) for each, refused in answers if refused],
            next((refused.remedy for _session, refused in answers if refused), ""),
        )
    )


def obstacles(
    sessions: Sequence[Session], holding: Holding, *, at: dt.datetime
) -> list[Refused | None]:
    """What keeps each of these sessions, stored or not, out of the one facility they name."""
    wishes = [wish_of(each, holding) for each in sessions]
    facility_id = sessions[0].facility_id if sessions else None
    if facility_id is None:
        return [None] * len(wishes)
    return in_the_way(wishes, facility_id, at=at)


def hold_anew(session: Session, holding: Holding, *, by: Actor, at: dt.datetime) -> None:
    """Give back what the session held and claim what it names now; both halls are locked in one
    order, so that two that change halls never wait for each other. Raises Refused."""
    was = claim_of(session)
    halls = {was.resource_id if was else None, session.facility_id}
    locked(each for each in halls if each is not None)
    let_go(session, by=by, at=at)
    hold([session], holding, by=by, at=at)


def let_go(session: Session, *, by: Actor, at: dt.datetime) -> None:
    """A session that does not take place needs no facility."""
    end_use(reference=reference_of(session), by=by, at=at)


def say_anew(session: Session, *, by: Actor, at: dt.datetime) -> None:
    """The activity has another name, or the session another size. Raises Refused."""
    restate(
        reference=reference_of(session), purpose=session.activity.name, heads=session.capacity,
        by=by, at=at,
    )  # fmt: skip


def claim_of(session: Session) -> Claim | None:
    """What the session holds; None without a facility."""
    rows = Claim.objects.held().filter(reference=reference_of(session))
    return rows.select_related("resource__site").first()


def claims_of(sessions: Sequence[Session]) -> dict[int, Claim]:
    """Session id -> what it holds; one query."""
    by_reference = {reference_of(each): each.pk for each in sessions}
    rows = Claim.objects.held().filter(reference__in=by_reference).select_related("resource")
    return {by_reference[each.reference]: each for each in rows}


def session_named(reference: str) -> Session | None:
    """The session a claim of this reference belongs to."""
    kind, _colon, number = reference.partition(":")
    if kind not in {"session", "teaching"} or not number.isdigit():
        return None
    return Session.objects.select_related("activity__node", "activity__cluster").filter(
        pk=int(number)
    ).first()  # fmt: skip


def holding_of(session: Session) -> Holding:
    """How the session holds its facility now."""
    claim = claim_of(session)
    if claim is None:
        return Holding()
    return Holding(claim.set_up, claim.tear_down, claim.opened_specially)


def wish_of(session: Session, holding: Holding) -> Wish:
    """What a session asks of its facility; the session may not be stored yet."""
    activity = session.activity
    return Wish(
        reference_of(session), activity.name, _USES.get(activity.kind, Claim.Use.ACTIVITY),
        session.starts_at, session.ends_at, session.site, holding.set_up, holding.tear_down,
        session.capacity, opened_specially=holding.opened_specially,
    )  # fmt: skip


def day_of(moment: dt.datetime) -> str:
    """A date of a session in words."""
    return date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")
