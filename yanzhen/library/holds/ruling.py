"""Which hold rule applies: the reader category's own, else the mandatory default."""

from dataclasses import dataclass

from yanzhen.groundwork import generations
from yanzhen.groundwork.generations import Kept
from yanzhen.library.holds.models import HoldRule

GENERATION = "hold-rules"


@dataclass(frozen=True)
class HoldRuling:
    id: int
    max_holds: int
    pickup_days: int
    on_shelf_at_pickup: bool


def choose(category: str) -> HoldRuling:
    """The ruling for a reader category.

    Raises LookupError only when the mandatory default row is missing, which
    `yanzhen check-invariants` reports.
    """
    rulings = _kept.get("all", generations.current(GENERATION))
    if category not in rulings and "" not in rulings:
        raise LookupError("the mandatory default hold rule is missing")
    return rulings.get(category) or rulings[""]


def _load(_key: object) -> dict[str, HoldRuling]:
    rows = HoldRule.objects.values_list(
        "category__code", "id", "max_holds", "pickup_days", "on_shelf_at_pickup"
    )
    return {row[0] or "": HoldRuling(*row[1:]) for row in rows}


_kept: Kept[dict[str, HoldRuling]] = Kept(_load)
