"""Making a list: by scan, from a file of barcodes, by what the shelves say; then submitting it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copy_scanned, locked_copy
from yanzhen.library.holdings.stock import OUT_OF_STOCK
from yanzhen.library.holdings.travelling import save_place
from yanzhen.library.withdrawal import access, rules
from yanzhen.library.withdrawal.choosing import Choice, fitting
from yanzhen.library.withdrawal.facts import WithdrawalProposed
from yanzhen.library.withdrawal.models import WithdrawalLine, WithdrawalList
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

Reason = WithdrawalLine.Reason


@dataclass
class Added:
    """What came of many barcodes: how many were listed, and for each other (row, why not)."""

    added: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)


def open_list(*, node: Node, note: str = "", by: Actor, at: dt.datetime) -> WithdrawalList:
    """Begin a list of a branch. Raises Refused."""
    with transaction.atomic():
        access.require_proposing(by, node)
        made = WithdrawalList.objects.create(
            node=node, note=note.strip()[:200], opened_at=at, opened_by=by.name
        )
        _audit("withdrawal.list_opened", made, by, at)
    return made


def add_scanned(
    *, list_id: int, barcode: str, reason: str, by: Actor, at: dt.datetime
) -> WithdrawalLine:
    """Put the scanned copy on the list. Raises Refused."""
    with transaction.atomic():
        return _add(_draft(list_id, by), barcode, reason, by, at)


def add_barcodes(
    *, list_id: int, rows: Iterable[tuple[int, str]], reason: str, by: Actor, at: dt.datetime
) -> Added:
    """Put many on the list, (row of the file, barcode) each; what cannot be is told, row by row.
    Raises Refused as a scan does, for the list as a whole."""
    done = Added()
    with transaction.atomic():
        draft = _draft(list_id, by)
        for number, barcode in rows:
            try:
                with transaction.atomic():
                    _add(draft, barcode, reason, by, at)
                done.added += 1
            except Refused as refusal:
                done.left_out.append((number, refusal.message))
    return done


def add_fitting(*, list_id: int, choice: Choice, by: Actor, at: dt.datetime) -> int:
    """Put on the list what fits, the longest unread first, as many as there is room for; return
    how many. Raises Refused."""
    with transaction.atomic():
        draft = _draft(list_id, by)
        room = rules.MOST_LINES - draft.lines.count()
        copies = list(fitting(draft.node, choice, at=at)[: max(room, 0)])
        WithdrawalLine.objects.bulk_create(
            WithdrawalLine(
                list=draft, copy=copy, reason=choice.reason, added_at=at, added_by=by.name
            )
            for copy in copies
        )
    return len(copies)


def _add(
    draft: WithdrawalList, barcode: str, reason: str, by: Actor, at: dt.datetime
) -> WithdrawalLine:
    copy = copy_scanned(barcode, draft.node)
    if copy is None:
        raise Refused(
            "copy-unknown",
            _("没有找到条码 %(barcode)s。") % {"barcode": barcode.strip()[:40]},
            _("请对准条码再扫一次。"),
        )
    on_list = WithdrawalLine.objects.undecided().filter(copy=copy).select_related("list").first()
    refuse_first(
        rules.only_what_is_in_stock_is_proposed(copy.state not in OUT_OF_STOCK),
        rules.a_branch_proposes_what_shelves_there(copy.home_node_id == draft.node_id),
        rules.a_copy_is_proposed_once_at_a_time(on_list.list.number if on_list else ""),
        rules.a_list_stays_within_a_measure(draft.lines.count() + 1),
    )
    return WithdrawalLine.objects.create(
        list=draft, copy=copy, reason=reason if reason in Reason.values else Reason.OUTDATED,
        added_at=at, added_by=by.name,
    )  # fmt: skip


def remove_line(*, line_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a copy off a list that has not been submitted. Raises Refused."""
    with transaction.atomic():
        line = access.known_line(line_id)
        _draft(line.list_id, by)
        line.delete()


def submit(*, list_id: int, by: Actor, at: dt.datetime) -> WithdrawalList:
    """Hand the list to the main library; its copies are flagged until it has decided. What left
    the stock since it was listed is left out. Raises Refused."""
    with transaction.atomic():
        draft = _draft(list_id, by)
        draft.lines.filter(copy__state__in=OUT_OF_STOCK).delete()
        ids = list(draft.lines.order_by("copy").values_list("copy", flat=True))
        refuse_first(rules.a_list_holds_something(len(ids)))
        draft.submitted_at, draft.submitted_by = at, by.name
        draft.submitted_by_id = by.account_id
        draft.save(update_fields=["submitted_at", "submitted_by", "submitted_by_id"])
        for copy_id in ids:
            _flag(locked_copy(copy_id), at)
        _audit("withdrawal.list_submitted", draft, by, at, lines=len(ids))
    return draft


def _flag(copy: Copy, at: dt.datetime) -> None:
    copy.withdrawal_proposed = True
    save_place(copy)
    outbox.record(WithdrawalProposed(copy.pk, copy.bib_id, copy.home_node.code), at=at)


def _draft(list_id: int, by: Actor) -> WithdrawalList:
    draft = access.locked_list(list_id)
    access.require_proposing(by, draft.node)
    refuse_first(rules.a_submitted_list_is_closed(draft.submitted_at))
    return draft


def _audit(action: str, made: WithdrawalList, by: Actor, at: dt.datetime, **detail: object) -> None:
    audit.write(
        by=by, at=at, action=action, subject=f"withdrawal:{made.pk}", place=made.node.code, **detail
    )
