"""Places of a session, and bookings: made once, listed, cancelled."""

from django.http import HttpResponse
from ninja import Query, Router

from yanzhen.culture.booking import access
from yanzhen.culture.booking.cancelling import cancel_booking
from yanzhen.culture.booking.entering import Heads, admit
from yanzhen.culture.booking.models import Channel
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.placing import place
from yanzhen.culture.booking.queries import bookings_of, places_of
from yanzhen.doors.api.answers import answer, written
from yanzhen.doors.api.callers import Call
from yanzhen.doors.api.shapes.bookings import (
    BookingLine,
    BookingOrder,
    SessionPlaces,
    booking_line,
    session_places,
)
from yanzhen.doors.api.shapes.forms import Page, Paging, Row, page_of
from yanzhen.groundwork import clock
from yanzhen.people.queries import wards_of
from yanzhen.people.roles import Actor

places = Router(tags=["culture"])
router = Router(tags=["culture"])


@places.get("/sessions/{int:session_id}/places", response=SessionPlaces, summary="What is left")
def left(request: Call, session_id: int) -> HttpResponse:
    """Places of a session by channel; 404 where it is not booked but simply visited."""
    found = places_of(session_id)
    if found is None:
        access.known_terms(session_id)
    assert found is not None
    return answer(session_places(found))


@router.post(
    "/sessions/{int:session_id}/bookings", response={201: BookingLine}, summary="Book a session"
)
def book(request: Call, session_id: int, order: BookingOrder) -> HttpResponse:
    """Places for oneself, a child, somebody else; by staff for whoever stands there or calls."""
    return written(request, lambda: (201, _booked(request.actor, session_id, order)))


def _booked(by: Actor, session_id: int, order: BookingOrder) -> Row:
    at = clock.now()
    if order.channel == Channel.WALK_IN:
        made = admit(session_id=session_id, count=Heads(order.heads), name=order.name, by=by, at=at)
    else:
        oneself = order.channel == Channel.ONLINE and not (order.person_id or order.name)
        party = Party(
            beneficiary_id=by.person_id if oneself else order.person_id,
            name=order.name,
            phone=order.phone,
            relation=order.relation,
            organisation=order.organisation,
            heads=order.heads,
            companions=order.companions,
        )
        made = place(session_id=session_id, channel=order.channel, party=party, by=by, at=at)
    return booking_line(made)


@router.get("/me/bookings", response=Page[BookingLine], summary="What my family has booked")
def my_bookings(request: Call, paging: Query[Paging]) -> HttpResponse:
    """Live bookings of oneself, one's children and those one has made for others."""
    me = request.actor.person_id
    assert me is not None  # whoever has signed in is a person
    family = [me, *(bond.child_id for bond in wards_of(me, clock.today()))]
    return answer(page_of(bookings_of(family, clock.now()), paging, booking_line))


@router.post(
    "/bookings/{int:booking_id}/cancellation", response={201: BookingLine}, summary="Cancel"
)
def cancel_my_booking(request: Call, booking_id: int) -> HttpResponse:
    """Give the places up; for anybody else's the answer is 404."""

    def act() -> tuple[int, Row]:
        cancelled = cancel_booking(booking_id=booking_id, by=request.actor, at=clock.now())
        return 201, booking_line(cancelled)

    return written(request, act)
