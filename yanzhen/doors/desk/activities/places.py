"""Whose activities: a house has one desk for both its nodes, and shares in its cluster's."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from yanzhen.culture.activities.access import may_plan_at
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.activities.queries import loaded, planned_at
from yanzhen.culture.resources.access import managed_sites
from yanzhen.culture.resources.models import Facility
from yanzhen.doors.gate import Request
from yanzhen.groundwork import clock
from yanzhen.network.models import Cluster, Node, Site
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor


@dataclass(frozen=True)
class Desk:
    """The house somebody plans at; `node` is its library node if it has one, else the other."""

    node: Node
    houses: QuerySet[Node]
    clusters: list[Cluster]

    @property
    def activities(self) -> QuerySet[Activity]:
        """All that this desk plans, drafts too."""
        return planned_at(self.houses, [cluster.pk for cluster in self.clusters])

    @property
    def owners(self) -> list[tuple[str, str]]:
        """(value, word) of who may offer a new one: the nodes of the house, then its cluster."""
        own = [(f"n{node.pk}", node.label) for node in self.houses if node.site == self.node.site]
        return [*own, *((f"c{cluster.pk}", cluster.label) for cluster in self.clusters)]

    @property
    def sites(self) -> QuerySet[Site]:
        """Places to choose: the town's own with its villages first, then every larger house."""
        town = self.node.site.division
        near = Q(division=town) | Q(division__parent=town)
        found = Site.objects.filter(near | ~Q(kind=Site.Kind.VILLAGE_ROOM))
        return found.select_related("division").order_by("division__code", "code")


def planning_desk(request: Request, code: str) -> Desk:
    """The desk of this code, of either tree, if whoever asks plans there. Raises Http404, Refused.

    A hub sees what its branches plan, a branch what its house and its cluster plan.
    """
    node = Node.objects.serving().select_related("site__division").filter(code=code).first()
    if node is None:
        raise Http404(_("没有这个分馆。"))
    if not may_plan_at(request.actor, node):
        require(request.actor, PLAN_ACTIVITIES, node)
    # The other work of the house is done at its library desk: one address for both.
    library = Node.objects.libraries().serving().filter(site=node.site_id)
    node = library.select_related("site__division").first() or node
    house = Node.objects.filter(site=node.site_id)
    below = Q()
    for path in house.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    houses = Node.objects.filter(below).select_related("site").order_by("tree", "path")
    if node.level == Node.Level.HUB:
        return Desk(node, houses, list(Cluster.objects.all()))
    spells = node.site.division.cluster_spells.on(clock.today()).select_related("cluster")
    return Desk(node, houses, [spell.cluster for spell in spells])


def halls_of(by: Actor, sites: QuerySet[Site], kept: int | None = None) -> QuerySet[Facility]:
    """The facilities at these places `by` may claim, and the one with the id `kept`."""
    own = Facility.objects.standing().filter(site__in=managed_sites(by) & _ids(sites))
    found = own | Facility.objects.filter(pk=kept) if kept else own
    return found.select_related("site").order_by("site__code", "pk")


def _ids(sites: QuerySet[Site]) -> set[int]:
    return set(sites.values_list("pk", flat=True))


def activity_at(desk: Desk, activity_id: int) -> Activity:
    """One of this desk's activities. Raises Http404."""
    found = desk.activities.filter(pk=activity_id).first()
    if found is None:
        raise Http404(_("没有这个活动。"))
    return found


def session_at(desk: Desk, activity_id: int, session_id: int) -> Session:
    """One date of one of this desk's activities. Raises Http404."""
    activity = activity_at(desk, activity_id)
    session = loaded(activity.sessions.all()).filter(pk=session_id).first()
    if session is None:
        raise Http404(_("没有这一场。"))
    return session
