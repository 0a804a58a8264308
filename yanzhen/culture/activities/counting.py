"""Activities in figures: the district counts a joint event once, each town sees it (R09, R11)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.activities.queries import between, in_town
from yanzhen.network.models import Division, Node

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True)
class Tally:
    """Activities with a session in a span of days: one town's own, and those it shares."""

    own: int
    joint: int

    @property
    def shown(self) -> int:
        return self.own + self.joint


def held(first: dt.date, last: dt.date):
    """Sessions of published activities that take place in these days."""
    return Session.objects.taking_place().filter(between(first, last))


def district_total(first: dt.date, last: dt.date) -> int:
    """Activities of the whole district in these days; a joint one is one, however many towns."""
    return _activities(held(first, last))


def town_tally(town: Division, first: dt.date, last: dt.date) -> Tally:
    """What is shown under a town. The sum over towns is no total: see `district_total`."""
    here = held(first, last).filter(in_town(town))
    return Tally(
        own=_activities(here.filter(activity__cluster=None)),
        joint=_activities(here.exclude(activity__cluster=None)),
    )


def _activities(sessions) -> int:
    return sessions.order_by().values("activity").distinct().count()


@dataclass(frozen=True)
class Regularity:
    """In which months of a year a branch offered anything (R11)."""

    year: int
    sessions: dict[int, int]

    @property
    def months(self) -> list[int]:
        return [month for month in MONTHS if self.sessions.get(month)]

    @property
    def missing(self) -> list[int]:
        return [month for month in MONTHS if not self.sessions.get(month)]

    @property
    def percent(self) -> float:
        """Months with an activity out of twelve, to one decimal place: 7 months are 58.3."""
        return round(100 * len(self.months) / len(MONTHS), 1)


def regularity(node: Node, year: int, *, at: dt.datetime) -> Regularity:
    """Months in which a branch held a session by `at`: its house's own, or a joint one held there.

    Both nodes of a house count together: the people who came saw one house.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    sessions = held(first, last).filter(ends_at__lte=at)
    house = Node.objects.filter(site=node.site_id)
    own = sessions.filter(activity__node__in=house)
    joint = sessions.filter(activity__node=None, site=node.site_id)
    counts: dict[int, int] = {}
    for starts_at in (own | joint).values_list("starts_at", flat=True):
        begins = timezone.localtime(starts_at)
        if begins.year == year:
            counts[begins.month] = counts.get(begins.month, 0) + 1
    return Regularity(year, counts)


def kinds_in_use() -> list[str]:
    """The kinds of which anything was ever announced, in the order of the choices."""
    used = set(Activity.objects.announced().order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in Activity.Kind.values if kind in used]
