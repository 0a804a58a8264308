"""Loans, returns, copies and their journeys."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from yanzhen.doors.api.problems import ground
from yanzhen.doors.api.shapes.forms import Order, Row, Scan, Shape, Term, day, moment, named, term
from yanzhen.doors.api.shapes.network import NodeName, node_name
from yanzhen.library.circulation.explaining import given, of_loan
from yanzhen.library.circulation.lending import Lent
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.queries import Day
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node

_OUTCOMES = {
    "returned": _("已还"), "received": _("已签收"), "sent_on": _("继续转运"),
    "still_leaving": _("等待发出"), "already_here": _("本来就在架"),
    "not_on_loan": _("没有借出记录"), "found": _("报失的书找到了"),
    "held": _("放预约架"), "sent_to_pickup": _("送往取书馆"), "reshelved": _("撤下预约架"),
    "in_repair": _("等着修补"), "withdrawn": _("已剔旧"), "unknown": _("条码不在馆藏里"),
}  # fmt: skip


_EVERY_OUTCOME = ", ".join(_OUTCOMES)


class LoanOrder(Order):
    """What to lend to whom."""

    barcode: Scan = Field(description="Barcode of the copy, as scanned")
    card_number: Scan = Field(description="Number of the reader card, as scanned")


class ReturnOrder(Order):
    """What was handed in."""

    barcode: Scan = Field(description="Barcode of the copy, as scanned")


class ValueGiven(Shape):
    """One value of the rules, and the row it came from."""

    name: str = Field(description="loan_days, max_loans, max_renewals, max_holds, lendable, …")
    value: int | None = Field(description="The value; 1 and 0 for yes and no, null for no limit")
    rule_id: int | None = Field(description="The row that gave it; null for a law")
    document: str = Field(description="The document of that row")


class LoanMade(Shape):
    """A loan just made."""

    id: int = Field(description="As in /loans/{id}")
    title: str = Field(description="Title of the copy")
    barcode: str = Field(description="Barcode of the copy")
    card_number: str = Field(description="Reader card")
    reader_name: str = Field(description="Name of the reader")
    due_on: dt.date = Field(description="To be returned on this day at the latest")
    open_loans: int = Field(description="What the reader has at home now")
    max_loans: int = Field(description="What the reader may have at home")
    loan_days: int = Field(description="Days of the rule the loan was made under")
    rule: str = Field(description="The document of that rule")
    explain: list[ValueGiven] = Field(description="Which rows gave each value")


class LoanLine(Shape):
    """A loan 借阅."""

    id: int = Field(description="As in /loans/{id}")
    record_id: int = Field(description="As in /records/{id}")
    title: str = Field(description="Title of the copy")
    author: str = Field(description="Author")
    barcode: str = Field(description="Barcode of the copy")
    lent_at: dt.datetime = Field(description="When it was lent")
    lent_node: NodeName = Field(description="Where it was lent")
    due_on: dt.date = Field(description="To be returned on this day at the latest")
    renewals: int = Field(description="How often it was renewed")
    renewals_left: int = Field(description="How often it may still be renewed")
    returned_at: dt.datetime | None = Field(description="When it came back")
    returned_node: NodeName | None = Field(description="Where it came back")
    undone_at: dt.datetime | None = Field(description="When the loan was undone at the desk")


class LoanRenewed(LoanLine):
    """A loan just renewed."""

    explain: list[ValueGiven] = Field(description="The rows of the day it was lent")


class ReturnTaken(Shape):
    """What came of a return; it is never refused."""

    barcode: str = Field(description="Barcode as understood")
    outcome: Term = Field(description=_EVERY_OUTCOME)
    title: str = Field(description="Title; empty for a barcode nobody knows")
    loan_id: int | None = Field(description="The loan that was closed")
    overdue_days: int = Field(description="Days after the due date, 0 if in time")
    goes_to: NodeName | None = Field(description="Put it into the box for this node")


class DayFigures(Shape):
    """A branch's figures of today."""

    node: str = Field(description="Code of the node")
    date: dt.date = Field(description="The day")
    lent: int = Field(description="Loans made here, undone ones left out")
    returned: int = Field(description="Loans closed here")
    arriving: int = Field(description="Copies on their way here")
    leaving: int = Field(description="Copies set out from here and not yet scanned anywhere")
    exceptions: int = Field(description="Handed in here and not yet explained 待核对")


class TransitLine(Shape):
    """One journey of a copy between branches."""

    id: int = Field(description="The journey")
    record_id: int = Field(description="As in /records/{id}")
    title: str = Field(description="Title of the copy")
    barcode: str = Field(description="Barcode of the copy")
    reason: Term = Field(description="home, hold, rotation, delivery or repair")
    from_node: NodeName = Field(description="Where it set out")
    to_node: NodeName = Field(description="Where it goes")
    sent_at: dt.datetime = Field(description="When it set out")


