"""Activities and their sessions."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from pydantic import Field

from yanzhen.culture.activities.models import Activity, ActivityAccess, Session
from yanzhen.culture.activities.queries import access_answers
from yanzhen.culture.activities.tagging import tags_of
from yanzhen.culture.almanac.models import SessionTag
from yanzhen.doors.api.shapes.forms import Row, Shape, Term, moment, term


class Answer(Shape):
    """One accessibility fact of an activity."""

    feature: Term = Field(description="wheelchair_places, sign_language, subtitles, …")
    state: Term = Field(description="present, absent or unknown")
    note: str = Field(description="A remark for visitors")


class ActivityLine(Shape):
    """An activity the public was told of."""

    id: int = Field(description="As in /activities/{id}")
    name: str = Field(description="In the language of Accept-Language")
    kind: Term = Field(description="square_dance, lecture, exhibition, …")
    audience: Term = Field(description="everybody, children, families, elders, …")
    age_from: int | None = Field(description="Youngest age, years")
    age_to: int | None = Field(description="Oldest age, years")
    introduction: str = Field(description="A few sentences")
    node: str | None = Field(description="Code of the branch that offers it; null for a joint one")
    cluster: str | None = Field(description="Name of the cluster that offers it together")
    fee: int = Field(description="Yuan a person; 0 is free")
    public_benefit: bool = Field(description="Marked 公益; never with a fee")
    state: Term = Field(description="published or cancelled")
    accessibility: list[Answer] = Field(description="Every question, answered or not")


class SessionLine(Shape):
    """One date of an activity."""

    id: int = Field(description="As in /sessions/{id}")
    activity: int = Field(description="As in /activities/{id}")
    name: str = Field(description="Name of the activity")
    kind: Term = Field(description="Kind of the activity")
    starts_at: dt.datetime = Field(description="With the county's offset")
    ends_at: dt.datetime = Field(description="With the county's offset")
    site: str = Field(description="Name of the place")
    facility: str | None = Field(description="Room or built place at the site")
    address: str = Field(description="Street address; empty where not known")
    division: str = Field(description="Code of the town, village or county of the place")
    capacity: int = Field(description="Heads there is room for")
    fee: int = Field(description="Yuan a person; 0 is free")
    state: Term = Field(description="scheduled or cancelled")
    tag: Term = Field(description="When in a pupil's life: after_class, school_hours, weekend, "
                      "public_holiday, winter, summer, … or unknown")  # fmt: skip
    sequence: int = Field(description="Rises whenever the date is moved or cancelled")


class Move(Shape):
    """A change of time or place."""

    from_starts_at: dt.datetime = Field(description="When it was to start before")
    to_starts_at: dt.datetime = Field(description="When it was to start after")
    from_site: str = Field(description="Where it was to be before")
    to_site: str = Field(description="Where it was to be after")
    reason: str = Field(description="Why, as the public reads it")
    at: dt.datetime = Field(description="When it was changed")


class SessionDetail(SessionLine):
    """One date with what happened to it."""

    way_in: str = Field(description="How to get in")
    cancelled_because: str = Field(description="The reason; empty while it takes place")
    rain_date: int | None = Field(description="The session that takes place instead")
    moves: list[Move] = Field(description="In the order they were made")


def activity_line(activity: Activity) -> Row:
    """Needs `node`, `cluster` and `access_facts` loaded."""
    return {
        "id": activity.pk,
        "name": activity.label,
        "kind": term(Activity.Kind(activity.kind)),
        "audience": term(Activity.Audience(activity.audience)),
        "age_from": activity.age_from,
        "age_to": activity.age_to,
        "introduction": activity.about,
        "node": activity.node.code if activity.node else None,
        "cluster": activity.cluster.label if activity.cluster else None,
        "fee": activity.fee,
        "public_benefit": activity.public_benefit,
        "state": term(Activity.State(activity.state)),
        "accessibility": [_answer(each) for each in access_answers(activity)],
    }


def _answer(fact: ActivityAccess) -> Row:
    """What nobody answered is unknown to a program."""
    state = ActivityAccess.State(fact.state or ActivityAccess.State.UNKNOWN)
    return {
        "feature": term(ActivityAccess.Kind(fact.kind)), "state": term(state), "note": fact.note,
    }  # fmt: skip


def session_lines(sessions: Sequence[Session]) -> list[Row]:
    """Needs the activity, the site with its division, and the facility loaded."""
    tags = tags_of(sessions)
    return [_session_line(each, tags[each.pk]) for each in sessions]


def _session_line(session: Session, tag: SessionTag) -> Row:
    activity, site = session.activity, session.site
    return {
        "id": session.pk,
        "activity": activity.pk,
        "name": activity.label,
        "kind": term(Activity.Kind(activity.kind)),
        "starts_at": moment(session.starts_at),
        "ends_at": moment(session.ends_at),
        "site": site.label,
        "facility": session.facility.label if session.facility else None,
        "address": site.address,
        "division": site.division.code,
        "capacity": session.capacity,
        "fee": activity.fee,
        "state": term(_state(session)),
        "tag": term(tag),
        "sequence": session.sequence,
    }


def _state(session: Session) -> Session.State:
    off = session.activity.state == Activity.State.CANCELLED
    return Session.State.CANCELLED if off else Session.State(session.state)


def session_detail(session: Session, rain_date_id: int | None) -> Row:
    (line,) = session_lines([session])
    return {
        **line,
        "way_in": session.way_in,
        "cancelled_because": _why(session),
        "rain_date": rain_date_id,
        "moves": [
            {
                "from_starts_at": moment(move.from_starts_at),
                "to_starts_at": moment(move.to_starts_at),
                "from_site": move.from_site.label,
                "to_site": move.to_site.label,
                "reason": move.reason,
                "at": moment(move.at),
            }
            for move in session.moves.select_related("from_site", "to_site")
        ],
    }


def _why(session: Session) -> str:
    if _state(session) != Session.State.CANCELLED:
        return ""
    for told in (session, session.activity):
        row = getattr(told, "cancellation", None)
        if row is not None:
            return row.reason
    return _("已取消")
