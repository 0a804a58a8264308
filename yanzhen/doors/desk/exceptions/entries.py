"""One list out of three sources: returns nobody could explain, disputes of manifests, and what a
machine did offline."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from yanzhen.doors.desk.exceptions import choices
from yanzhen.doors.desk.exceptions.choices import Choice
from yanzhen.doors.sip2.models import OfflineDeed
from yanzhen.library.circulation import queries
from yanzhen.library.circulation.models import ReturnException
from yanzhen.library.holdings.models import Copy, Dispute
from yanzhen.library.rotation.queries import open_disputes_at, settled_disputes_at
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

SOURCES = ("return", "dispute", "offline")


class Entry(NamedTuple):
    """One line of the list, open or settled."""

    source: str
    pk: int
    what: str
    barcode: str
    copy: Copy | None
    at: dt.datetime
    by_name: str
    choices: tuple[Choice, ...] = ()
    settled_at: dt.datetime | None = None
    settled_by: str = ""
    outcome: str = ""
    trouble: str = ""


def open_at(node: Node, by: Actor) -> list[Entry]:
    """Everything that waits here, the newest first, with the ways `by` may settle it."""
    deeds = OfflineDeed.objects.troubled_at(node).filter(settled_at=None)
    found = [
        *map(of_return, queries.exceptions_at(node)),
        *map(of_dispute, open_disputes_at(node)),
        *map(of_deed, deeds),
    ]
    allowed = [
        entry._replace(
            choices=tuple(each for each in entry.choices if by.may(each.capability, node.path))
        )
        for entry in found
    ]
    return sorted(allowed, key=lambda entry: entry.at, reverse=True)


def of_return(row: ReturnException) -> Entry:
    return Entry(
        "return", row.pk, row.get_kind_display(), row.barcode, row.copy, row.at, row.by_name,
        choices.RETURNS[row.kind], row.settled_at, row.settled_by, row.outcome,
    )  # fmt: skip


def of_dispute(row: Dispute) -> Entry:
    ended = row.get_ending_display()
    if row.ended_node:
        ended = f"{ended} · {row.ended_node.short_label}"
    return Entry(
        "dispute", row.pk, _("发了没收到"), row.copy.barcode, row.copy, row.opened_at,
        row.opened_by, choices.DISPUTE, row.ended_at, row.ended_by, ended,
    )  # fmt: skip


def of_deed(row: OfflineDeed) -> Entry:
    return Entry(
        "offline", row.pk, _("自助机脱机"), row.barcode, None, row.done_at, row.terminal.name,
        choices.OFFLINE, row.settled_at, row.settled_by, row.outcome, row.trouble,
    )  # fmt: skip


def settled_rows(source: str, node: Node):
    """The settled rows of one source, to be paged in the database."""
    if source == "dispute":
        return settled_disputes_at(node)
    if source == "offline":
        deeds = OfflineDeed.objects.troubled_at(node).filter(settled_at__isnull=False)
        return deeds.order_by("-settled_at", "-pk")
    return queries.settled_exceptions_at(node)


def entries_of(source: str, rows: Iterable) -> list[Entry]:
    make: dict[str, Callable[[Any], Entry]] = {"dispute": of_dispute, "offline": of_deed}
    return [make.get(source, of_return)(row) for row in rows]
