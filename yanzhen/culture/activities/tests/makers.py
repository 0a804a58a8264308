"""Activities for tests, made directly."""

import datetime as dt

from tests import county as makers
from yanzhen.culture.activities.drafting import Answer, Details
from yanzhen.culture.activities.models import Activity, ActivityAccess, Session
from yanzhen.culture.activities.scheduling import Slot
from yanzhen.network.models import Cluster, ClusterMembership, Node, Site
from yanzhen.people.roles import Actor

AT = makers.MONDAY
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ANSWERED = {kind: Answer("unknown") for kind in ActivityAccess.Kind.values}
REASON = "下雨改期"


def officer(node: Node) -> Actor:
    return makers.staff(node, "culture_officer", name="陈专干")


def details(**fields) -> Details:
    return Details(**{"name": "广场舞教学", "kind": "square_dance", "access": ANSWERED, **fields})


def activity(node: Node | None = None, *, answered: bool = True, **fields) -> Activity:
    """A published activity of a branch; every accessibility question answered with unknown."""
    made = Activity.objects.create(
        **{
            "name": "广场舞教学", "kind": "square_dance", "audience": "everybody", "node": node,
            "state": "published", "published_at": AT - DAY, **fields,
        }
    )  # fmt: skip
    if answered:
        ActivityAccess.objects.bulk_create(
            ActivityAccess(activity=made, kind=kind, state="unknown")
            for kind in ActivityAccess.Kind.values
        )
    return made


def session(of: Activity, *, starts_at: dt.datetime = AT + DAY, site: Site | None = None, **fields):
    """Two hours, a hundred heads, at the owner's house, tomorrow."""
    return Session.objects.create(
        **{
            "activity": of, "number": of.sessions.count() + 1, "starts_at": starts_at,
            "ends_at": starts_at + 2 * HOUR, "site": site or of.node.site, "capacity": 100,
            **fields,
        }
    )  # fmt: skip


def slot(site: Site, starts_at: dt.datetime = AT + DAY, **fields) -> Slot:
    return Slot(**{"starts_at": starts_at, "ends_at": starts_at + 2 * HOUR, "site": site,
                   "capacity": 100, **fields})  # fmt: skip


def cluster(*nodes: Node, name: str = "丹山片区") -> Cluster:
    """The towns of these branches as a cluster."""
    made = Cluster.objects.create(name=name, name_en="Danshan Cluster", verification="demo")
    ClusterMembership.objects.bulk_create(
        ClusterMembership(
            cluster=made, division=node.site.division, valid_from=makers.LONG_AGO
        )
        for node in nodes
    )  # fmt: skip
    return made


def twin(node: Node) -> Node:
    """The culture-tree node of the same house, below a culture hub of its own."""
    hub = Node.objects.filter(tree="culture", level="hub").first()
    if hub is None:
        home = Site.objects.create(
            code="culture-centre", name="雁江区文化馆", kind="culture_centre",
            division=node.parent.site.division, verification="demo",
        )  # fmt: skip
        hub = _culture(home, "culture-centre", "hub", None)
    return _culture(node.site, f"{node.code}-culture", "branch", hub)


def _culture(site: Site, code: str, level: str, parent: Node | None) -> Node:
    return Node.objects.create(
        code=code, name=f"{site.name}文化", short_name=site.name[:2], site=site, tree="culture",
        level=level, parent=parent, path=f"{parent.path if parent else ''}{code}.", status="open",
    )  # fmt: skip
