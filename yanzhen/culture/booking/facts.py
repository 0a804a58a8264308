"""What happened to bookings. Bodies are JSON values and name nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BookingOpened:
    session_id: int


@dataclass(frozen=True)
class BookingPlaced:
    booking_id: int
    session_id: int
    channel: str
    heads: int


@dataclass(frozen=True)
class BookingCancelled:
    """`by_host` when the session does not take place."""

    booking_id: int
    session_id: int
    by_host: bool


@dataclass(frozen=True)
class BookingMoved:
    booking_id: int
    session_id: int
    to_booking_id: int
    to_session_id: int


@dataclass(frozen=True)
class BookingLapsed:
    """A hold or an offer nobody confirmed in time."""

    booking_id: int
    session_id: int


@dataclass(frozen=True)
class PlaceOffered:
    """Somebody from the waiting list has places until `until`."""

    entry_id: int
    booking_id: int
    session_id: int
    until: str


@dataclass(frozen=True)
class ListDrawn:
    """A draw was made: who was drawn is offered places, everybody else still waits."""

    session_id: int


@dataclass(frozen=True)
class WaitingClosed:
    """The session began, and these had waited in vain."""

    session_id: int
    entry_ids: list[int]


@dataclass(frozen=True)
class BookingCheckedIn:
    booking_id: int
    session_id: int
    heads: int


@dataclass(frozen=True)
class NoShowNoted:
    booking_id: int
    session_id: int
