"""When people come: moments within opening hours, by weekday, hour and school holidays."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from yanzhen.network.models import Node
from yanzhen.network.opening import Calendar, calendars_of

BUSY = {8: 1, 9: 3, 10: 4, 11: 3, 12: 1, 13: 2, 14: 3, 15: 5, 16: 6, 17: 4, 18: 3, 19: 3}
WEEKEND = 1.8
SCHOOL_HOLIDAYS = (((1, 24), (2, 28)), ((7, 5), (8, 31)))  # 演示: set yearly by the schools
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Houses:
    """The lending houses with their calendars; `at` is now, in the county's time."""

    nodes: tuple[Node, ...]
    calendars: dict[int, Calendar]
    at: dt.datetime

    @classmethod
    def read(cls, at: dt.datetime) -> "Houses":
        nodes = Node.objects.libraries().filter(level__in=["hub", "branch"]).order_by("path")
        nodes = tuple(nodes.select_related("site"))
        return cls(nodes, calendars_of(node.pk for node in nodes), at)

    def is_open(self, node: Node, day: dt.date) -> bool:
        return self.calendars[node.pk].is_open_on(day)

    def moment(self, node: Node, day: dt.date, rng: Random) -> dt.datetime:
        """A moment of an open day, rather in the afternoon than at noon."""
        times = [
            start
            for span in self.calendars[node.pk].spans_on(day)
            for start in _quarters(dt.datetime.combine(day, span.opens),
                                   dt.datetime.combine(day, span.closes))
        ]  # fmt: skip
        start = rng.choices(times, [BUSY.get(time.hour, 1) for time in times])[0]
        seconds = dt.timedelta(seconds=rng.randrange(13 * 60))
        return (start + seconds).replace(tzinfo=self.at.tzinfo)

    def moment_from(self, node: Node, day: dt.date, rng: Random) -> dt.datetime:
        """A moment of the first open day on or after `day`."""
        return self.moment(node, self.calendars[node.pk].next_open_day(day), rng)

    def day_before(self, node: Node, day: dt.date) -> dt.date:
        """The last open day on or before `day`."""
        while not self.is_open(node, day):
            day -= dt.timedelta(days=1)
        return day

    def this_morning(self, node: Node, rng: Random) -> dt.datetime | None:
        """A moment of today before now; None if the house has not opened yet."""
        today = self.at.date()
        spans = self.calendars[node.pk].spans_on(today)
        opened = [dt.datetime.combine(today, span.opens, self.at.tzinfo) for span in spans]
        minutes = (self.at - opened[0]) // MINUTE if opened else 0
        if minutes < 10:
            return None
        closes = dt.datetime.combine(today, spans[0].closes, self.at.tzinfo)
        return min(opened[0] + rng.randrange(1, minutes - 6) * MINUTE, closes - 6 * MINUTE)

    def busy_days(self, days: int) -> Iterator[tuple[Node, dt.date, float]]:
        """Every open day of every house, with how many people it draws compared to others."""
        for ago in range(days, -1, -1):
            day = self.at.date() - dt.timedelta(days=ago)
            rush = WEEKEND if day.weekday() >= 5 else 1.0
            for node in self.nodes:
                if self.is_open(node, day):
                    yield node, day, rush * drawing(node)


def drawing(node: Node) -> float:
    """How many people a house draws, by its seats; the main library as all branches' half."""
    return (node.site.seats or 0) * (1.4 if node.level == Node.Level.HUB else 1.0)


def school_is_on(moment: dt.datetime) -> bool:
    """True while pupils sit in class: weekdays before four, outside the holidays."""
    day = (moment.month, moment.day)
    holiday = any(first <= day <= last for first, last in SCHOOL_HOLIDAYS)
    return moment.weekday() < 5 and moment.hour < 16 and not holiday


def _quarters(opens: dt.datetime, closes: dt.datetime) -> Iterator[dt.datetime]:
    while opens < closes:
        yield opens
        opens += 15 * MINUTE
