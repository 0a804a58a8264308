"""From an uploaded list to lines of a draft: looked at first, then taken; nothing in between."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.acquisitions import access, allocating, duplicates, ordering, rules
from yanzhen.library.acquisitions.models import Fund, SupplierList
from yanzhen.library.acquisitions.spreadsheets.mapping import Read, guessed, read_rows
from yanzhen.library.acquisitions.spreadsheets.reading import rows_of
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

UNCONFIRMED = dt.timedelta(days=2)  # how long a list waits for somebody to look at it


@dataclass(frozen=True)
class Outcome:
    added: int
    left_out: list[Read]


def upload(order_id: int, *, name: str, content: bytes, by: Actor, at: dt.datetime) -> SupplierList:
    """Keep a list until somebody has looked at it; no line is made. Raises Refused."""
    rows = rows_of(name, content)
    with transaction.atomic():
        order = ordering.draft(order_id, by)
        return SupplierList.objects.create(
            supplier=order.supplier, order=order, file_name=name[:200], rows=rows, at=at,
            by_name=by.name,
        )  # fmt: skip


def columns_for(kept: SupplierList) -> dict[str, int]:
    """The guess for a list, with what is remembered of its supplier."""
    return guessed(kept.rows[0][1:], kept.supplier.columns)


def looked_at(
    kept: SupplierList, columns: Mapping[str, int], node: Node, *, at: dt.datetime
) -> list[Read]:
    """Every row with what stands against ordering it for `node`: unreadable, twice in the list,
    in the order already, or there already."""
    reads = read_rows(kept.rows, columns, at=at)
    found = duplicates.check(read.title for read in reads if read.title)
    seen = set(kept.order.lines.values_list("same_key", flat=True))
    weighed = []
    for read in reads:
        if read.title and read.problem is None:
            key = read.title.same_key
            problem = rules.a_title_stands_once_in_an_order(key in seen) or allocating.may_go_to(
                node, found[key], extra=False
            )
            seen.add(key)
            read = replace(read, problem=problem)
        weighed.append(read)
    return weighed


def take(
    list_id: int, columns: Mapping[str, int], *, fund: Fund, node: Node, by: Actor, at: dt.datetime
) -> Outcome:
    """Make lines of the rows nothing stands against, and remember the columns. Raises Refused."""
    with transaction.atomic():
        kept = SupplierList.objects.select_for_update(of=("self",)).get(pk=list_id)
        access.require_purchasing(by)
        refuse_first(rules.an_order_is_changed_while_a_draft(kept.taken_at is None))
        reads = looked_at(kept, columns, node, at=at)
        added = 0
        for read in reads:
            if read.title and read.problem is None:
                ordering.add_line(
                    kept.order_id, read.title, fund=fund, shares={node.pk: read.quantity},
                    list_fen=read.fen, by=by, at=at,
                )  # fmt: skip
                added += 1
        head = kept.rows[0][1:]
        kept.supplier.columns = {name: head[n] for name, n in columns.items() if n < len(head)}
        kept.supplier.save(update_fields=["columns"])
        kept.taken_at = at
        kept.save(update_fields=["taken_at"])
        audit.write(
            by=by, at=at, action="list.taken", subject=f"order:{kept.order_id}",
            file=kept.file_name, added=added,
        )  # fmt: skip
    return Outcome(added, [read for read in reads if read.problem])


def forget_unconfirmed(at: dt.datetime) -> int:
    """Drop lists that nobody took within two days: nothing was ordered from them. Return how many.

    A list that was taken stays: it says where the lines came from.
    """
    return SupplierList.objects.filter(taken_at=None, at__lt=at - UNCONFIRMED).delete()[0]


def kept_list(list_id: int, by: Actor) -> SupplierList:
    """The list, if `by` buys. Raises Refused, DoesNotExist."""
    access.require_purchasing(by)
    return SupplierList.objects.select_related("supplier", "order").get(pk=list_id)
