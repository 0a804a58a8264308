"""What happened to holds. Bodies are JSON values and name no reader.

Whoever sends a notice asks `queries.to_be_told(hold_id, copy_id)` at the moment of sending: a
hold cancelled meanwhile, or ready elsewhere by now, gets none.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class HoldPlaced:
    hold_id: int
    bib_id: int
    pickup: str


@dataclass(frozen=True)
class HoldReady:
    """A copy stands on the hold shelf of the pickup branch."""

    hold_id: int
    bib_id: int
    copy_id: int
    pickup: str
    until: str


@dataclass(frozen=True)
class HoldFulfilled:
    hold_id: int
    bib_id: int
    copy_id: int


@dataclass(frozen=True)
class HoldCancelled:
    hold_id: int
    bib_id: int


@dataclass(frozen=True)
class HoldExpired:
    """Nothing came while the reader still wanted it."""

    hold_id: int
    bib_id: int


@dataclass(frozen=True)
class PickupExpired:
    hold_id: int
    bib_id: int
    pickup: str


@dataclass(frozen=True)
class HeldCopyReshelved:
    """A copy left the hold shelf for its own shelf: nobody waits for it."""

    copy_id: int
    bib_id: int
    node: str
