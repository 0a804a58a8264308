"""When a node is open: a pure value, and the two ways to load it.

A public holiday closes nothing by itself: libraries open on rest days (公共图书馆法 38).
Only an announced closure does.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from yanzhen.groundwork import generations
from yanzhen.network.models import Closure, Node, OpeningHours

CALENDARS = "calendars"  # the generation bumped by every change of places, hours or closures
LONGEST_SEARCH = 366  # days; a node without an opening in a year has no next one


@dataclass(frozen=True)
class Span:
    """One stretch of a weekday (0 is Monday) in the days for which it is set."""

    weekday: int
    opens: dt.time
    closes: dt.time
    valid_from: dt.date
    valid_to: dt.date | None = None

    def counts_on(self, day: dt.date) -> bool:
        return (
            self.weekday == day.weekday()
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class ClosedDays:
    """Days on which the node is closed, both included, with the notice the public reads."""

    first_day: dt.date
    last_day: dt.date
    notice: str

    def covers(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class OpenState:
    """Open or not at a moment, and when that changes.

    `closes_at` is set while open, `opens_at` while closed (None: no opening within a year);
    `notice` is the text of the closure in force that day.
    """

    open: bool
    closes_at: dt.time | None = None
    opens_at: dt.datetime | None = None
    notice: str = ""


@dataclass(frozen=True)
class Calendar:
    """The hours and closures of one node. Values only: asking it costs no query."""

    spans: tuple[Span, ...] = ()
    closures: tuple[ClosedDays, ...] = ()

    def closure_on(self, day: dt.date) -> ClosedDays | None:
        """The closure that covers a day, the one that ends last where several do."""
        covering = [closure for closure in self.closures if closure.covers(day)]
        return max(covering, key=lambda closure: closure.last_day, default=None)

    def usual_spans_on(self, day: dt.date) -> tuple[Span, ...]:
        """The hours of a day as if nothing had been announced, earliest first."""
        return tuple(span for span in self.spans if span.counts_on(day))

    def spans_on(self, day: dt.date) -> tuple[Span, ...]:
        """The hours really kept on a day, earliest first; none means closed."""
        return () if self.closure_on(day) else self.usual_spans_on(day)

    def is_open_on(self, day: dt.date) -> bool:
        return bool(self.spans_on(day))

    def next_open_day(self, day: dt.date) -> dt.date:
        """The day itself if open, else the next open day; the day itself if a year has none."""
        return self._opening_from(day) or day

    def state_at(self, moment: dt.datetime) -> OpenState:
        """Open or closed at a moment (with time zone), in the county's own time."""
        local = timezone.localtime(moment)
        today, now = local.date(), local.time()
        spans = self.spans_on(today)
        for span in spans:
            if span.opens <= now < span.closes:
                return OpenState(True, closes_at=_end_of_run(span, spans))
        closure = self.closure_on(today)
        return OpenState(
            False, opens_at=self._next_opening(local), notice=closure.notice if closure else ""
        )

    def _next_opening(self, local: dt.datetime) -> dt.datetime | None:
        today = local.date()
        for span in self.spans_on(today):
            if span.opens > local.time():
                return dt.datetime.combine(today, span.opens, local.tzinfo)
        day = self._opening_from(today + dt.timedelta(days=1))
        return dt.datetime.combine(day, self.spans_on(day)[0].opens, local.tzinfo) if day else None

    def _opening_from(self, day: dt.date) -> dt.date | None:
        days = (day + dt.timedelta(days=n) for n in range(LONGEST_SEARCH + 1))
        return next((each for each in days if self.is_open_on(each)), None)


def _end_of_run(span: Span, spans: tuple[Span, ...]) -> dt.time:
    """When the doors really shut: spans that touch (9–12, 12–18) are one opening."""
    closes = span.closes
    for later in spans:
        if later.opens == closes:
            closes = later.closes
    return closes


def calendar_of(node_id: int) -> Calendar:
    """The calendar of one node."""
    return calendars_of([node_id])[node_id]


def calendars_of(node_ids: Iterable[int]) -> dict[int, Calendar]:
    """The calendars of many nodes; a node without hours has an empty one.

    One query: all calendars stay in memory until one of them changes.
    """
    known = _calendars.get("all", generations.current(CALENDARS))
    return {each: known.get(each, _EMPTY) for each in node_ids}


def closure_at(site_id: int, day: dt.date) -> ClosedDays | None:
    """The closure some branch in the house at this site has announced for a day; one query."""
    node_ids = Node.objects.serving().filter(site=site_id).values_list("pk", flat=True)
    found = (each.closure_on(day) for each in calendars_of(node_ids).values())
    return next((closure for closure in found if closure), None)


def _load(_all: Hashable) -> dict[int, Calendar]:
    spans: dict[int, list[Span]] = defaultdict(list)
    closures: dict[int, list[ClosedDays]] = defaultdict(list)
    for row in OpeningHours.objects.order_by("opens"):
        spans[row.node_id].append(
            Span(row.weekday, row.opens, row.closes, row.valid_from, row.valid_to)
        )
    for announced in Closure.objects.all():
        closures[announced.node_id].append(
            ClosedDays(announced.first_day, announced.last_day, announced.notice)
        )
    nodes = {*spans, *closures}
    return {each: Calendar(tuple(spans[each]), tuple(closures[each])) for each in nodes}


_EMPTY = Calendar()
_calendars: generations.Kept[dict[int, Calendar]] = generations.Kept(_load)
