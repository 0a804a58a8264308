"""What a machine did while cut off, and what had happened meanwhile: nothing is changed, and
somebody at the desk looks at the book."""

import datetime as dt

from django.db import transaction

from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.holdings import access
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def note_overtaken(
    *,
    barcode: str,
    copy: Copy | None,
    card_number: str,
    note: str,
    node: Node,
    by: Actor,
    at: dt.datetime,
) -> ReturnException:
    """Put it on the exceptions list of `node`; what comes to a line that is not settled yet is
    added to its note. Raises Refused."""
    access.require_handling(by, node)
    with transaction.atomic():
        listed = ReturnException.objects.select_for_update().filter(
            node=node, barcode=scanned(barcode)[:60], kind=ReturnException.Kind.OFFLINE,
            settled_at=None,
        )  # fmt: skip
        row = listed.first()
        if row is None:
            row = ReturnException(
                node=node, barcode=scanned(barcode)[:60], kind=ReturnException.Kind.OFFLINE,
                copy=copy, at=at, by_name=by.name,
            )  # fmt: skip
        row.note = f"{row.note} {note}".strip()[:400]
        row.card_number = card_number[:20] or row.card_number
        row.save()
    return row
