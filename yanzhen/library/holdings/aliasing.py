"""Old barcodes that two branches once shared: at its own branch one still means its copy."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import access, rules
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import BarcodeAlias, Copy
from yanzhen.library.holdings.queries import locked_copy
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def add_alias(
    *, copy_id: int, node: Node, barcode: str, by: Actor, at: dt.datetime
) -> BarcodeAlias:
    """Let an old barcode mean this copy at `node`. Raises Refused."""
    barcode = scanned(barcode)
    with transaction.atomic():
        copy = locked_copy(copy_id)
        access.require_handling(by, node)
        known = BarcodeAlias.objects.filter(node=node, barcode=barcode).first()
        refuse_first(
            rules.a_barcode_is_printable_and_short(barcode),
            rules.a_barcode_is_unique_in_the_network(
                barcode, Copy.objects.filter(barcode=barcode).exists()
            ),
            rules.a_barcode_is_not_a_card_number(
                ReaderCard.objects.filter(number=barcode).exists()
            ),
            rules.an_old_barcode_means_one_copy(known is not None and known.copy_id != copy.pk),
        )
        if known:
            return known
        alias = BarcodeAlias.objects.create(node=node, barcode=barcode, copy=copy)
        audit.write(
            by=by, at=at, action="copy.alias_added", subject=f"copy:{copy.pk}", place=node.code,
            barcode=barcode,
        )  # fmt: skip
    return alias
