"""Booking 预约: places and who has them, sign-in sheets, who did not come."""

from yanzhen.culture.booking.models.absences import NoShow, NoShowRule
from yanzhen.culture.booking.models.places import (
    LIVE,
    Allotment,
    AllotmentTransfer,
    Booking,
    BookingQuerySet,
    BookingStep,
    BookingTerms,
    Channel,
    RosterName,
    WaitingEntry,
)
from yanzhen.culture.booking.models.sheets import SheetLine, SheetScan, SignInSheet

__all__ = [
    "LIVE",
    "Allotment",
    "AllotmentTransfer",
    "Booking",
    "BookingQuerySet",
    "BookingStep",
    "BookingTerms",
    "Channel",
    "NoShow",
    "NoShowRule",
    "RosterName",
    "SheetLine",
    "SheetScan",
    "SignInSheet",
    "WaitingEntry",
]
