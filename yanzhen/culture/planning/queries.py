"""The plan of a year as a grid: festivals by clusters, with what is there and what is missing."""

import datetime as dt
from dataclasses import dataclass, field

from yanzhen.culture.almanac.festivals import Window, windows_of
from yanzhen.culture.almanac.models import Festival
from yanzhen.culture.planning.crediting import Credit, credits_of
from yanzhen.culture.planning.models import PlanLine
from yanzhen.network.models import Cluster

NOTICE = dt.timedelta(days=30)


@dataclass
class Cell:
    """One festival in one cluster."""

    window: Window
    cluster: Cluster
    credits: list[Credit] = field(default_factory=list)
    lines: list[PlanLine] = field(default_factory=list)

    @property
    def activities(self) -> int:
        """An activity counts once, whatever its sessions (R09)."""
        return len({credit.session.activity_id for credit in self.credits})

    @property
    def state(self) -> str:
        """ "kept" with an activity in it, "planned" with an intention alone, else "empty"."""
        if self.credits:
            return "kept"
        return "planned" if self.lines else "empty"

    def is_pressing(self, today: dt.date) -> bool:
        """Nothing is held in it, and it opens within thirty days or has opened already."""
        return not self.credits and self.window.first - NOTICE <= today


@dataclass(frozen=True)
class Grid:
    """`rows` are clusters, each with its cells in the order of the windows; `apart` is what
    counts for a festival but lies in no cluster."""

    year: int
    windows: list[Window]
    rows: list[tuple[Cluster, list[Cell]]]
    apart: list[Credit]

    def total(self, festival: Festival) -> int:
        """Activities of the district in a window; one held by a whole cluster counts once."""
        counted = {
            credit.session.activity_id
            for _cluster, cells in self.rows
            for cell in cells
            for credit in cell.credits
            if credit.festival == festival
        }
        apart = {c.session.activity_id for c in self.apart if c.festival == festival}
        return len(counted | apart)

    @property
    def cells(self) -> list[Cell]:
        return [cell for _cluster, cells in self.rows for cell in cells]


def grid(year: int) -> Grid:
    """The plan of a year. Raises Refused outside the years of the almanac."""
    windows = windows_of(year)
    rows = [
        (cluster, [Cell(window, cluster) for window in windows])
        for cluster in Cluster.objects.all()
    ]
    cells = {
        (cell.cluster.pk, cell.window.festival): cell for _cluster, row in rows for cell in row
    }
    apart: list[Credit] = []
    for credit in credits_of(windows):
        cell = cells.get((credit.cluster_id or 0, credit.festival))
        (cell.credits if cell else apart).append(credit)
    lines = PlanLine.objects.live().filter(year=year).select_related("node__site")
    for line in lines:
        cells[line.cluster_id, Festival(line.festival)].lines.append(line)
    return Grid(year, windows, rows, apart)
