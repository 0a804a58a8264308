"""All a branch's own page needs, gathered in few queries."""

import datetime as dt
from dataclasses import dataclass

from yanzhen.network.models import (
    AccessFeature,
    CentralTown,
    Cluster,
    Division,
    Holiday,
    Node,
    ResidentCount,
)
from yanzhen.network.opening import Calendar, calendar_of


@dataclass(frozen=True)
class Branch:
    """A node with its place, its other tree, what lies below it and when it is open."""

    node: Node
    twin: Node | None
    calendar: Calendar
    features: list[AccessFeature]
    service_points: list[Node]
    residents: ResidentCount | None
    central: CentralTown | None
    cluster: Cluster | None
    holidays: dict[dt.date, Holiday]

    @property
    def town(self) -> Division:
        """The town, subdistrict or county the place lies in."""
        division = self.node.site.division
        village = division.kind in {Division.Kind.VILLAGE, Division.Kind.COMMUNITY}
        return division.parent if village and division.parent else division


def branch(code: str, *, on: dt.date) -> Branch | None:
    """The branch with this node code as it stands on a day; None if there is none.

    Holidays are those of the seven days from `on`.
    """
    node = (
        Node.objects.select_related("site__division__parent", "parent__site")
        .prefetch_related("site__nodes", "site__access_features")
        .filter(code=code)
        .first()
    )
    if node is None:
        return None
    division = node.site.division
    member = division.cluster_spells.on(on).select_related("cluster").first()
    return Branch(
        node=node,
        twin=next((other for other in node.site.nodes.all() if other.pk != node.pk), None),
        calendar=calendar_of(node.pk),
        features=_every_kind(node.site.access_features.all()),
        service_points=list(
            node.children.serving()
            .filter(level=Node.Level.SERVICE_POINT)
            .select_related("site__division")
        ),
        residents=division.resident_counts.order_by("-year").first(),
        central=division.central_spells.on(on).first(),
        cluster=member.cluster if member else None,
        holidays=_holidays(on),
    )


def _every_kind(rows) -> list[AccessFeature]:
    """One entry a kind of feature in the order of the choices; what nobody looked at is unknown."""
    known = {row.kind: row for row in rows}
    return [known.get(kind) or AccessFeature(kind=kind) for kind in AccessFeature.Kind.values]


def _holidays(first: dt.date) -> dict[dt.date, Holiday]:
    week = first, first + dt.timedelta(days=6)
    return {holiday.day: holiday for holiday in Holiday.objects.filter(day__range=week)}
