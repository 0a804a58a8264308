"""Which cluster and which festival a session counts for."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.almanac.festivals import Window, festival_on
from yanzhen.culture.almanac.models import Festival
from yanzhen.culture.planning.models import FestivalChoice
from yanzhen.groundwork.clock import local_day
from yanzhen.network.models import ClusterMembership, Division


@dataclass(frozen=True)
class Credit:
    """A session that counts: for which festival, for which cluster (None: in no cluster)."""

    session: Session
    day: dt.date
    festival: Festival
    cluster_id: int | None
    open_to_choice: bool  # two windows hold this day


class Clusters:
    """Which cluster a town is in on a day; one query for all."""

    def __init__(self) -> None:
        self._spells: dict[int, list[ClusterMembership]] = {}
        for spell in ClusterMembership.objects.all():
            self._spells.setdefault(spell.division_id, []).append(spell)

    def of(self, activity: Activity, day: dt.date) -> int | None:
        """The cluster that owns it together, else the cluster of the owning branch's town."""
        if activity.node is None:
            return activity.cluster_id
        division = activity.node.site.division
        village = division.kind in (Division.Kind.VILLAGE, Division.Kind.COMMUNITY)
        town = division.parent_id if village else division.pk
        spells = self._spells.get(town, []) if town else []
        found = (
            spell.cluster_id for spell in spells
            if spell.valid_from <= day and (spell.valid_to is None or day <= spell.valid_to)
        )  # fmt: skip
        return next(found, None)


def credits_of(windows: list[Window]) -> list[Credit]:
    """The sessions that count for a year's festivals, oldest first; four queries."""
    sessions = list(_within(windows))
    chosen = {
        choice.session_id: Festival(choice.festival)
        for choice in FestivalChoice.objects.filter(session__in=[each.pk for each in sessions])
    }
    return list(_credits(sessions, chosen, windows))


def _within(windows: list[Window]) -> Iterable[Session]:
    first, last = min(each.first for each in windows), max(each.last for each in windows)
    return (
        Session.objects.filter(state=Session.State.SCHEDULED)
        .filter(activity__state=Activity.State.PUBLISHED)
        .filter(starts_at__date__range=(first, last))
        .select_related("activity__node__site__division", "activity__cluster", "site")
        .order_by("starts_at", "pk")
    )


def _credits(
    sessions: list[Session], chosen: dict[int, Festival], windows: list[Window]
) -> Iterable[Credit]:
    clusters = Clusters()
    for session in sessions:
        day = local_day(session.starts_at)
        festival = festival_on(day, windows, chosen=chosen.get(session.pk))
        if festival is not None:
            meets = sum(day in window for window in windows) > 1
            yield Credit(session, day, festival, clusters.of(session.activity, day), meets)
