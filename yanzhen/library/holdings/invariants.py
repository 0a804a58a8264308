"""What must hold over all copies at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum

from yanzhen.library.holdings.models import Copy, Dispute, HomeMove, StockEvent, Transit
from yanzhen.library.holdings.stock import OUT_OF_STOCK


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


def stock_is_the_sum_of_its_events() -> Iterator[str]:
    """Copy by copy: in stock exactly once, at its owner and under its kind, or nowhere (I15)."""
    own = Q(stock_events__node=F("owning_node"), stock_events__item_kind=F("kind"))
    booked = Copy.objects.annotate(
        here=Sum("stock_events__change", filter=own, default=0),
        all=Sum("stock_events__change", default=0),
    )
    gone = Q(state__in=OUT_OF_STOCK)
    for copy in booked.filter(gone & ~Q(here=0) | ~gone & ~Q(here=1)):
        yield f"copy {copy.barcode} is {copy.state}, but its stock events add up to {copy.here}"
    for copy in booked.exclude(all=F("here")):
        yield f"copy {copy.barcode} is booked where it is not owned, or under another kind"


def a_branch_holds_what_its_events_say() -> Iterator[str]:
    """The totals of the book against the copies, per owning branch and kind (I16)."""
    copies = Copy.objects.exclude(state__in=OUT_OF_STOCK).values_list("owning_node", "kind")
    held = {(node, kind): n for node, kind, n in copies.annotate(n=Count("pk"))}
    events = StockEvent.objects.values_list("node", "item_kind").annotate(n=Sum("change"))
    booked = {(node, kind): n for node, kind, n in events if n}
    for key in sorted(held.keys() | booked.keys()):
        if held.get(key, 0) != booked.get(key, 0):
            yield (
                f"branch {key[0]}, kind {key[1]}: {held.get(key, 0)} copies, "
                f"but its events add up to {booked.get(key, 0)}"
            )


INVARIANTS = (
    a_copy_in_dispute_has_one_open_dispute,
    what_is_in_dispute_is_still_on_its_journey,
    a_copy_belongs_where_its_last_move_brought_it,
    stock_is_the_sum_of_its_events,
    a_branch_holds_what_its_events_say,
    a_copy_on_the_shelf_is_at_home,
    a_copy_in_transit_has_one_open_journey,
    a_journey_starts_where_the_copy_is,
)
