"""Taking copies into stock."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.text import clc
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings import access, rules, stock
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.facts import CopyAdded
from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

_LONGEST_KEY = 160


def add_copy(
    *,
    bib: BibRecord,
    barcode: str,
    kind: ItemKind,
    node: Node,
    call_number: str = "",
    shelf: str = "",
    price: Decimal | None = None,
    by: Actor,
    at: dt.datetime,
) -> Copy:
    """Add one copy of a title, owned by and shelved at `node`. Raises Refused."""
    barcode = scanned(barcode)
    with transaction.atomic():
        access.require_accessioning(by)
        title = BibRecord.objects.select_for_update(no_key=True).get(pk=bib.pk)
        refuse_first(
            rules.a_copy_belongs_to_a_living_title(title.deleted_at is not None),
            rules.a_barcode_is_printable_and_short(barcode),
            rules.a_call_number_fits_on_a_label(call_number),
            rules.a_barcode_is_unique_in_the_network(
                barcode, Copy.objects.filter(barcode=barcode).exists()
            ),
            rules.a_barcode_is_not_a_card_number(
                ReaderCard.objects.filter(number=barcode).exists()
            ),
        )
        copy = Copy.objects.create(
            bib=bib,
            barcode=barcode,
            kind=kind,
            owning_node=node,
            home_node=node,
            current_node=node,
            call_number=call_number,
            call_number_key=clc.sort_key(call_number)[:_LONGEST_KEY],
            shelf=shelf,
            price=price,
            accessioned_on=at.date(),
        )
        stock.record(copy, stock.Kind.ACCESSION, by=by, at=at)
        audit.write(
            by=by,
            at=at,
            action="copy.added",
            subject=f"copy:{copy.pk}",
            place=node.code,
            barcode=barcode,
        )
        outbox.record(CopyAdded(copy.pk, bib.pk, node.code), at=at)
    return copy
