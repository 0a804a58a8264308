"""Copies made of what records tell in 905, when asked: the field itself stays a mere note."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.catalogue import matching
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.marc import reading
from yanzhen.library.catalogue.marc.holdings905 import ProposedCopy, proposed_copies
from yanzhen.library.catalogue.marc.iso2709 import Damaged
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.titles import title_of
from yanzhen.library.holdings import rules
from yanzhen.library.holdings.accessioning import add_copy
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy, HoldingsMapping
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

_PRICE = re.compile(r"(?<![0-9.])([0-9]{1,6}(?:\.[0-9]{1,2})?)(?![0-9.])")
_LONGEST_SHELF = 60
MADE, THERE, REFUSED = "made", "there", "refused"


class Line(NamedTuple):
    """One proposed copy of record `number` of a file: what came of it, and why not."""

    number: int
    title: str
    copy: ProposedCopy
    outcome: str
    note: str = ""


def make_copies(
    file: BinaryIO,
    mapping: HoldingsMapping,
    *,
    encoding: str = "auto",
    dry_run: bool = False,
    by: Actor,
    at: dt.datetime,
) -> list[Line]:
    """Make the copies the records of `file` tell of; a dry run only says what would be made.

    The titles must have been taken in before; in a dry run they may be to come. A barcode that
    stands on a copy of the same title is `THERE`, so the same file twice makes nothing twice.
    Raises Refused when `by` may not.
    """
    require_cataloguing(by)
    making = _Making(mapping, dry_run, by, at)
    lines: list[Line] = []
    for taken in reading.read(file, encoding):
        if not isinstance(taken, Damaged):
            lines += making.of(taken.record, taken.number)
    made = sum(line.outcome == MADE for line in lines)
    with transaction.atomic():
        audit.write(
            by=by, at=at, action="copies.from-records", subject=f"mapping:{mapping.pk}",
            dry_run=dry_run, made=made, refused=sum(line.outcome == REFUSED for line in lines),
        )  # fmt: skip
    return lines


def looked_at(
    record: Record, mapping: HoldingsMapping, *, by: Actor, at: dt.datetime
) -> list[Line]:
    """What a mapping would make of one record: nothing is written."""
    return list(_Making(mapping, True, by, at).of(record, 1))


class _Making:
    """One file under way; remembers the barcodes it has met."""

    def __init__(self, mapping: HoldingsMapping, dry_run: bool, by: Actor, at: dt.datetime):
        self.mapping, self.dry_run, self.by, self.at = mapping, dry_run, by, at
        nodes = {node.code: node for node in Node.objects.libraries().serving()}
        places = mapping.places.items()
        self.nodes = {told: nodes[code] for told, code in places if code in nodes}
        self.met: set[str] = set()

    def of(self, record: Record, number: int) -> Iterator[Line]:
        proposed = proposed_copies(record, self.mapping.meanings, self.mapping.tag)
        if not proposed:
            return
        title, derived = title_of(record)
        found = matching.found([title.match_key]).get(title.match_key)
        bib = BibRecord.objects.filter(pk=found).first() if found else None
        for copy in proposed:
            outcome, note = MADE, ""
            try:
                outcome = self._one(copy, bib, derived.price)
            except Refused as refused:
                outcome, note = REFUSED, refused.in_full
            yield Line(number, title.title, copy, outcome, note)

    def _one(self, copy: ProposedCopy, bib: BibRecord | None, list_price: str) -> str:
        """Make it, or say that it is there. Raises Refused."""
        barcode = scanned(copy.barcode)
        there = Copy.objects.filter(barcode=barcode).first() if barcode else None
        elsewhere = there is not None and (bib is None or there.bib_id != bib.pk)
        price = _price(copy.price or list_price)
        node = self.nodes.get(copy.site, self.mapping.elsewhere)
        refuse_first(
            rules.a_title_must_be_in_the_catalogue(bib is not None or self.dry_run),
            rules.a_barcode_is_told(barcode),
            rules.a_barcode_is_printable_and_short(barcode),
            rules.a_barcode_is_unique_in_the_network(barcode, barcode in self.met),
            rules.a_copy_belongs_to_one_title(barcode, elsewhere),
            rules.a_library_code_has_a_branch(copy.site or _("（空）"), node is not None),
            rules.a_call_number_fits_on_a_label(copy.call_number),
            rules.a_price_is_money(copy.price, not copy.price or price is not None),
        )
        self.met.add(barcode)
        if there is not None:
            return THERE
        if not self.dry_run and bib is not None and node is not None:
            add_copy(
                bib=bib, barcode=barcode, kind=self.mapping.kind, node=node,
                call_number=copy.call_number, shelf=copy.location[:_LONGEST_SHELF], price=price,
                by=self.by, at=self.at,
            )  # fmt: skip
        return MADE


def _price(text: str) -> Decimal | None:
    """59.70 of "CNY59.70" or "59.70元"; None where no sum stands."""
    found = _PRICE.search(text)
    return Decimal(found[1]) if found else None
