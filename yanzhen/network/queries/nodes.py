"""Sets of divisions and nodes."""

import datetime as dt

from django.db.models import Q, QuerySet

from yanzhen.network.models import Division, Node


def district() -> Division:
    """The county itself."""
    return Division.objects.get(kind=Division.Kind.COUNTY)


def towns() -> QuerySet[Division]:
    """The living towns and subdistricts, by code."""
    return Division.objects.towns()


def nodes_of(division: Division) -> QuerySet[Node]:
    """Nodes of both trees that stand in a division or in its villages."""
    here = Q(site__division=division) | Q(site__division__parent=division)
    return Node.objects.filter(here).select_related("site__division")


def hubs() -> QuerySet[Node]:
    """The main library first, then the culture centre."""
    return Node.objects.filter(level=Node.Level.HUB).select_related("site").order_by("-tree")


def serving_library_nodes() -> QuerySet[Node]:
    """Library nodes open to the public: the hub, then town by town with its service points."""
    return (
        Node.objects.libraries().serving().select_related("site__division")
        .order_by("site__division__code", "path")
    )


def is_central(division: Division, on: dt.date) -> bool:
    """True if the town is a central town on that day (R01)."""
    return division.central_spells.on(on).exists()
