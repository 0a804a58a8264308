"""When each stop of a day begins and ends, worked out from its order on the route. Values only."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

PACKING = 20  # minutes to pack up after a stop


@dataclass(frozen=True)
class Leg:
    """A stop as the road sees it: all in minutes; `wished` is a minute of the day or None."""

    travel: int
    lasts: int
    wished: int | None = None


@dataclass(frozen=True)
class Times:
    """Minutes of the day; beyond 1440 it is past midnight."""

    arrives: int
    starts: int
    ends: int


def timetable(legs: Sequence[Leg], *, departs: int, set_up: int) -> list[Times]:
    """Each stop begins when the crew has arrived and set up, and not before what was wished for."""
    found, now = [], departs
    for leg in legs:
        arrives = now + leg.travel
        starts = max(arrives + set_up, leg.wished or 0)
        found.append(Times(arrives, starts, starts + leg.lasts))
        now = found[-1].ends + PACKING
    return found


def home_at(ends: int, home_minutes: int) -> int:
    """The minute of the day at which the crew is back, its last stop having ended at `ends`."""
    return ends + PACKING + home_minutes


def minute_of(time: dt.time) -> int:
    return time.hour * 60 + time.minute
