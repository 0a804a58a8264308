"""What must hold over all copies at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Subquery

from yanzhen.library.holdings.models import Copy, Dispute, HomeMove, Transit


def a_copy_in_transit_has_one_open_journey() -> Iterator[str]:
    open_journey = Transit.objects.on_the_road().filter(copy=OuterRef("pk"))
    for copy in Copy.objects.filter(~Exists(open_journey), state=Copy.State.IN_TRANSIT):
        yield f"copy {copy.barcode} is in transit without a journey"
    for copy in Copy.objects.filter(Exists(open_journey)).exclude(state=Copy.State.IN_TRANSIT):
        yield f"copy {copy.barcode} is on a journey but in state {copy.state}"


def a_journey_starts_where_the_copy_is() -> Iterator[str]:
    rows = Transit.objects.on_the_road().select_related("copy")
    for transit in rows:
        if transit.from_node_id != transit.copy.current_node_id:
            yield f"copy {transit.copy.barcode} is not where its journey set out"


def a_copy_on_the_shelf_is_at_home() -> Iterator[str]:
    """Anywhere else it must be on its way; only an aborted journey leaves it where it set out."""
    last = Transit.objects.filter(copy=OuterRef("pk")).order_by("-pk")
    strays = (
        Copy.objects.filter(state=Copy.State.AVAILABLE)
        .exclude(current_node=F("home_node"))
        .annotate(last_ending=Subquery(last.values("ending")[:1]))
    )
    for copy in strays.exclude(last_ending=Transit.Ending.ABORT):
        yield f"copy {copy.barcode} stands away from home and is not on its way"


def a_copy_in_dispute_has_one_open_dispute() -> Iterator[str]:
    open_dispute = Dispute.objects.filter(copy=OuterRef("pk"), ended_at=None)
    for copy in Copy.objects.filter(~Exists(open_dispute), in_dispute=True):
        yield f"copy {copy.barcode} is in dispute and nobody says why"
    for copy in Copy.objects.filter(Exists(open_dispute), in_dispute=False):
        yield f"copy {copy.barcode} has an open dispute and does not show it"


def what_is_in_dispute_is_still_on_its_journey() -> Iterator[str]:
    for dispute in Dispute.objects.filter(ended_at=None).select_related("copy", "transit"):
        if dispute.transit.ended_at or dispute.copy.state != Copy.State.IN_TRANSIT:
            yield f"copy {dispute.copy.barcode} is in dispute but no longer on its journey"


def a_copy_belongs_where_its_last_move_brought_it() -> Iterator[str]:
    last = HomeMove.objects.filter(copy=OuterRef("pk")).order_by("-pk")
    moved = Copy.objects.annotate(moved_to=Subquery(last.values("to_node")[:1]))
    for copy in moved.filter(moved_to__isnull=False).exclude(moved_to=F("home_node")):
        yield f"copy {copy.barcode} changed its home without a document"


INVARIANTS = (
    a_copy_in_dispute_has_one_open_dispute,
    what_is_in_dispute_is_still_on_its_journey,
    a_copy_belongs_where_its_last_move_brought_it,
    a_copy_on_the_shelf_is_at_home,
    a_copy_in_transit_has_one_open_journey,
    a_journey_starts_where_the_copy_is,
)
