"""Records of several targets put together: those of one title in a group, the best one first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.flavour import CNMARC
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.titles import title_of

OURS = CNMARC
# What a cataloguer would otherwise have to write; in the order in which it is told.
FACTS = (
    "authors", "edition", "publisher", "year", "pages", "series", "isbns", "price", "clc",
    "subjects", "abstract",
)  # fmt: skip


@dataclass
class Found:
    """A record and the target it came from, by its place in the list of targets."""

    target: int
    record: Record
    flavour: str = ""
    key: str = ""
    facts: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        title, derived = title_of(self.record)
        self.flavour, self.key = title.flavour, title.match_key
        self.facts = frozenset(_told(derived))

    @property
    def order(self) -> tuple[bool, int, int, int]:
        """Our format first, then the fuller record, then the target higher in the list."""
        return self.flavour != OURS, -len(self.facts), -len(self.record.lines), self.target


Why = dict[str, Any]
Group = list[tuple[Found, Why]]


def merged(found: Sequence[Found]) -> list[Group]:
    """Groups in the order in which they were first met; in each the best of every target.

    One title is one `match_key` of the catalogue: ISBN, folded title, part and year. A record
    without a title matches nothing.
    """
    groups: dict[str, list[Found]] = {}
    for number, each in enumerate(found):
        groups.setdefault(each.key or f"#{number}", []).append(each)
    return [_ranked(group) for group in groups.values()]


def _ranked(group: list[Found]) -> Group:
    best: dict[int, Found] = {}
    for each in sorted(group, key=lambda one: one.order):
        best.setdefault(each.target, each)
    first, *others = best.values()
    return [(first, _why(first, others)), *((each, {}) for each in others)]


def _why(first: Found, others: list[Found]) -> Why:
    """Why the first stands first; nothing when it stands alone."""
    if not others:
        return {}
    theirs = frozenset[str]().union(*(each.facts for each in others))
    return {
        "format": first.flavour == OURS and any(each.flavour != OURS for each in others),
        "more": [fact for fact in FACTS if fact in first.facts - theirs],
        "fuller": all(len(first.facts) > len(each.facts) for each in others),
    }


def _told(derived: Derived) -> list[str]:
    return [fact for fact in FACTS if getattr(derived, fact)]
