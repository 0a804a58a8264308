"""Whom a booking, a wait, an enrolment or a group's places concern."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from yanzhen.culture.booking.models import Booking, WaitingEntry
from yanzhen.culture.courses.models import Enrolment, GroupPlaces
from yanzhen.people.queries import wards_of

Cause = Booking | WaitingEntry | Enrolment | GroupPlaces
FIELD: dict[type, str] = {
    Booking: "booking", WaitingEntry: "entry", Enrolment: "enrolment", GroupPlaces: "group",
}  # fmt: skip


@dataclass(frozen=True)
class Addressee:
    """A person, or with None the name and telephone of the cause."""

    cause: Cause
    person_id: int | None

    @property
    def field(self) -> str:
        return FIELD[type(self.cause)]

    @property
    def who(self) -> str:
        """The same whichever way they are found."""
        return f"person:{self.person_id}" if self.person_id else f"{self.field}:{self.cause.pk}"


def addressees(cause: Cause, on: dt.date) -> Iterator[Addressee]:
    """Whoever is to come, and whoever asked for them. A guardian is shown what concerns the child
    and needs no notice beside it."""
    if isinstance(cause, GroupPlaces):
        yield Addressee(cause, None)
        return
    comes = cause.person_id if isinstance(cause, Enrolment) else cause.beneficiary_id
    asked = cause.applicant_id
    if comes is not None:
        yield Addressee(cause, comes)
    elif asked is None or (not isinstance(cause, Enrolment) and cause.phone):
        yield Addressee(cause, None)
    if asked is not None and asked != comes and not _is_guardian(asked, comes, on):
        yield Addressee(cause, asked)


def _is_guardian(person_id: int, child_id: int | None, on: dt.date) -> bool:
    return child_id is not None and any(
        bond.child_id == child_id for bond in wards_of(person_id, on)
    )
