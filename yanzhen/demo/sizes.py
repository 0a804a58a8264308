"""How much of a county to make: all of it for people, a corner of it for tests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Numbers aimed at; `titles` None means all of titles.csv, `days` is the span of the loans,
    `coming` and `held` are sessions with bookings."""

    titles: int | None = None
    copies: int = 4000
    residents: int = 300
    loans: int = 6000
    days: int = 92
    coming: int = 36
    held: int = 10


FULL = Sizes()
