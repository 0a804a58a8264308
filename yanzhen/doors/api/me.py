"""A reader's own affairs. Staff see here what is theirs as readers, nothing more."""

from dataclasses import replace

from django.http import HttpResponse
from ninja import Query, Router

from yanzhen.doors.api.answers import answer, written
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.shapes.circulation import LoanLine, LoanRenewed, loan_line, loan_renewed
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.doors.api.shapes.readers import Me
from yanzhen.doors.api.shapes.readers import me as me_row
from yanzhen.groundwork import clock
from yanzhen.library.circulation.queries import open_loans_of, past_loans_of
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.patrons.queries import blocks_of, current_card_of

router = Router(tags=["me"])


@router.get("/me", response=Me, summary="Whoever calls")
def me(request: Call) -> HttpResponse:
    """The name, the reader card with its blocks, and the duties of whoever calls."""
    card = current_card_of(_me(request))
    blocks = blocks_of(card.person) if card else []
    return answer(me_row(request.actor, card, blocks, open_loans_of(_me(request)).count()))


@router.get("/me/loans", response=Page[LoanLine], summary="What I have at home")
def my_loans(request: Call, paging: Query[Paging]) -> HttpResponse:
    """Open loans, what falls due first on top."""
    return answer(page_of(open_loans_of(_me(request)), paging, loan_line))


@router.get("/me/history", response=Page[LoanLine], summary="What I have brought back")
def my_history(request: Call, paging: Query[Paging]) -> HttpResponse:
    """Closed loans, newest first."""
    rows = past_loans_of(_me(request)).select_related("copy__bib", "lent_node", "returned_node")
    return answer(page_of(rows, paging, loan_line))


@router.post(
    "/me/loans/{int:loan_id}/renewal", response={201: LoanRenewed}, summary="Renew my loan"
)
def renew_my_loan(request: Call, loan_id: int) -> HttpResponse:
    """Extend one of my own loans; for anybody else's the answer is 404."""
    myself = replace(request.actor, grants=())
    return written(
        request, lambda: (201, loan_renewed(renew(loan_id=loan_id, by=myself, at=clock.now())))
    )


def _me(request: Call) -> int:
    assert request.actor.person_id is not None  # whoever has signed in is a person
    return request.actor.person_id
