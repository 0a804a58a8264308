"""School periods of the demo, and what is intended for its festivals: invented, marked 演示."""

import datetime as dt
from collections.abc import Iterator

from yanzhen.culture.almanac.models import Festival, SchoolPeriod
from yanzhen.culture.planning.intending import intend
from yanzhen.network.models import Cluster, Node
from yanzhen.people.roles import Actor, Grant

_ENDS = {"primary": dt.time(16, 0), "junior": dt.time(17, 0), "senior": dt.time(18, 0)}


def make_school_periods(today: dt.date) -> None:
    """Terms and holidays of all stages, from the school year before today's to the one after."""
    SchoolPeriod.objects.bulk_create(
        SchoolPeriod(
            stage=stage, kind=kind, first_day=first, last_day=last, verification="demo",
            lessons_end=ends if kind == "term" else None, source="演示",
        )
        for year in range(today.year - 1, today.year + 2)
        for kind, first, last in _periods(year)
        for stage, ends in _ENDS.items()
    )  # fmt: skip


def _periods(year: int) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The winter holidays begin on the day after the autumn term, which ends next year."""
    yield "term", dt.date(year, 3, 1), dt.date(year, 7, 4)
    yield "summer", dt.date(year, 7, 5), dt.date(year, 8, 31)
    yield "term", dt.date(year, 9, 1), dt.date(year + 1, 1, 23)
    yield "winter", dt.date(year + 1, 1, 24), dt.date(year + 1, 3, 1) - dt.timedelta(1)


def make_plan_lines(at: dt.datetime) -> None:
    """Some clusters have written what they intend for next spring; the others have not yet."""
    hub = Node.objects.culture().get(parent=None)
    by = Actor(None, None, "演示", (Grant("director", "", ""),))
    for cluster in Cluster.objects.all()[1:4]:
        intend(
            year=at.year + 1, festival=Festival.SPRING, cluster=cluster, node=hub,
            title=f"{cluster.name}迎春村晚", by=by, at=at,
        )  # fmt: skip
