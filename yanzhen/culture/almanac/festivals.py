"""The four festivals of a year and the days around them that count (R08)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from yanzhen.culture.almanac.lunar import LunarDate, month_length, require_known, solar_of
from yanzhen.culture.almanac.models import Festival, FestivalWindow

_LUNAR = {Festival.SPRING: (1, 1), Festival.DRAGON_BOAT: (5, 5), Festival.MID_AUTUMN: (8, 15)}
USUAL_WIDTH = 7  # days on each side, where the county has set nothing


@dataclass(frozen=True)
class Window:
    """The days of a year that count for a festival, both included."""

    festival: Festival
    day: dt.date
    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def day_of(festival: Festival, year: int) -> dt.date:
    """The day a festival falls on. Raises Refused outside 1979–2056."""
    require_known(year)
    if festival == Festival.NATIONAL:
        return dt.date(year, 10, 1)
    month, day = _LUNAR[festival]
    found = solar_of(LunarDate(year, month, day))
    assert found is not None  # every lunar year has these days
    return found


def windows_of(year: int) -> list[Window]:
    """The four windows of a year, in the order of their days. One query."""
    own = {row.festival: row for row in FestivalWindow.objects.all()}
    found = [_window(festival, year, own.get(festival)) for festival in Festival]
    return sorted(found, key=lambda window: window.day)


def _window(festival: Festival, year: int, own: FestivalWindow | None) -> Window:
    """As the county set it; else by custom 春节 from 腊月廿三 to 元宵, the others a week around."""
    day = day_of(festival, year)
    if own is not None:
        before, after = own.days_before, own.days_after
    elif festival == Festival.SPRING:
        before, after = month_length(year - 1, 12) - 23 + 1, 14
    else:
        before = after = USUAL_WIDTH
    return Window(festival, day, day - dt.timedelta(before), day + dt.timedelta(after))


def festival_on(
    day: dt.date, windows: Iterable[Window], *, chosen: Festival | None = None
) -> Festival | None:
    """The one festival a day counts for: the planner's choice, else the nearest.

    中秋 may fall into the 国庆 week; what happens then counts once (policy d.4).
    """
    fitting = [window for window in windows if day in window]
    if chosen in [window.festival for window in fitting]:
        return chosen
    nearest = min(fitting, key=lambda window: abs(window.day - day), default=None)
    return nearest.festival if nearest else None
