"""What happened to orders and runs. Bodies are JSON values and name nobody.

Whoever sends a notice reads the order's telephone at the moment of sending.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MenuOrderPlaced:
    order_id: int
    item_id: int


@dataclass(frozen=True)
class MenuOrderAssigned:
    """`starts_at` as ISO 8601."""

    order_id: int
    run_id: int
    starts_at: str


@dataclass(frozen=True)
class MenuOrderUnassigned:
    """It was taken off a run and waits again."""

    order_id: int
    run_id: int


@dataclass(frozen=True)
class MenuOrderDeclined:
    order_id: int


@dataclass(frozen=True)
class MenuOrderCancelled:
    order_id: int


@dataclass(frozen=True)
class StopRetimed:
    """Somebody already told of a time has to be told of another."""

    order_id: int
    run_id: int
    starts_at: str


@dataclass(frozen=True)
class TourRunCancelled:
    run_id: int


@dataclass(frozen=True)
class StopSignedOff:
    """`heads` count only together with a photo."""

    order_id: int
    heads: int
    with_photo: bool


@dataclass(frozen=True)
class MenuOrderRated:
    order_id: int
    stars: int
