"""What a desk looks up: a reader by card, a copy by barcode."""

from typing import Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from yanzhen.doors.api.answers import answer
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.network import library_node
from yanzhen.doors.api.shapes.circulation import CopyLine, copy_line
from yanzhen.doors.api.shapes.readers import ReaderFile, reader_file
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.circulation import rules
from yanzhen.library.circulation.queries import open_loan_of_copy, open_loans_of
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copy_scanned, journey_of
from yanzhen.library.patrons.queries import blocks_of, card_numbered
from yanzhen.network.models import Node
from yanzhen.network.queries import hubs
from yanzhen.people.access import require
from yanzhen.people.queries import open_person_file
from yanzhen.people.roles import SEE_READERS, SEE_STOCK, Actor

router = Router(tags=["desk"])


class FileWanted(Schema):
    reason: Literal["", "counter", "card", "guardian", "safety"] = Field(
        "", description="Why the file is opened; needed for a child under fourteen"
    )


class CopyWanted(Schema):
    node: str = Field(
        "",
        description=(
            "Where it was scanned: an old barcode means a copy only at its own branch. "
            "The main library when left out"
        ),
    )


@router.get("/readers/{card_number}", response=ReaderFile, summary="A reader by card number")
def reader(request: Call, card_number: str, wanted: Query[FileWanted]) -> HttpResponse:
    """Opens the reader's file; who opened it, when and why is written down."""
    by: Actor = request.actor
    require(by, SEE_READERS)
    card = card_numbered(scanned(card_number))
    refuse_first(rules.a_card_must_be_known(card is not None, card_number))
    assert card
    open_person_file(card.person, by=by, at=clock.now(), reason=wanted.reason)
    return answer(reader_file(card, blocks_of(card.person), open_loans_of(card.person_id)))


@router.get("/copies/{barcode}", response=CopyLine, summary="A copy by barcode")
def copy(request: Call, barcode: str, wanted: Query[CopyWanted]) -> HttpResponse:
    """Where a copy is and in which state; who has it at home is not told."""
    require(request.actor, SEE_STOCK)
    found = copy_scanned(barcode, _place(wanted.node))
    refuse_first(rules.a_copy_must_be_known(found is not None, barcode))
    assert found
    on_loan = found.state == Copy.State.ON_LOAN
    return answer(
        copy_line(found, journey_of(found), open_loan_of_copy(found.pk) if on_loan else None)
    )


def _place(code: str) -> Node:
    return library_node(code) if code else hubs()[0]
