"""When a loan falls due: never on a day the governing branch is closed."""

import datetime as dt

from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.generations import Kept
from yanzhen.network.opening import Calendar, calendar_of

_calendars: Kept[Calendar] = Kept(calendar_of)


def from_today(days: int, node_id: int, at: dt.datetime, generation: int) -> dt.date:
    """The first day on or after `days` days from `at` on which the node is open."""
    return open_day(local_day(at) + dt.timedelta(days=days), node_id, generation)


def open_day(day: dt.date, node_id: int, generation: int) -> dt.date:
    """`day`, or the first day after it on which the node is open; `generation` of calendars."""
    return _calendars.get(node_id, generation).next_open_day(day)
