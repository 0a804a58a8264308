"""How many copies a branch has shelves for: counted by a person, used by rebalancing."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from yanzhen.groundwork import audit
from yanzhen.library.holdings.models import Copy
from yanzhen.library.rotation import access
from yanzhen.library.rotation.models import ShelfRoom
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

GONE = (Copy.State.WITHDRAWN, Copy.State.LOST)


@dataclass(frozen=True)
class Shelves:
    """A branch, the copies at home there, and the places somebody counted; None: nobody did."""

    node: Node
    housed: int
    counted: int | None

    @property
    def free(self) -> int:
        """What still fits; without a count a tenth more than stands there, twenty at least."""
        return free_places(self.housed, self.counted)


def free_places(housed: int, counted: int | None) -> int:
    """Free shelf places, never below 0."""
    places = housed + max(housed // 10, 20) if counted is None else counted
    return max(places - housed, 0)


def all_shelves() -> list[Shelves]:
    """The hub and the branches that are open, in the order of the tree."""
    levels = [Node.Level.HUB, Node.Level.BRANCH]
    nodes = Node.objects.libraries().serving().filter(level__in=levels)
    housed = Count("home_copies", filter=~Q(home_copies__state__in=GONE))
    counted = dict(ShelfRoom.objects.values_list("node_id", "copies"))
    found = nodes.annotate(housed=housed).order_by("path")
    return [Shelves(node, node.housed, counted.get(node.pk)) for node in found]


def set_room(*, node: Node, copies: int | None, by: Actor, at: dt.datetime) -> None:
    """How many copies the shelves of this branch hold; None forgets it. Raises Refused."""
    with transaction.atomic():
        access.require_deciding(by, node)
        if copies is None:
            ShelfRoom.objects.filter(node=node).delete()
        else:
            ShelfRoom.objects.update_or_create(node=node, defaults={"copies": copies})
        audit.write(
            by=by, at=at, action="shelves.counted", subject=f"node:{node.pk}", place=node.code,
            copies=copies,
        )  # fmt: skip
