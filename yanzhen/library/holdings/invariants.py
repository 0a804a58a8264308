"""What must hold over all copies at every commit; each yields plain sentences of what does not."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Subquery

from yanzhen.library.holdings.models import Copy, Transit


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


INVARIANTS = (
    a_copy_on_the_shelf_is_at_home,
    a_copy_in_transit_has_one_open_journey,
    a_journey_starts_where_the_copy_is,
)
