"""Reads about activities and sessions, for pages and for other packages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils import timezone

from yanzhen.culture.activities.models import Activity, ActivityAccess, Session
from yanzhen.culture.activities.tagging import tagged
from yanzhen.culture.activities.time_rules import LONGEST
from yanzhen.culture.almanac.models import SessionTag
from yanzhen.groundwork.clock import local_day
from yanzhen.network.models import ClusterMembership, Division, Node, Site

Fact = ActivityAccess.Kind
FOR_CHILDREN = (Activity.Audience.CHILDREN, Activity.Audience.FAMILIES)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; `days` are the first and the last day, none for any.

    `tag` is looked for within `days` and as long before as a session may have begun.
    """

    text: str = ""
    town: Division | None = None
    kind: str = ""
    free: bool = False
    wheelchair: bool = False
    sign_language: bool = False
    children: bool = False
    days: tuple[dt.date, dt.date] | None = None
    tag: SessionTag | None = None


def loaded(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With all that a line of a list says; no query more a row."""
    return sessions.select_related(
        "activity__node__site", "activity__cluster", "site__division__parent", "facility"
    )


def sessions_for(wanted: Wanted) -> QuerySet[Session]:
    """What the public may see and what fits, in order of time; cancelled ones are among them."""
    found = loaded(Session.objects.shown())
    if wanted.town:
        found = found.filter(in_town(wanted.town))
    if wanted.kind:
        found = found.filter(activity__kind=wanted.kind)
    if wanted.free:
        found = found.filter(activity__fee=0)
    if wanted.children:
        found = found.filter(activity__audience__in=FOR_CHILDREN)
    for fact in _facts(wanted):
        present = ActivityAccess.objects.filter(
            activity=OuterRef("activity"), kind=fact, state=ActivityAccess.State.PRESENT
        )
        found = found.filter(Exists(present))
    for word in wanted.text.split():
        found = found.filter(
            Q(activity__name__icontains=word)
            | Q(activity__name_en__icontains=word)
            | Q(activity__introduction__icontains=word)
            | Q(site__name__icontains=word)
        )
    if wanted.days:
        first, last = wanted.days
        found = found.filter(between(first, last))
        if wanted.tag:
            found = found.filter(tagged(wanted.tag, first - LONGEST, last))
    return found


def _facts(wanted: Wanted) -> list[str]:
    asked = {Fact.WHEELCHAIR_PLACES: wanted.wheelchair, Fact.SIGN_LANGUAGE: wanted.sign_language}
    return [fact for fact, is_asked in asked.items() if is_asked]


def between(first: dt.date, last: dt.date) -> Q:
    """Sessions of which some part lies in these days of the county, both included."""
    return Q(starts_at__lt=midnight(last + dt.timedelta(days=1)), ends_at__gt=midnight(first))


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins in the county."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def in_town(town: Division) -> Q:
    """Sessions shown under a town: held there, offered by its branches, or by its cluster (R09).

    A cluster counts for the towns that belong to it on the day of the session.
    """
    member = ClusterMembership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("starts_at__date")),
        cluster=OuterRef("activity__cluster"), division=town,
        valid_from__lte=OuterRef("starts_at__date"),
    )  # fmt: skip
    return (
        Q(site__division=town)
        | Q(site__division__parent=town)
        | Q(activity__node__site__division=town)
        | Q(activity__node__site__division__parent=town)
        | Q(Exists(member))
    )


def joint_towns(activity: Activity, on: dt.date) -> list[Division]:
    """The towns that offer it together; none for an activity of one branch."""
    if activity.cluster is None:
        return []
    members = activity.cluster.memberships.on(on).select_related("division")
    return [member.division for member in members.order_by("division__code")]


def near_and_soon(at: dt.datetime, most: int, site: Site | None = None) -> list[Session]:
    """The next sessions that take place, at one site or anywhere; what began before today, such
    as an exhibition, stands behind what is still to come."""
    under_way = ExpressionWrapper(
        Q(starts_at__lt=midnight(local_day(at))), output_field=BooleanField()
    )
    found = loaded(Session.objects.taking_place().filter(ends_at__gt=at))
    found = found.annotate(under_way=under_way).order_by("under_way", "starts_at", "pk")
    if site is not None:
        nodes = Node.objects.filter(site=site)
        found = found.filter(Q(site=site) | Q(activity__node__in=nodes))
    return list(found[:most])


def session_shown(session_id: int) -> Session | None:
    """The session as the public sees it; None for a draft or a rain date nobody was told of."""
    found = loaded(Session.objects.shown()).select_related("cancellation", "activity__cancellation")
    return found.filter(pk=session_id).first()


def activity_shown(activity_id: int) -> Activity | None:
    found = Activity.objects.announced().select_related("node__site", "cluster", "cancellation")
    return found.filter(pk=activity_id).first()


def activities_shown() -> QuerySet[Activity]:
    """Every announced activity with its accessibility facts, the latest published first."""
    return (
        Activity.objects.announced()
        .select_related("node", "cluster")
        .prefetch_related("access_facts")
        .order_by("-published_at", "-pk")
    )


def access_answers(activity: Activity) -> list[ActivityAccess]:
    """One entry a kind in the order of the choices; what nobody answered has an empty state."""
    rows = {row.kind: row for row in activity.access_facts.all()}
    return [rows.get(kind) or ActivityAccess(kind=kind, state="") for kind in Fact.values]


def planned_at(nodes: QuerySet[Node], clusters: list[int]) -> QuerySet[Activity]:
    """All activities of these branches and clusters, drafts too, newest first."""
    owned = Q(node__in=nodes) | Q(cluster__in=clusters)
    ahead = Prefetch("sessions", queryset=Session.objects.order_by("starts_at"))
    found = Activity.objects.filter(owned).select_related("node", "cluster")
    return found.prefetch_related(ahead).order_by("-pk")
