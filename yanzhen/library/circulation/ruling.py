"""Which rows of the loan rules govern, value by value, and why (explain).

Every value is asked for by itself: the most particular row that sets it wins, and what a row
leaves empty comes from the next. Why so: docs/decisions/0024-rules-value-by-value.md.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from yanzhen.groundwork.generations import Kept
from yanzhen.library.circulation.models import LoanRule

GENERATION = "loan-rules"
NEEDED = ("loan_days", "max_loans", "max_renewals", "lendable")
OPTIONAL = ("max_loans_kind", "max_loans_owned")
VALUES = NEEDED + OPTIONAL


@dataclass(frozen=True)
class RuleRow:
    """A row of the rules; `path` is the node it was made for ("" for the whole county).

    `values` holds what the row sets and nothing else.
    """

    id: int
    category: str
    kind: str
    path: str
    values: Mapping[str, Any]
    valid_from: dt.date
    valid_to: dt.date | None = None
    document: str = ""

    def fits(self, *, category: str, kind: str, path: str, day: dt.date) -> bool:
        return (
            self.category in ("", category)
            and self.kind in ("", kind)
            and path.startswith(self.path)
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    @property
    def keys(self) -> tuple[str, str, str]:
        return self.category, self.kind, self.path

    @property
    def rank(self) -> tuple:
        """Nearer node first, then item kind, then reader category, then the newest row."""
        return (
            self.path.count("."),
            bool(self.kind),
            bool(self.category),
            self.valid_from,
            self.id,
        )


@dataclass(frozen=True)
class Ruling:
    """The values that govern, and for each the row that gave it (`sources`).

    A limit nobody set is None. `id` and `document` are those of the row that gave the days.
    """

    loan_days: int
    max_loans: int
    max_renewals: int
    lendable: bool
    max_loans_kind: int | None
    max_loans_owned: int | None
    sources: Mapping[str, RuleRow]

    @property
    def id(self) -> int:
        return self.sources["loan_days"].id

    @property
    def document(self) -> str:
        return self.sources["loan_days"].document


def in_force(number: int) -> list[RuleRow]:
    """All rows, kept in memory for generation `number` of the rules."""
    return _kept.get("all", number)


def choose(rows: Iterable[RuleRow], *, category: str, kind: str, path: str, day: dt.date) -> Ruling:
    """The ruling for a reader category, item kind and node on a day.

    Raises LookupError only when the mandatory default row is missing, which
    `yanzhen check-invariants` reports.
    """
    fitting = [row for row in rows if row.fits(category=category, kind=kind, path=path, day=day)]
    sources: dict[str, RuleRow] = {}
    for row in sorted(fitting, key=lambda row: row.rank):
        sources.update(dict.fromkeys(row.values, row))
    if any(name not in sources for name in NEEDED):
        raise LookupError("the mandatory default loan rule is missing")
    values: dict[str, Any] = {
        name: sources[name].values[name] if name in sources else None for name in VALUES
    }
    return Ruling(**values, sources=sources)


def row_of(rule: Any, **more: Any) -> RuleRow:
    """A stored row (or a draft's, with the dates in `more`) as a value; wants its keys loaded."""
    told = {"valid_from": getattr(rule, "valid_from", None), **more}
    return RuleRow(
        id=rule.pk,
        category=rule.category.code if rule.category else "",
        kind=rule.kind.code if rule.kind else "",
        path=rule.node.path if rule.node else "",
        values=values_of(rule),
        **told,
    )


def values_of(rule: Any) -> dict[str, Any]:
    """What a row sets; what it leaves to the next row is missing."""
    return {name: value for name in VALUES if (value := getattr(rule, name)) is not None}


def _load(_key: object) -> list[RuleRow]:
    rules = LoanRule.objects.standing().select_related("category", "kind", "node")
    return [row_of(each, valid_to=each.valid_to, document=each.document) for each in rules]


def default_rows(day: dt.date):
    """The rows that catch everything on a day; there must be exactly one."""
    return LoanRule.objects.standing().filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        category=None,
        kind=None,
        node=None,
        valid_from__lte=day,
    )


_kept: Kept[list[RuleRow]] = Kept(_load)
