"""The whole network as it stands this minute, drawn once and kept (docs/decisions/0016)."""

import datetime as dt
from collections.abc import Hashable
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from yanzhen.doors.portal.branches_rows import TownLine, grouped, hub_lines, town_lines
from yanzhen.groundwork import generations
from yanzhen.network.opening import CALENDARS
from yanzhen.network.queries import central_coverage


class Board(NamedTuple):
    """The two hubs and the table of towns, drawn; `found` counts the towns."""

    hubs: SafeString
    towns: SafeString
    found: int


def board_at(moment: dt.datetime) -> Board:
    """The board of the minute. Hours are set in minutes: until the next one begins, only a change
    of the network can change it, and that starts a new generation."""
    return _boards.get(get_language(), generations.current(CALENDARS)).at(moment)


def board_of(lines: list[TownLine]) -> Board:
    """Some towns that somebody asked for."""
    return Board(SafeString(), _draw_towns(lines, None), len(lines))


class _Kept:
    """The board of the latest minute, in one language."""

    def __init__(self, _language: Hashable):
        self._drawn: tuple[dt.datetime, Board] | None = None

    def at(self, moment: dt.datetime) -> Board:
        minute = moment.replace(second=0, microsecond=0)
        drawn = self._drawn
        if drawn is None or drawn[0] != minute:
            drawn = self._drawn = minute, _draw(minute)
        return drawn[1]


_boards: generations.Kept[_Kept] = generations.Kept(_Kept)


def _draw(minute: dt.datetime) -> Board:
    lines = town_lines(minute)
    hubs = render_to_string("portal/branches/hubs.html", {"hubs": hub_lines(minute)})
    central = central_coverage(line.cover for line in lines)
    return Board(hubs, _draw_towns(lines, central), len(lines))


def _draw_towns(lines: list[TownLine], central: tuple | None) -> SafeString:
    shown = {"groups": grouped(lines), "central": central}
    return render_to_string("portal/branches/towns.html", shown)
