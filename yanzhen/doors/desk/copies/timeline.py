"""What happened to a copy, from every package that knows a part of it, the newest first."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from yanzhen.library.circulation.queries import loans_of_copy
from yanzhen.library.holdings import travelling
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.queries import holds_of_copy
from yanzhen.library.stocktaking.queries import lines_about
from yanzhen.library.withdrawal.queries import lines_about as proposals_of
from yanzhen.people.roles import SEE_READERS, Actor

MOST_OF_A_KIND = 50
BADGES: dict[str, str] = {
    Copy.State.AVAILABLE: "on-shelf",
    Copy.State.ON_LOAN: "lent",
    Copy.State.IN_TRANSIT: "in-transit",
    Copy.State.ON_HOLD_SHELF: "held",
    Copy.State.LOST: "lost",
    Copy.State.WITHDRAWN: "withdrawn",
}


class Line(NamedTuple):
    """One thing that happened; `note` is in somebody's own words. `person_id` is set where a
    reader may be named."""

    at: dt.datetime
    word: str
    about: str
    by_name: str
    person_id: int | None = None
    person_name: str = ""
    note: str = ""


def flag_words() -> dict[str, str]:
    """Flag of a copy -> what it is called."""
    return {
        "damaged": _("破损"),
        "missing": _("架上没有"),
        "in_dispute": _("有差异"),
        "withdrawal_proposed": _("拟剔旧"),
    }


def of(copy: Copy, by: Actor, *, named: bool) -> list[Line]:
    """The life of a copy. Readers are named only if `named`, and only to who may see those of the
    branch of the loan or hold."""
    parts = (
        _loans(copy, by, named),
        _holds(copy, by, named),
        *(told(copy) for told in (_journeys, _books, _moves, _flags, _disputes, _counts)),
        _proposals(copy),
    )
    lines = [line for part in parts for line in part]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _loans(copy: Copy, by: Actor, named: bool) -> Iterator[Line]:
    loans = loans_of_copy(copy.pk)
    for loan in (loans.select_related("person") if named else loans)[:MOST_OF_A_KIND]:
        who: tuple[int | None, str] = (None, "")
        if named and loan.person and by.may(SEE_READERS, loan.lent_node.path):
            who = (loan.person.pk, loan.person.name)
        if loan.returned_at and loan.returned_node:
            word = _("读者报失，借阅关闭") if loan.lost_at else _("还回")
            yield Line(
                loan.returned_at, word, loan.returned_node.short_label, loan.returned_by, *who
            )
        yield Line(loan.lent_at, _("借出"), loan.lent_node.short_label, loan.lent_by, *who)


def _holds(copy: Copy, by: Actor, named: bool) -> Iterator[Line]:
    holds = holds_of_copy(copy.pk)
    for hold in (holds.select_related("person") if named else holds)[:MOST_OF_A_KIND]:
        who: tuple[int | None, str] = (None, "")
        if named and by.may(SEE_READERS, hold.pickup_node.path):
            who = (hold.person.pk, hold.person.name)
        about = f"{hold.get_state_display()} · {hold.pickup_node.short_label}"
        yield Line(hold.placed_at, _("预约"), about, "", *who)


def _journeys(copy: Copy) -> Iterator[Line]:
    journeys = copy.transits.select_related("from_node", "to_node", "ended_node")
    for journey in journeys.order_by("-pk")[:MOST_OF_A_KIND]:
        if journey.ended_at and journey.ended_node:
            yield Line(
                journey.ended_at, journey.get_ending_display(), journey.ended_node.short_label,
                journey.ended_by, note=journey.note,
            )  # fmt: skip
        about = f"{travelling.describe(journey)} · {journey.get_reason_display()}"
        yield Line(journey.sent_at, _("上路"), about, journey.sent_by)


def _books(copy: Copy) -> Iterator[Line]:
    for event in copy.stock_events.select_related("node").order_by("-pk")[:MOST_OF_A_KIND]:
        note = " · ".join(part for part in (event.document, event.note) if part)
        about = event.node.short_label
        yield Line(event.at, event.get_kind_display(), about, event.by_name, note=note)


def _moves(copy: Copy) -> Iterator[Line]:
    moves = copy.home_moves.select_related("from_node", "to_node", "document", "group")
    for move in moves.order_by("-pk")[:MOST_OF_A_KIND]:
        rests_on = move.document.number if move.document else str(move.group)
        about = f"{move.from_node.short_label} → {move.to_node.short_label}"
        yield Line(move.at, _("换了排架馆"), about, move.by_name, note=rests_on)


def _flags(copy: Copy) -> Iterator[Line]:
    for change in copy.flag_changes.order_by("-pk")[:MOST_OF_A_KIND]:
        yield Line(change.at, change.get_kind_display(), "", change.by_name, note=change.note)


def _disputes(copy: Copy) -> Iterator[Line]:
    for dispute in copy.disputes.order_by("-pk")[:MOST_OF_A_KIND]:
        if dispute.ended_at:
            yield Line(
                dispute.ended_at, _("差异查清"), dispute.get_ending_display(), dispute.ended_by
            )
        yield Line(dispute.opened_at, _("发了没收到"), "", dispute.opened_by)


def _counts(copy: Copy) -> Iterator[Line]:
    for line in lines_about(copy.pk)[:MOST_OF_A_KIND]:
        about = f"{line.get_finding_display()} · {line.count.node.short_label}"
        yield Line(line.at, _("清点"), about, line.by_name)


def _proposals(copy: Copy) -> Iterator[Line]:
    for line in proposals_of(copy.pk)[:MOST_OF_A_KIND]:
        about = f"{line.list.number} · {line.get_reason_display()}"
        if line.undone_at:
            yield Line(
                line.undone_at, _("剔旧撤销"), line.list.number, line.undone_by,
                note=line.undone_note,
            )  # fmt: skip
        if line.decided_at:
            word = _("剔旧：%(answer)s") % {"answer": line.get_decision_display()}
            number, by_name = line.list.number, line.decided_by
            yield Line(line.decided_at, word, number, by_name, note=line.answer)
        if line.list.submitted_at:
            yield Line(line.list.submitted_at, _("报请剔旧"), about, line.list.submitted_by)
