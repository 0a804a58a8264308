"""Which loan rule applies: the most particular row in force, and why (explain)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from yanzhen.groundwork.generations import Kept
from yanzhen.library.circulation.models import LoanRule

GENERATION = "loan-rules"


@dataclass(frozen=True)
class Ruling:
    """A loan rule's values; `path` is the node it was made for ("" for the whole county)."""

    id: int
    category: str
    kind: str
    path: str
    loan_days: int
    max_loans: int
    max_renewals: int
    lendable: bool
    valid_from: dt.date
    valid_to: dt.date | None
    document: str

    def fits(self, *, category: str, kind: str, path: str, day: dt.date) -> bool:
        return (
            self.category in ("", category)
            and self.kind in ("", kind)
            and path.startswith(self.path)
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

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


def in_force(number: int) -> list[Ruling]:
    """All rows, kept in memory for generation `number` of the rules."""
    return _kept.get("all", number)


def choose(
    rulings: Iterable[Ruling], *, category: str, kind: str, path: str, day: dt.date
) -> Ruling:
    """The ruling for a reader category, item kind and node on a day.

    Raises LookupError only when the mandatory default row is missing, which
    `yanzhen check-invariants` reports.
    """
    fitting = [r for r in rulings if r.fits(category=category, kind=kind, path=path, day=day)]
    if not fitting:
        raise LookupError("the mandatory default loan rule is missing")
    return max(fitting, key=lambda ruling: ruling.rank)


def _load(_key: object) -> list[Ruling]:
    fields = (
        "id",
        "category__code",
        "kind__code",
        "node__path",
        "loan_days",
        "max_loans",
        "max_renewals",
        "lendable",
        "valid_from",
        "valid_to",
        "document",
    )
    return [
        Ruling(row[0], row[1] or "", row[2] or "", row[3] or "", *row[4:])
        for row in LoanRule.objects.values_list(*fields)
    ]


def default_rows(day: dt.date):
    """The rows that catch everything on a day; there must be exactly one."""
    return LoanRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        category=None,
        kind=None,
        node=None,
        valid_from__lte=day,
    )


_kept: Kept[list[Ruling]] = Kept(_load)
