"""A reader's own holds: list, place, cancel."""

from dataclasses import replace

from django.http import HttpResponse
from ninja import Query, Router

from yanzhen.doors.api.answers import answer, written
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.shapes.forms import Page, Paging, page_of
from yanzhen.doors.api.shapes.holds import HoldLine, HoldOrder, hold_line
from yanzhen.groundwork import clock
from yanzhen.library.holds.cancelling import cancel_hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.holds.queries import live_holds_of, pickup_nodes

router = Router(tags=["me"])


@router.get("/me/holds", response=Page[HoldLine], summary="What I wait for")
def my_holds(request: Call, paging: Query[Paging]) -> HttpResponse:
    """Live holds, what is ready on top."""
    return answer(page_of(live_holds_of(_me(request)), paging, hold_line))


@router.post("/me/holds", response={201: HoldLine}, summary="Hold a title")
def place_my_hold(request: Call, order: HoldOrder) -> HttpResponse:
    """Queue for a title, to be fetched at a branch."""
    myself = replace(request.actor, grants=())
    return written(
        request,
        lambda: (
            201,
            hold_line(
                place_hold(
                    person_id=order.person_id or _me(request),
                    bib_id=order.record_id,
                    pickup=pickup_nodes().filter(code=order.pickup).first(),
                    wanted_until=order.wanted_until,
                    by=myself,
                    at=clock.now(),
                )
            ),
        ),
    )


@router.post(
    "/me/holds/{int:hold_id}/cancellation", response={201: HoldLine}, summary="Cancel my hold"
)
def cancel_my_hold(request: Call, hold_id: int) -> HttpResponse:
    """Give up a hold, in whatever state; for anybody else's the answer is 404."""
    myself = replace(request.actor, grants=())
    return written(
        request, lambda: (201, hold_line(cancel_hold(hold_id=hold_id, by=myself, at=clock.now())))
    )


def _me(request: Call) -> int:
    assert request.actor.person_id is not None  # whoever has signed in is a person
    return request.actor.person_id
