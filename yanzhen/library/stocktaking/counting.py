"""Counting a shelf: open, scan, close, open again.

Everybody who scans or closes holds the count's row first, so that a scan either counts or is
told that it came too late.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.groundwork.text.clc import sort_key
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy, ItemKind
from yanzhen.library.holdings.queries import copy_scanned, locked_copy
from yanzhen.library.holdings.travelling import save_place
from yanzhen.library.stocktaking import queries, rules
from yanzhen.library.stocktaking.facts import CopyMissed, MissingCopySeen
from yanzhen.library.stocktaking.models import Count, CountLine
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import COUNT_STOCK, Actor

Finding = CountLine.Finding


def open_count(
    *,
    node: Node,
    kind: ItemKind | None = None,
    shelf: str = "",
    call_from: str = "",
    call_to: str = "",
    by: Actor,
    at: dt.datetime,
) -> Count:
    """Begin a count of a branch, or of a part of it. Raises Refused for an empty scope."""
    with transaction.atomic():
        require(by, COUNT_STOCK, node)
        count = Count(
            node=node, kind=kind, shelf=shelf.strip()[:60], call_from=call_from.strip()[:80],
            call_to=call_to.strip()[:80], opened_at=at, opened_by=by.name,
        )  # fmt: skip
        refuse_first(
            rules.a_scope_runs_forward(sort_key(count.call_from), sort_key(count.call_to)),
            rules.a_scope_holds_something(queries.expected_by(count).count()),
        )
        count.save()
        _audit(count, "count.opened", by, at)
    return count


def record_scan(*, count_id: int, barcode: str, by: Actor, at: dt.datetime) -> CountLine:
    """Note that this barcode stands on the counted shelf; a second time changes nothing.

    Raises Refused when the count is closed.
    """
    with transaction.atomic():
        count = locked_count(count_id, by)
        barcode = scanned(barcode)
        refuse_first(
            rules.a_closed_count_takes_no_scan(count.closed_at), rules.a_scan_is_a_barcode(barcode)
        )
        return _noted(count, barcode, by, at)


def _noted(count: Count, barcode: str, by: Actor, at: dt.datetime) -> CountLine:
    found = copy_scanned(barcode, count.node)
    copy = locked_copy(found.pk) if found else None
    barcode = copy.barcode if copy else barcode
    line = CountLine.objects.filter(count=count, barcode=barcode).first()
    if line and line.finding != Finding.MISSING:
        return line
    line = line or CountLine(count=count, barcode=barcode, copy=copy)
    line.finding, line.at, line.by_name = _finding(count, copy, by), at, by.name
    line.save()
    if copy and copy.missing and copy.state == Copy.State.AVAILABLE:
        copy.missing = False
        save_place(copy)
        outbox.record(MissingCopySeen(copy.pk, copy.bib_id, count.node.code), at=at)
    return line


def _finding(count: Count, copy: Copy | None, by: Actor) -> Finding:
    if copy is None:
        return Finding.UNKNOWN
    before = CountLine.objects.filter(
        count=count, by_name=by.name, finding__in=[Finding.FOUND, Finding.OUT_OF_ORDER]
    )
    last = before.order_by("-at", "-pk").values_list("copy__call_number_key", flat=True).first()
    return rules.finding_for(
        copy.state,
        at_home=copy.home_node_id == count.node_id,
        in_scope=queries.in_scope(count).filter(pk=copy.pk).exists(),
        in_order=not last or last <= copy.call_number_key,
    )


def close_count(*, count_id: int, by: Actor, at: dt.datetime) -> int:
    """End a count: what should have stood there and was not seen is marked missing. Returns how
    many. Raises Refused when it is closed already."""
    with transaction.atomic():
        count = locked_count(count_id, by)
        refuse_first(rules.a_closed_count_takes_no_scan(count.closed_at))
        missed = [
            copy
            for copy_id in sorted(queries.not_seen_by(count).values_list("pk", flat=True))
            if (copy := locked_copy(copy_id)).state == Copy.State.AVAILABLE
        ]
        for copy in missed:
            copy.missing = True
            save_place(copy)
            outbox.record(CopyMissed(copy.pk, copy.bib_id, count.node.code), at=at)
        CountLine.objects.bulk_create(
            CountLine(
                count=count, barcode=copy.barcode, copy=copy, finding=Finding.MISSING,
                at=at, by_name=by.name,
            )
            for copy in missed
        )  # fmt: skip
        count.closed_at, count.closed_by = at, by.name
        count.save(update_fields=["closed_at", "closed_by"])
        _audit(count, "count.closed", by, at, missing=len(missed))
    return len(missed)


def reopen_count(*, count_id: int, by: Actor, at: dt.datetime) -> Count:
    """Go on with a closed count; what it missed stays listed and marked until it is scanned."""
    with transaction.atomic():
        count = locked_count(count_id, by)
        refuse_first(rules.only_a_closed_count_is_reopened(count.closed_at))
        count.closed_at, count.closed_by = None, ""
        count.save(update_fields=["closed_at", "closed_by"])
        _audit(count, "count.reopened", by, at)
    return count


def locked_count(count_id: int, by: Actor) -> Count:
    """The count, held until the end of the transaction. Raises Refused."""
    Count.objects.select_for_update().filter(pk=count_id).first()
    count = Count.objects.select_related("node", "kind").filter(pk=count_id).first()
    if count is None:
        raise Refused(
            "count-unknown", _("没有找到这次清点。"), _("请回到清点列表再选一次。"), status=404
        )
    require(by, COUNT_STOCK, count.node)
    return count


def _audit(count: Count, action: str, by: Actor, at: dt.datetime, **detail) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"count:{count.pk}", place=count.node.code, **detail
    )
