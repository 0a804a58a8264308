"""Making a rebalancing proposal from the stock, and deciding on its lines.

A proposal moves nothing. An accepted line opens a move document and puts its copies on the road.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.holdings import moving, travelling
from yanzhen.library.holdings.models import Copy, MoveDocument, Transit
from yanzhen.library.holdings.queries import locked_copy
from yanzhen.library.rotation import access, rules
from yanzhen.library.rotation.balancing import Flow, balance
from yanzhen.library.rotation.delivered import delivered_since
from yanzhen.library.rotation.figures import branch_figures
from yanzhen.library.rotation.models import RebalancingLine, RebalancingPick, RebalancingProposal
from yanzhen.library.rotation.stocktable import Book, StockTable, read_stock
from yanzhen.network.models import Node
from yanzhen.people.access import require
from yanzhen.people.roles import MOVE_STOCK, Actor

AT_ONCE = 2000
A_YEAR = dt.timedelta(days=365)


def propose(*, months: int = 12, at_most: int = 500, by: Actor, at: dt.datetime):
    """Look at the loans of the last months and propose at most so many moves. Raises Refused."""
    require(by, MOVE_STOCK)
    refuse_first(rules.a_proposal_looks_back_and_keeps_a_measure(months, at_most))
    table = read_stock(local_day(at), months)
    flows = balance(table.stock(), at_most=at_most)
    picked = _pick(flows, table)
    figures = branch_figures(table, picked, delivered_since(at - A_YEAR))
    with transaction.atomic():
        proposal = RebalancingProposal.objects.create(
            made_at=at, made_by=by.name, months=months, figures=figures
        )
        _store(proposal, picked)
        audit.write(
            by=by, at=at, action="rebalancing.proposed", subject=f"proposal:{proposal.pk}",
            lines=len(picked), copies=sum(len(books) for _flow, books in picked),
        )  # fmt: skip
    return proposal


def _pick(flows: Iterable[Flow], table: StockTable) -> list[tuple[Flow, list[Book]]]:
    """Which copies: doubles at the giver first, titles the taker lacks before others, the longest
    unread first."""
    shelf: dict[tuple[str, int], list[Book]] = defaultdict(list)
    held = Counter((book.bib_id, book.node_id) for book in table.books)
    for book in table.books:
        if book.free:
            shelf[book.clc, book.node_id].append(book)
    picked = []
    for flow in flows:
        books = shelf[flow.clc, flow.from_node]
        books.sort(
            key=lambda b: (held[b.bib_id, flow.to_node] > 0, -held[b.bib_id, b.node_id],
                           b.last_lent or dt.date.min, b.copy_id)
        )  # fmt: skip
        picked.append((flow, books[: flow.copies]))
        shelf[flow.clc, flow.from_node] = books[flow.copies :]
        for book in books[: flow.copies]:
            held[book.bib_id, flow.from_node] -= 1
            held[book.bib_id, flow.to_node] += 1
    return [(flow, books) for flow, books in picked if books]


def _store(proposal: RebalancingProposal, picked: list[tuple[Flow, list[Book]]]) -> None:
    lines = RebalancingLine.objects.bulk_create(
        RebalancingLine(
            proposal=proposal,
            clc=flow.clc,
            from_node_id=flow.from_node,
            to_node_id=flow.to_node,
            reasons={
                "read_here": round(flow.read_here, 2),
                "read_there": round(flow.read_there, 2),
                "unread": sum(book.last_lent is None for book in books),
                "doubles": sum(book.double for book in books),
            },
        )
        for flow, books in picked
    )
    RebalancingPick.objects.bulk_create(
        (
            RebalancingPick(line=line, copy_id=book.copy_id)
            for line, (_flow, books) in zip(lines, picked, strict=True)
            for book in books
        ),
        batch_size=AT_ONCE,
    )


def accept(
    *, line_id: int, without: Iterable[int] = (), by: Actor, at: dt.datetime
) -> RebalancingLine:
    """Send the copies of a line, all or `without` some pick ids. What is no longer on its shelf
    stays. Raises Refused."""
    with transaction.atomic():
        line = _undecided(line_id, by)
        left = set(without)
        picks = [p for p in line.picks.select_related("copy").order_by("copy_id")
                 if p.pk not in left]  # fmt: skip
        copies = [(pick, locked_copy(pick.copy_id)) for pick in picks]
        ready = [(pick, copy) for pick, copy in copies if _still_there(copy, line)]
        refuse_first(rules.an_accepted_line_moves_something(len(ready)))
        line.document = moving.open_document(
            reason=MoveDocument.Reason.REBALANCING,
            note=f"调拨建议 {line.proposal_id}：{line.clc}",
            by=by,
            at=at,
        )
        for pick, copy in ready:
            _send(pick, copy, line, by, at)
        _decide(line, RebalancingLine.Decision.ACCEPTED, "", by, at, sent=len(ready))
    return line


def accept_only(
    *, line_id: int, picks: Iterable[int | None], by: Actor, at: dt.datetime
) -> RebalancingLine:
    """`accept` for a form: with the picks that stayed ticked, without all others."""
    ticked = set(picks)
    all_picks = RebalancingPick.objects.filter(line=line_id).values_list("pk", flat=True)
    without = [pk for pk in all_picks if pk not in ticked]
    return accept(line_id=line_id, without=without, by=by, at=at)


def refuse(*, line_id: int, note: str, by: Actor, at: dt.datetime) -> RebalancingLine:
    """Leave everything of a line where it is, with a reason. Raises Refused."""
    with transaction.atomic():
        line = _undecided(line_id, by)
        refuse_first(rules.refusing_needs_no_copy_but_a_reason(note))
        _decide(line, RebalancingLine.Decision.REFUSED, note.strip()[:200], by, at, sent=0)
    return line


def _undecided(line_id: int, by: Actor) -> RebalancingLine:
    line = RebalancingLine.objects.select_for_update().filter(pk=line_id).first()
    if line is None:
        raise Refused("line-unknown", _("没有找到这一条。"), _("请刷新页面再看看。"), status=404)
    nodes = Node.objects.in_bulk([line.from_node_id, line.to_node_id])
    for node in nodes.values():
        access.require_deciding(by, node)
    refuse_first(rules.a_line_is_decided_once(line.decided_at))
    return line


def _still_there(copy: Copy, line: RebalancingLine) -> bool:
    return (copy.state, copy.current_node_id, copy.home_node_id, copy.missing) == (
        Copy.State.AVAILABLE,
        line.from_node_id,
        line.from_node_id,
        False,
    )


def _send(
    pick: RebalancingPick, copy: Copy, line: RebalancingLine, by: Actor, at: dt.datetime
) -> None:
    moving.move_home(copy, line.to_node, document=line.document, by=by, at=at)
    travelling.begin(
        copy,
        from_node=line.from_node,
        to_node=line.to_node,
        reason=Transit.Reason.ROTATION,
        by=by,
        at=at,
    )
    travelling.save_place(copy)
    pick.sent = True
    pick.save(update_fields=["sent"])


def _decide(line: RebalancingLine, decision: str, note: str, by: Actor, at: dt.datetime, *, sent):
    line.decision, line.note = decision, note
    line.decided_at, line.decided_by = at, by.name
    line.save()
    audit.write(
        by=by, at=at, action=f"rebalancing.{decision}", subject=f"rebalancing-line:{line.pk}",
        place=line.from_node.code, sent=sent, note=note,
    )  # fmt: skip
