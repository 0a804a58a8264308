"""Reads about copies, for pages and for other packages."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, Q, QuerySet

from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import BarcodeAlias, Copy, Transit
from yanzhen.network.models import Node


def on_shelf() -> Q:
    """The condition under which a reader can take a copy off the shelf now."""
    return Q(state=Copy.State.AVAILABLE, missing=False, in_dispute=False, withdrawal_proposed=False)


def copy_scanned(barcode: str, at_node: Node) -> Copy | None:
    """The copy a scan at this branch means: by barcode, else by the branch's old barcodes."""
    barcode = scanned(barcode)
    copies = _loaded()
    found = copies.filter(barcode=barcode).first()
    if found is None:
        alias = BarcodeAlias.objects.filter(node=at_node, barcode=barcode).first()
        found = copies.filter(pk=alias.copy_id).first() if alias else None
    return found


def copy_id_scanned(barcode: str, at_node: Node) -> int | None:
    """As `copy_scanned`, for whoever locks the copy before looking at it."""
    barcode = scanned(barcode)
    found = Copy.objects.filter(barcode=barcode).values_list("pk", flat=True)[:1]
    alias = BarcodeAlias.objects.filter(node=at_node, barcode=barcode)
    return next(iter(found), None) or alias.values_list("copy_id", flat=True).first()


def locked_copy(copy_id: int) -> Copy:
    """The copy as it stands now, kept from others until the end of this transaction."""
    if connection.features.has_select_for_update:  # SQLite's writing transaction keeps all
        Copy.objects.select_for_update().values_list("pk").get(pk=copy_id)
    return _loaded().get(pk=copy_id)


def _loaded() -> QuerySet[Copy]:
    return Copy.objects.select_related("bib", "kind", "owning_node", "home_node", "current_node")


def journey_of(copy: Copy) -> Transit | None:
    """The open journey of a copy, if it is on the road."""
    return (
        Transit.objects.on_the_road()
        .filter(copy=copy)
        .select_related("from_node", "to_node", "copy")
        .first()
    )


def arriving_at(node: Node) -> QuerySet[Transit]:
    """Journeys on their way to this node, longest on the road first."""
    return _with_titles(Transit.objects.on_the_road().filter(to_node=node))


def leaving_from(node: Node) -> QuerySet[Transit]:
    """Journeys set out from this node and not yet scanned anywhere."""
    return _with_titles(Transit.objects.on_the_road().filter(from_node=node))


def _with_titles(transits: QuerySet[Transit]) -> QuerySet[Transit]:
    return transits.select_related("copy__bib", "from_node", "to_node").order_by("sent_at")


def stock_at(node: Node) -> dict[str, int]:
    """Counts of what stands at a node: copies, titles, on shelf, by material."""
    present = Copy.objects.filter(current_node=node).exclude(
        state__in=[Copy.State.WITHDRAWN, Copy.State.LOST, Copy.State.ON_LOAN]
    )
    return present.aggregate(
        copies=Count("pk"), titles=Count("bib", distinct=True), on_shelf=Count("pk", on_shelf())
    )


def copies_of(bib_ids: Iterable[int]) -> QuerySet[Copy]:
    """All copies of some titles that are still in stock."""
    return Copy.objects.filter(bib__in=bib_ids).exclude(state=Copy.State.WITHDRAWN)


def hub_of(node: Node) -> Node:
    """The main library of the network a node is in: it catalogues, decides and mends."""
    return Node.objects.get(path=f"{node.path.split('.')[0]}.")
