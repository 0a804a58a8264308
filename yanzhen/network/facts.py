"""What happened to the network, for whoever listens (config/subscriptions.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClosureAnnounced:
    """A node will be closed on these days (ISO dates, both included)."""

    node_id: int
    node_code: str
    first_day: str
    last_day: str
    notice: str


@dataclass(frozen=True)
class HoursChanged:
    """A node keeps other hours from this day (ISO date) on."""

    node_id: int
    node_code: str
    valid_from: str
