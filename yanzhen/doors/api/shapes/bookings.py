"""Bookings, their orders, and the places of a session."""

import datetime as dt
from typing import Literal

from pydantic import Field

from yanzhen.culture.booking.models import Booking, BookingTerms, Channel
from yanzhen.culture.booking.queries import Places
from yanzhen.doors.api.shapes.forms import Order, Row, Shape, Term, moment, term

LARGEST = 2**63 - 1


class BookingOrder(Order):
    """Who comes. Without a person and a name: oneself."""

    channel: Literal["online", "counter", "telephone", "group", "walk_in"] = Field(
        "online", description="Where the places come from; all but online are for staff"
    )
    person_id: int | None = Field(
        None, ge=1, le=LARGEST, description="A child, or by staff anybody"
    )
    name: str = Field("", max_length=60, description="Of whoever comes and has no account here")
    phone: str = Field("", max_length=30, description="Where to call that person")
    relation: Literal["self", "child", "parent", "relative", "friend", "other"] = Field(
        "self", description="What that person is to the applicant"
    )
    organisation: str = Field("", max_length=80, description="For a group: who comes")
    heads: int = Field(1, ge=1, le=500, description="People who take a place")
    companions: int = Field(0, ge=0, le=9, description="People beside them who take none")


class BookingLine(Shape):
    """A booking 预约."""

    id: int = Field(description="As in /bookings/{id}")
    session_id: int = Field(description="As in /sessions/{id}")
    channel: Term = Field(description="online, counter, telephone, group, walk_in")
    state: Term = Field(description="held, confirmed, checked_in, cancelled, …")
    who: str = Field(description="The organisation, else the person who comes")
    heads: int = Field(description="Places taken")
    companions: int = Field(description="People beside them who take none")
    code: str = Field(description="What is said at the door")
    held_until: dt.datetime | None = Field(description="Until when a hold can be confirmed")
    placed_at: dt.datetime = Field(description="When it was placed")


class ChannelPlaces(Shape):
    """The places of one channel."""

    channel: Term = Field(description="online, counter, telephone, group, walk_in, reserve")
    places: int = Field(description="All of them")
    left: int = Field(description="Not taken")


class SessionPlaces(Shape):
    """What is left of a session."""

    session_id: int = Field(description="As in /sessions/{id}")
    order: Term = Field(description="How places are given out")
    opens_at: dt.datetime = Field(description="When booking opens")
    closes_at: dt.datetime = Field(description="When booking closes")
    waiting: int = Field(description="Entries of the waiting list")
    channels: list[ChannelPlaces] = Field(description="By channel")


def booking_line(booking: Booking) -> Row:
    return {
        "id": booking.pk,
        "session_id": booking.session_id,
        "channel": term(Channel(booking.channel)),
        "state": term(Booking.State(booking.state)),
        "who": booking.who,
        "heads": booking.heads,
        "companions": booking.companions,
        "code": booking.code,
        "held_until": moment(booking.held_until),
        "placed_at": moment(booking.placed_at),
    }


def session_places(places: Places) -> Row:
    terms = places.terms
    return {
        "session_id": terms.session_id,
        "order": term(BookingTerms.Order(terms.order)),
        "opens_at": moment(terms.opens_at),
        "closes_at": moment(terms.closes_at),
        "waiting": places.waiting,
        "channels": [
            {"channel": term(each), "places": places.places[each], "left": places.free[each]}
            for each in Channel
            if each in places.places
        ],
    }
