"""What happened to the yearly plan. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FestivalWindowEmpty:
    """A festival's window opens in thirty days or less and a cluster has nothing in it."""

    year: int
    festival: str
    cluster_id: int
    opens: str
