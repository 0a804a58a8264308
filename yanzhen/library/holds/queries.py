"""Reads about holds, for pages and for other packages."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.models import Hold, HoldQuerySet, QueueChange
from yanzhen.network.models import Node
from yanzhen.people.models import Person


def pickup_nodes() -> QuerySet[Node]:
    """Where a hold can be fetched: the desks of the library tree that serve."""
    return (
        Node.objects.libraries()
        .serving()
        .filter(level__in=[Node.Level.HUB, Node.Level.BRANCH])
        .order_by("path")
    )


def is_pickup_node(node: Node | None) -> bool:
    return node is not None and pickup_nodes().filter(pk=node.pk).exists()


def _loaded(holds: HoldQuerySet) -> QuerySet[Hold]:
    return holds.numbered().select_related(
        "bib", "pickup_node", "copy__current_node", "target__current_node", "person", "card",
        "rule__category",
    )  # fmt: skip


def live_holds_of(person_id: int) -> QuerySet[Hold]:
    """What a person waits for, what is ready first."""
    rows = _loaded(Hold.objects.live().filter(person=person_id))
    return rows.order_by(F("pickup_until").asc(nulls_last=True), "placed_at", "pk")


def ready_for(person_id: int, node: Node) -> QuerySet[Hold]:
    """What stands on this branch's hold shelf for a person."""
    return _loaded(Hold.objects.ready().filter(person=person_id, pickup_node=node))


@dataclass(frozen=True)
class Counts:
    """A person's holds: on a hold shelf, in a queue, on the way."""

    ready: int
    waiting: int
    in_transit: int


def counts_for(person_id: int) -> Counts:
    """One query; machines show `ready` as available, the other two as unavailable."""
    state = Hold.State
    found = Hold.objects.filter(person=person_id).aggregate(
        ready=Count("pk", Q(state=state.READY)),
        waiting=Count("pk", Q(state=state.WAITING)),
        in_transit=Count("pk", Q(state=state.ON_ITS_WAY)),
    )
    return Counts(**found)


def queue_length(bib_id: int) -> int:
    """How many wait for a title."""
    return Hold.objects.waiting().filter(bib=bib_id).count()


def live_hold_on(bib_id: int, person_id: int) -> Hold | None:
    return _loaded(Hold.objects.live().filter(bib=bib_id, person=person_id)).first()


def captor_of(copy: Copy) -> Hold | None:
    """Whose copy this is: on its way or on the hold shelf."""
    return _loaded(Hold.objects.captured().filter(copy=copy)).first()


def pull_list(node: Node) -> QuerySet[Hold]:
    """What to fetch from the shelves of this branch, in the order of the shelves."""
    rows = Hold.objects.waiting().filter(target__current_node=node)
    return _loaded(rows).order_by("target__call_number_key", "target__call_number", "pk")


def hold_shelf(node: Node) -> QuerySet[Hold]:
    """What waits to be fetched here, the first to run out on top."""
    rows = Hold.objects.ready().filter(pickup_node=node)
    return _loaded(rows).order_by("pickup_until", "pk")


def to_take_off(node: Node) -> QuerySet[Copy]:
    """Copies on the hold shelf of this branch that nobody will fetch here any more: scan them."""
    ready = Hold.objects.ready().filter(copy=OuterRef("pk"))
    rows = Copy.objects.filter(~Exists(ready), state=Copy.State.ON_HOLD_SHELF, current_node=node)
    return rows.select_related("bib").order_by("bib__title", "pk")


def queue_of(bib_id: int) -> QuerySet[Hold]:
    """Who waits for a title, in order."""
    return _loaded(Hold.objects.waiting().filter(bib=bib_id)).order_by("place")


def captured_of(bib_id: int) -> QuerySet[Hold]:
    """For whom copies of a title are set aside, on their way or ready."""
    return _loaded(Hold.objects.captured().filter(bib=bib_id)).order_by("pk")


def waited_for(limit: int = 100) -> list[tuple[int, str, int]]:
    """(Title's id, title, how many wait), the longest queue first."""
    rows = Hold.objects.waiting().values("bib", "bib__title").annotate(n=Count("pk"))
    found = rows.order_by("-n", "bib__title", "bib")[:limit]
    return [(row["bib"], row["bib__title"], row["n"]) for row in found]


def changes_of(bib_id: int, limit: int = 20) -> QuerySet[QueueChange]:
    """Who was moved in the queue of a title and why, newest first."""
    rows = QueueChange.objects.filter(hold__bib=bib_id).select_related("hold__person")
    return rows.order_by("-at", "-pk")[:limit]


def to_be_told(hold_id: int, copy_id: int) -> Person | None:
    """Whom a notice about a ready hold goes to, if it is still ready with this copy; else None."""
    hold = Hold.objects.ready().filter(pk=hold_id, copy=copy_id).select_related("person").first()
    return hold.person if hold else None


def holds_of_copy(copy_id: int) -> QuerySet[Hold]:
    """The holds this copy was set aside for or was wanted by, the newest first."""
    of_copy = Hold.objects.filter(Q(copy=copy_id) | Q(wanted_copy=copy_id))
    return of_copy.select_related("pickup_node").order_by("-placed_at", "-pk")
