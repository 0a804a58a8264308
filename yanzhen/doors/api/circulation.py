"""The desk's work: lend, take back, renew, undo; the day and the road of a branch."""

from collections.abc import Callable
from typing import Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from yanzhen.doors.api.answers import answer, written
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.network import library_node
from yanzhen.doors.api.shapes.circulation import (
    DayFigures,
    LoanLine,
    LoanMade,
    LoanOrder,
    LoanRenewed,
    ReturnOrder,
    ReturnTaken,
    TransitLine,
    day_figures,
    loan_line,
    loan_made,
    loan_renewed,
    return_taken,
    transit_line,
)
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.queries import day_at
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.undoing import undo_lending, undo_return
from yanzhen.library.holdings.access import require_handling
from yanzhen.library.holdings.queries import arriving_at, leaving_from
from yanzhen.people.access import require
from yanzhen.people.roles import CIRCULATE, SEE_FIGURES

router = Router(tags=["circulation"])


@router.post("/nodes/{slug:code}/loans", response={201: LoanMade}, summary="Lend a copy")
def lend_copy(request: Call, code: str, order: LoanOrder) -> HttpResponse:
    """Lend the copy with this barcode to the holder of this card, at the desk of this node."""
    node = library_node(code)
    return written(
        request,
        lambda: (
            201,
            loan_made(
                lend(
                    barcode=order.barcode,
                    card_number=order.card_number,
                    node=node,
                    by=request.actor,
                    at=clock.now(),
                )
            ),
        ),
    )


@router.post("/nodes/{slug:code}/returns", response={201: ReturnTaken}, summary="Take a copy back")
def take_copy_back(request: Call, code: str, order: ReturnOrder) -> HttpResponse:
    """Take in whatever is handed in. A return is never refused; `outcome` says what it was."""
    node = library_node(code)
    return written(
        request,
        lambda: (
            201,
            return_taken(
                take_back(barcode=order.barcode, node=node, by=request.actor, at=clock.now())
            ),
        ),
    )


@router.post("/loans/{int:loan_id}/renewal", response={201: LoanRenewed}, summary="Renew a loan")
def renew_loan(request: Call, loan_id: int) -> HttpResponse:
    """Extend a reader's loan at any desk."""
    require(request.actor, CIRCULATE)
    return written(
        request,
        lambda: (201, loan_renewed(renew(loan_id=loan_id, by=request.actor, at=clock.now()))),
    )


@router.post(
    "/loans/{int:loan_id}/cancellation", response={201: LoanLine}, summary="Undo a lending"
)
def cancel_loan(request: Call, loan_id: int) -> HttpResponse:
    """Take a slip of the hand back within half an hour, at the desk that made it."""
    return _undone(request, undo_lending, loan_id)


@router.post(
    "/returns/{int:loan_id}/cancellation", response={201: LoanLine}, summary="Undo a return"
)
def cancel_return(request: Call, loan_id: int) -> HttpResponse:
    """Reopen a loan closed by mistake within half an hour, at the desk that closed it."""
    return _undone(request, undo_return, loan_id)


@router.get("/nodes/{slug:code}/day", response=DayFigures, summary="Today's figures of a node")
def day(request: Call, code: str) -> HttpResponse:
    """What was lent and taken back here today, and what is on the road."""
    node, at = library_node(code), clock.now()
    require(request.actor, SEE_FIGURES, node)
    return answer(day_figures(node, day_at(node, at), clock.local_day(at)))


class RoadWanted(Paging):
    direction: Literal["in", "out"] = Field("in", description="in: arriving; out: leaving")


@router.get(
    "/nodes/{slug:code}/transits", response=Page[TransitLine], summary="What is on the road"
)
def transits(request: Call, code: str, wanted: Query[RoadWanted]) -> HttpResponse:
    """Open journeys to or from this node, longest on the road first."""
    node = library_node(code)
    require_handling(request.actor, node)
    journeys = arriving_at(node) if wanted.direction == "in" else leaving_from(node)
    return answer(page_of(journeys, wanted, transit_line))


def _undone(request: Call, undo: Callable[..., Loan], loan_id: int) -> HttpResponse:
    require(request.actor, CIRCULATE)
    try:
        return written(
            request,
            lambda: (201, loan_line(undo(loan_id=loan_id, by=request.actor, at=clock.now()))),
        )
    except Loan.DoesNotExist:
        raise Refused(
            "loan-unknown", _("没有找到这条借阅。"), _("请核对借出时回答里的 id。"), status=404
        ) from None
