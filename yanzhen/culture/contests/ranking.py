"""Marks in, ranks out: pure, exact (fractions), the same whatever order the marks come in.

The rule in words and with an example: docs/explanation/contest-scores.md.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST_TO_DROP = 5
ARTISTIC, TOP_MARKS, LOT = "artistic", "top_marks", "lot"


@dataclass(frozen=True)
class Criterion:
    """`most` points at most, `weight` of 100 in a judge's total."""

    id: int
    most: int
    weight: int
    decides_ties: bool = False


@dataclass(frozen=True)
class Sheet:
    """A judge's points for an entry: criterion id -> tenths of a point."""

    judge_id: int
    entry_id: int
    tenths: Mapping[int, int]


@dataclass(frozen=True)
class Setting:
    """How a round is counted. `vote_weight` of 100; 0 where nobody votes."""

    criteria: tuple[Criterion, ...]
    drops_extremes: bool
    vote_weight: int = 0


@dataclass(frozen=True)
class Place:
    """An entry's place. `judged` and `total` are points of 100; `tie_rule` is what parted it from
    an entry with the same total ("" where nothing had to)."""

    entry_id: int
    rank: int
    judged: Fraction
    votes: int
    total: Fraction
    tie_rule: str


@dataclass(frozen=True)
class Ranking:
    """`places` from the first; `undecided` are the entries only a lot can part."""

    places: tuple[Place, ...]
    undecided: frozenset[int]


@dataclass(frozen=True)
class _Standing:
    entry_id: int
    judged: Fraction
    votes: int
    total: Fraction
    artistic: Fraction
    top_marks: int
    lot: int | None

    @property
    def before_lots(self) -> tuple:
        return (-self.total, -self.artistic, -self.top_marks)


def judge_total(criteria: Iterable[Criterion], tenths: Mapping[int, int]) -> Fraction:
    """A judge's total for one entry, of 100."""
    return sum(
        (Fraction(tenths[each.id] * each.weight, 10 * each.most) for each in criteria), Fraction(0)
    )


def dropped(totals: Mapping[int, Fraction]) -> frozenset[int]:
    """The judges (ids) whose totals do not count: one highest and one lowest, n >= 5.

    Which of several equal totals is dropped changes nothing; the lowest id is named.
    """
    if len(totals) < FEWEST_TO_DROP:
        return frozenset()
    highest = min(totals, key=lambda judge: (-totals[judge], judge))
    others = [judge for judge in totals if judge != highest]
    lowest = min(others, key=lambda judge: (totals[judge], judge))
    return frozenset({highest, lowest})


def rank(
    entries: Sequence[int],
    sheets: Sequence[Sheet],
    setting: Setting,
    *,
    votes: Mapping[int, int],
    lots: Mapping[int, int | None],
) -> Ranking:
    """Rank the entries of a round. `votes` and `lots` are by entry id; every entry has a sheet."""
    most_votes = max([votes.get(entry, 0) for entry in entries], default=0)
    standings = [
        _standing(
            entry, [each for each in sheets if each.entry_id == entry], setting,
            votes.get(entry, 0), most_votes, lots.get(entry),
        )
        for entry in entries
    ]  # fmt: skip
    return _ranked(standings)


def _standing(
    entry_id: int,
    sheets: list[Sheet],
    setting: Setting,
    votes: int,
    most_votes: int,
    lot: int | None,
) -> _Standing:
    totals = {each.judge_id: judge_total(setting.criteria, each.tenths) for each in sheets}
    gone = dropped(totals) if setting.drops_extremes else frozenset()
    counted = [total for judge, total in totals.items() if judge not in gone]
    judged = sum(counted, Fraction(0)) / len(counted)
    share = Fraction(100 * votes, most_votes) if most_votes else Fraction(0)
    total = (judged * (100 - setting.vote_weight) + share * setting.vote_weight) / 100
    return _Standing(
        entry_id, judged, votes, total, _artistic(sheets, setting), _top_marks(sheets, setting), lot
    )


def _artistic(sheets: list[Sheet], setting: Setting) -> Fraction:
    """The mean for the criterion that decides ties, all judges counted."""
    deciding = [each for each in setting.criteria if each.decides_ties]
    tenths = [each.tenths[line.id] for each in sheets for line in deciding]
    return Fraction(sum(tenths), len(tenths)) if tenths else Fraction(0)


def _top_marks(sheets: list[Sheet], setting: Setting) -> int:
    """How often a judge gave all the points of a criterion."""
    return sum(
        each.tenths[line.id] == 10 * line.most for each in sheets for line in setting.criteria
    )


def _ranked(standings: list[_Standing]) -> Ranking:
    groups: dict[tuple, list[_Standing]] = {}
    for each in standings:
        groups.setdefault(each.before_lots, []).append(each)
    undecided = frozenset(
        each.entry_id
        for group in groups.values()
        if len(group) > 1
        for each in group
        if each.lot is None
    )
    key = lambda each: (each.before_lots, each.lot or 0, each.entry_id)  # noqa: E731
    ordered = sorted(standings, key=key)
    places = tuple(
        Place(each.entry_id, n, each.judged, each.votes, each.total, _parted(each, standings))
        for n, each in enumerate(ordered, 1)
    )
    return Ranking(places, undecided)


def _parted(own: _Standing, standings: list[_Standing]) -> str:
    """The last rule that was needed to part it from the others with its total."""
    equals = [each for each in standings if each.total == own.total and each is not own]
    if not equals:
        return ""
    if all(each.artistic != own.artistic for each in equals):
        return ARTISTIC
    closer = [each for each in equals if each.artistic == own.artistic]
    return TOP_MARKS if all(each.top_marks != own.top_marks for each in closer) else LOT


def thousandths(points: Fraction) -> int:
    """Points of 100 as stored and shown: rounded half up to a thousandth."""
    return int(points * 1000 + Fraction(1, 2))


def digest_of(sheets: Sequence[Sheet], setting: Setting, ranking: Ranking) -> str:
    """SHA-256 over what was counted and what came out, whatever order the sheets come in."""
    told = {
        "criteria": [[c.id, c.most, c.weight, c.decides_ties] for c in setting.criteria],
        "drops_extremes": setting.drops_extremes,
        "vote_weight": setting.vote_weight,
        "sheets": sorted([s.entry_id, s.judge_id, sorted(s.tenths.items())] for s in sheets),
        "places": [[p.entry_id, p.rank, str(p.total), p.votes, p.tie_rule] for p in ranking.places],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def drawn_order(keys: Iterable[str], seed: str) -> list[str]:
    """A draw anybody can repeat: the keys by the SHA-256 of "seed:key"."""
    return sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).digest(), key))
