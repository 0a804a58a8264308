"""Which towns have which branches (R01, R06)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet

from yanzhen.network.models import CentralTown, Cluster, ClusterMembership, Division, Node

NO_NODE = "none"
TREES = (Node.Tree.LIBRARY, Node.Tree.CULTURE)


@dataclass(frozen=True)
class TownCover:
    """A town with what stands in it on a day; `central` is the spell in force."""

    division: Division
    on: dt.date
    branches: dict[str, Node] = field(default_factory=dict)
    central: CentralTown | None = None
    cluster: Cluster | None = None
    service_points: int = 0

    def status(self, tree: str) -> str:
        """none, planned, building or open; what opens on a later day is still being built."""
        node = self.branches.get(tree)
        if node is None:
            return NO_NODE
        early = node.status == Node.Status.OPEN and node.opened_on and node.opened_on > self.on
        return Node.Status.BUILDING if early else node.status

    @property
    def library(self) -> str:
        return self.status(Node.Tree.LIBRARY)

    @property
    def culture(self) -> str:
        return self.status(Node.Tree.CULTURE)

    @property
    def missing(self) -> tuple[str, ...]:
        """The trees in which the town has no open branch."""
        return tuple(tree for tree in TREES if self.status(tree) != Node.Status.OPEN)

    @property
    def counted(self) -> int:
        """0, 1 or 2 of the two branches a town should have (R06)."""
        return len(TREES) - len(self.missing)


def coverage(on: dt.date) -> list[TownCover]:
    """Every living town with its branches, by code; five queries."""
    branches: dict[int, dict[str, Node]] = {}
    for node in _branches():
        branches.setdefault(node.site.division_id, {})[node.tree] = node
    spells = {spell.division_id: spell for spell in CentralTown.objects.on(on)}
    members = ClusterMembership.objects.on(on).select_related("cluster")
    clusters = {member.division_id: member.cluster for member in members}
    points = _service_points_by_town()
    return [
        TownCover(
            town,
            on,
            branches.get(town.pk, {}),
            spells.get(town.pk),
            clusters.get(town.pk),
            points.get(town.pk, 0),
        )
        for town in Division.objects.towns()
    ]


def central_coverage(covers: Iterable[TownCover]) -> tuple[int, int, list[TownCover]]:
    """(branches open, branches due, towns with one missing) over the central towns (R06, I01)."""
    central = [cover for cover in covers if cover.central]
    lacking = [cover for cover in central if cover.missing]
    return sum(cover.counted for cover in central), len(TREES) * len(central), lacking


def _branches() -> QuerySet[Node]:
    return (
        Node.objects.filter(level=Node.Level.BRANCH)
        .exclude(status=Node.Status.CLOSED)
        .select_related("site")
    )


def _service_points_by_town() -> dict[int, int]:
    """Places, not nodes: a village room in both trees is one service point."""
    rows = (
        Node.objects.serving()
        .filter(level=Node.Level.SERVICE_POINT)
        .values(town=F("site__division__parent"))
        .annotate(places=Count("site", distinct=True))
    )
    return {row["town"]: row["places"] for row in rows}