class CopyLine(Shape):
    """A copy 馆藏 and where it is. Who has it at home is not told."""

    barcode: str = Field(description="Barcode")
    record_id: int = Field(description="As in /records/{id}")
    title: str = Field(description="Title")
    author: str = Field(description="Author")
    call_number: str = Field(description="Call number 索书号")
    shelf: str = Field(description="Shelf")
    kind: Term = Field(description="Kind of material")
    state: Term = Field(
        description="available, on_loan, in_transit, on_hold_shelf, lost or withdrawn"
    )
    for_loan: bool = Field(description="False: to be read on the spot")
    missing: bool = Field(description="Not found on its shelf")
    damaged: bool = Field(description="Damaged")
    owning_node: NodeName = Field(description="Who owns it")
    home_node: NodeName = Field(description="Where it shelves")
    current_node: NodeName = Field(description="Where it was last seen")
    transit: TransitLine | None = Field(description="Its open journey")
    due_on: dt.date | None = Field(description="When it is due, while on loan")


def loan_made(lent: Lent) -> Row:
    return {
        "id": lent.loan_id,
        "title": lent.title,
        "barcode": lent.barcode,
        "card_number": lent.card_number,
        "reader_name": lent.person_name,
        "due_on": lent.due_on.isoformat(),
        "open_loans": lent.open_loans,
        "max_loans": lent.most_loans,
        "loan_days": lent.ruling.loan_days,
        "rule": lent.ruling.document,
        "explain": [ground(each) for each in given(lent.ruling) if each.row_id],
    }


def loan_line(loan: Loan) -> Row:
    """Wants `copy__bib`, `lent_node` and `returned_node` loaded."""
    copy = loan.copy
    return {
        "id": loan.pk,
        "record_id": copy.bib_id,
        "title": copy.bib.title,
        "author": copy.bib.author,
        "barcode": copy.barcode,
        "lent_at": moment(loan.lent_at),
        "lent_node": node_name(loan.lent_node),
        "due_on": day(loan.due_on),
        "renewals": loan.renewals,
        "renewals_left": loan.max_renewals - loan.renewals,
        "returned_at": moment(loan.returned_at),
        "returned_node": _maybe(loan.returned_node),
        "undone_at": moment(loan.undone_at),
    }


def loan_renewed(loan: Loan) -> Row:
    grounds = [each for each in of_loan(loan) if each.name in ("loan_days", "max_renewals")]
    return loan_line(loan) | {"explain": [ground(each) for each in grounds]}


def return_taken(taken: Taken) -> Row:
    return {
        "barcode": taken.barcode,
        "outcome": {"code": taken.outcome, "label": str(_OUTCOMES[taken.outcome])},
        "title": taken.copy.bib.title if taken.copy else "",
        "loan_id": taken.loan.pk if taken.loan else None,
        "overdue_days": taken.overdue_days,
        "goes_to": _maybe(taken.goes_to),
    }


def day_figures(node: Node, figures: Day, date: dt.date) -> Row:
    return {
        "node": node.code,
        "date": day(date),
        "lent": figures.lent,
        "returned": figures.returned,
        "arriving": figures.arriving,
        "leaving": figures.leaving,
        "exceptions": figures.exceptions,
    }


def transit_line(transit: Transit) -> Row:
    copy = transit.copy
    return {
        "id": transit.pk,
        "record_id": copy.bib_id,
        "title": copy.bib.title,
        "barcode": copy.barcode,
        "reason": term(Transit.Reason(transit.reason)),
        "from_node": node_name(transit.from_node),
        "to_node": node_name(transit.to_node),
        "sent_at": moment(transit.sent_at),
    }


def copy_line(copy: Copy, journey: Transit | None, loan: Loan | None) -> Row:
    return {
        "barcode": copy.barcode,
        "record_id": copy.bib_id,
        "title": copy.bib.title,
        "author": copy.bib.author,
        "call_number": copy.call_number,
        "shelf": copy.shelf,
        "kind": named(copy.kind),
        "state": term(Copy.State(copy.state)),
        "for_loan": copy.for_loan,
        "missing": copy.missing,
        "damaged": copy.damaged,
        "owning_node": node_name(copy.owning_node),
        "home_node": node_name(copy.home_node),
        "current_node": node_name(copy.current_node),
        "transit": transit_line(journey) if journey else None,
        "due_on": day(loan.due_on) if loan else None,
    }


def _maybe(node: Node | None) -> Row | None:
    return node_name(node) if node else None
