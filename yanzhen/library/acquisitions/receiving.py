"""Taking in what came 验收: copies are made, and those for other branches set out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.acquisitions import access, allocating, duplicates, ordering, rules
from yanzhen.library.acquisitions.described import Title
from yanzhen.library.acquisitions.facts import BooksReceived
from yanzhen.library.acquisitions.giving_up import close_line
from yanzhen.library.acquisitions.models import Accession, Allocation, OrderLine, Receipt
from yanzhen.library.catalogue.marc.build import cnmarc
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.record_editing import add_record
from yanzhen.library.holdings import travelling
from yanzhen.library.holdings.accessioning import add_copy
from yanzhen.library.holdings.models import Copy, ItemKind, Transit
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


@dataclass(frozen=True)
class Came:
    """Of one allocation: how many are accepted, how many are damaged and go back."""

    accepted: int = 0
    damaged: int = 0


def receive(
    line_id: int,
    came: Mapping[int, Came],
    *,
    barcodes: Sequence[str],
    kind: ItemKind,
    at_node: Node,
    call_number: str = "",
    by: Actor,
    at: dt.datetime,
) -> list[Copy]:
    """Take in copies of a line, by allocation id; a barcode each. Raises Refused.

    A damaged copy is written down and stays outstanding: the supplier owes another.
    """
    with transaction.atomic():
        line = ordering.line_of(line_id)
        access.require_purchasing(by)
        rows = list(line.allocations.select_related("node").filter(pk__in=came))
        rows = [row for row in rows if came[row.pk].accepted or came[row.pk].damaged]
        accepted = sum(came[row.pk].accepted for row in rows)
        refuse_first(
            rules.only_a_placed_order_is_received(
                line.order.placed_at is not None, line.order.cancelled_at is not None
            ),
            *(_fits(row, came[row.pk]) for row in rows),
            rules.a_receipt_holds_something(accepted, sum(came[r.pk].damaged for r in rows)),
            rules.every_accepted_copy_has_a_barcode(accepted, len(barcodes)),
        )
        bib, waiting, copies = _catalogued(line, by, at) if accepted else None, list(barcodes), []
        for row in rows:
            receipt = _receipt(row, came[row.pk], at_node, by, at)
            for _each in range(came[row.pk].accepted):
                copy = _copy(row, bib, waiting.pop(0), kind, call_number, at_node, by, at)
                Accession.objects.create(copy=copy, receipt=receipt)
                copies.append(copy)
    return copies


def _fits(row: Allocation, came: Came):
    return (
        rules.a_receipt_holds_something(came.accepted, came.damaged)
        or rules.received_stays_within_ordered(came.accepted, row.outstanding)
        or (allocating.still_there(row.node) if came.accepted else None)
    )


def _receipt(row: Allocation, came: Came, at_node: Node, by: Actor, at: dt.datetime) -> Receipt:
    """Counted by one conditional UPDATE: two desks cannot take in the last copy twice."""
    if came.accepted:
        room = Allocation.objects.filter(
            pk=row.pk, quantity__gte=F("received") + F("given_up") + came.accepted
        )
        if not room.update(received=F("received") + came.accepted):
            refuse_first(rules.received_stays_within_ordered(came.accepted, 0))
    receipt = Receipt.objects.create(
        allocation=row,
        at_node=at_node,
        accepted=came.accepted,
        damaged=came.damaged,
        at=at,
        by_name=by.name,
    )
    audit.write(
        by=by, at=at, action="books.received", subject=f"order:{row.line.order_id}",
        place=at_node.code, line=row.line_id, to=row.node.code, accepted=came.accepted,
        damaged=came.damaged,
    )  # fmt: skip
    if came.accepted and row.line.bib_id:
        outbox.record(
            BooksReceived(row.line_id, row.line.bib_id, row.node.code, came.accepted), at=at
        )
    return receipt


def _copy(
    row: Allocation,
    bib: BibRecord | None,
    barcode: str,
    kind: ItemKind,
    call_number: str,
    at_node: Node,
    by: Actor,
    at: dt.datetime,
) -> Copy:
    assert bib is not None
    copy = add_copy(
        bib=bib,
        barcode=barcode,
        kind=kind,
        node=row.node,
        call_number=call_number,
        price=Decimal(row.line.list_fen) / 100,
        by=by,
        at=at,
    )
    if row.node_id != at_node.pk:
        travelling.begin(
            copy, from_node=at_node, to_node=row.node, reason=Transit.Reason.DELIVERY, by=by, at=at
        )
        travelling.save_place(copy)
    return copy


def _catalogued(line: OrderLine, by: Actor, at: dt.datetime) -> BibRecord:
    """The title of the line in the catalogue; a brief record is made when it is not there."""
    bib = BibRecord.objects.living().filter(pk=line.bib_id).first() if line.bib_id else None
    if bib is None:
        title = Title(line.title, line.author, line.publisher, line.year, line.isbn13)
        found = duplicates.check([title])[title.same_key].bib_id
        bib = BibRecord.objects.get(pk=found) if found else _brief(line, by, at)
        line.bib = bib
        line.save(update_fields=["bib"])
    return bib


def _brief(line: OrderLine, by: Actor, at: dt.datetime) -> BibRecord:
    record = cnmarc(
        title=line.title,
        identifier=f"order-{line.pk}",
        entered=local_day(at),
        authors=[line.author] if line.author else [],
        role="",
        isbn=line.isbn13,
        publisher=line.publisher,
        year=line.year,
    )
    return add_record(record, source=f"order {line.order.number}", by=by, at=at)


def redirect(allocation_id: int, *, to_node: Node, by: Actor, at: dt.datetime) -> Allocation:
    """Give what is still to come of an allocation to another branch, e.g. because the first one
    is gone; the line's total stays. Raises Refused."""
    with transaction.atomic():
        row = Allocation.objects.select_related("node").get(pk=allocation_id)
        line = ordering.line_of(row.line_id)
        row.refresh_from_db(fields=["quantity", "received", "given_up"])
        access.require_purchasing(by)
        rest = row.outstanding
        refuse_first(rules.there_is_something_to_wait_for(rest), allocating.still_there(to_node))
        if row.node_id == to_node.pk:
            return row
        target, _made = Allocation.objects.get_or_create(
            line=line, node=to_node, defaults={"quantity": 0, "extra": True}
        )
        Allocation.objects.filter(pk=target.pk).update(quantity=F("quantity") + rest)
        Allocation.objects.filter(pk=row.pk).update(quantity=F("quantity") - rest)
        Allocation.objects.filter(pk=row.pk, quantity=0, receipts=None).delete()
        audit.write(
            by=by, at=at, action="allocation.redirected", subject=f"order:{line.order_id}",
            line=line.pk, was=row.node.code, to=to_node.code, copies=rest,
        )  # fmt: skip
    return target


def give_up(line_id: int, *, reason: str, by: Actor, at: dt.datetime) -> OrderLine:
    """Wait no longer for the rest of a line: it is out of print, or not wanted. Raises Refused."""
    with transaction.atomic():
        line = ordering.line_of(line_id)
        access.require_purchasing(by)
        outstanding = sum(row.outstanding for row in line.allocations.all())
        refuse_first(
            rules.only_a_placed_order_is_received(
                line.order.placed_at is not None, line.order.cancelled_at is not None
            ),
            rules.there_is_something_to_wait_for(outstanding),
        )
        close_line(line, OrderLine.GivenUp(reason))
        audit.write(
            by=by, at=at, action="line.given-up", subject=f"order:{line.order_id}",
            line=line.pk, reason=reason, copies=outstanding,
        )  # fmt: skip
    return line
