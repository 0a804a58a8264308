"""Transfer of ownership 过户: whose property a copy is. Where it shelves does not change."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings import access, rules, stock, travelling
from yanzhen.library.holdings.facts import CopyTransferred
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import locked_copy
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


def transfer(*, copy_id: int, to_node: Node, document: str, by: Actor, at: dt.datetime) -> Copy:
    """Book a copy out of one branch's stock into another's, under a document's number.

    Raises Refused without MOVE_STOCK at both, for a copy out of stock, without a document.
    """
    document = document.strip()[:120]
    with transaction.atomic():
        copy = locked_copy(copy_id)
        before = copy.owning_node
        access.require_moving(by, before)
        access.require_moving(by, to_node)
        refuse_first(
            rules.only_what_is_in_stock_is_changed(copy.state not in stock.OUT_OF_STOCK),
            rules.a_transfer_changes_the_owner(before.pk == to_node.pk),
            rules.a_transfer_names_its_document(document),
        )
        stock.record(copy, stock.Kind.TRANSFER_OUT, by=by, at=at, document=document)
        copy.owning_node = to_node
        travelling.save_place(copy)
        stock.record(copy, stock.Kind.TRANSFER_IN, by=by, at=at, document=document)
        audit.write(
            by=by, at=at, action="copy.transferred", subject=f"copy:{copy.pk}",
            place=to_node.code, was=before.code, document=document,
        )  # fmt: skip
        outbox.record(CopyTransferred(copy.pk, copy.bib_id, before.code, to_node.code), at=at)
    return copy
