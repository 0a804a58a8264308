"""Which hold rule applies on a day: the reader category's own, else the mandatory default."""

import datetime as dt
from dataclasses import dataclass

from yanzhen.groundwork import generations
from yanzhen.groundwork.generations import Kept
from yanzhen.groundwork.refusals import Ground
from yanzhen.library.holds.models import Hold, HoldRule

GENERATION = "hold-rules"
VALUES = ("max_holds", "pickup_days", "on_shelf_at_pickup")


@dataclass(frozen=True)
class HoldRuling:
    """The values that govern; `category` is "" when the default row gave them."""

    category: str
    id: int
    max_holds: int
    pickup_days: int
    on_shelf_at_pickup: bool
    document: str
    valid_from: dt.date
    valid_to: dt.date | None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Its values, each with this row."""
        keys = (self.category, "", "")
        return tuple(
            Ground(name, getattr(self, name), self.id, self.document, keys) for name in VALUES
        )

    def acts_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def choose(category: str, day: dt.date) -> HoldRuling:
    """The ruling for a reader category on a day.

    Raises LookupError only when the mandatory default row is missing, which
    `yanzhen check-invariants` reports.
    """
    rows = _kept.get("all", generations.current(GENERATION))
    acting = {row.category: row for row in rows if row.acts_on(day)}
    if category not in acting and "" not in acting:
        raise LookupError("the mandatory default hold rule is missing")
    return acting.get(category) or acting[""]


def of_hold(hold: Hold) -> tuple[Ground, ...]:
    """The row a hold was placed under; rows are never overwritten. Wants `rule.category`."""
    rule = hold.rule
    keys = (rule.category.code if rule.category else "", "", "")
    return tuple(Ground(name, getattr(rule, name), rule.pk, rule.document, keys) for name in VALUES)


def _load(_key: object) -> list[HoldRuling]:
    rows = HoldRule.objects.standing().values_list(
        "category__code", "id", "max_holds", "pickup_days", "on_shelf_at_pickup", "document",
        "valid_from", "valid_to",
    )  # fmt: skip
    return [HoldRuling(row[0] or "", *row[1:]) for row in rows]


_kept: Kept[list[HoldRuling]] = Kept(_load)
