"""A draft tried on last month: how many loans, and which, would have gone otherwise."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from yanzhen.groundwork import generations
from yanzhen.groundwork.clock import local_day
from yanzhen.library.circulation.models import Loan, RuleDraft
from yanzhen.library.circulation.replaying import Change, Replayed, World, in_place_of, replay
from yanzhen.library.circulation.ruling import GENERATION, RuleRow, in_force, row_of
from yanzhen.network.models import Node
from yanzhen.network.opening import calendars_of

MONTH = dt.timedelta(days=30)
LONG_AGO = dt.date(1949, 10, 1)
SHOWN = 50
EFFECTS = ("refused", "allowed", "earlier", "later", "renewals")
_FIELDS = (
    "pk", "person_id", "category_code", "copy__kind__code", "lent_node_id", "copy__owning_node_id",
    "lent_at", "returned_at", "renewals",
)  # fmt: skip


@dataclass(frozen=True)
class Simulation:
    """What came of it. `effects` counts loans by what differs; the tables count differing loans
    by reader category, item kind and node code; `shown` are the first of them."""

    since: dt.date
    until: dt.date
    loans: int
    detached: int
    changed: int
    effects: dict[str, int]
    by_category: list[tuple[str, int]]
    by_kind: list[tuple[str, int]]
    by_node: list[tuple[int, int]]
    shown: list[Change]


def simulate(draft: RuleDraft, *, at: dt.datetime) -> Simulation:
    """Replay the thirty days before `at` as if the draft had been in force all along.

    A handful of queries, however many loans.
    """
    since = at - MONTH
    before, month = _loans(since, at)
    rows = in_force(generations.current(GENERATION))
    changes = replay(
        before, month, now=_world(rows, month), then=_world(_drafted(rows, draft), month)
    )
    return Simulation(
        local_day(since),
        local_day(at),
        len(month),
        sum(loan.person is None for loan in month),
        len(changes),
        _effects(changes),
        Counter(each.loan.category for each in changes).most_common(),
        Counter(each.loan.kind for each in changes).most_common(),
        Counter(each.loan.node for each in changes).most_common(),
        changes[:SHOWN],
    )


def _effects(changes: list[Change]) -> dict[str, int]:
    found = Counter(kind for each in changes for kind in each.kinds)
    return {effect: found[effect] for effect in EFFECTS}


def _loans(since: dt.datetime, until: dt.datetime) -> tuple[list[Replayed], list[Replayed]]:
    """The loans at home when the month began, and those made in it, in the order of time."""
    loans = Loan.objects.counted().filter(
        Q(returned_at=None) | Q(returned_at__gte=since), lent_at__lt=until
    )
    paths = dict(Node.objects.values_list("pk", "path"))
    found = [_replayed(row, paths) for row in loans.values_list(*_FIELDS).order_by("lent_at", "pk")]
    month = [loan for loan in found if loan.lent_at >= since]
    return found[: len(found) - len(month)], month


def _replayed(row: tuple, paths: dict[int, str]) -> Replayed:
    pk, person, category, kind, node, owner, lent_at, returned_at, renewals = row
    day = timezone.localtime(lent_at).date()
    return Replayed(
        pk, person, category, kind, node, paths[node], owner, lent_at, day, returned_at, renewals
    )


def _drafted(rows: list[RuleRow], draft: RuleDraft) -> list[RuleRow]:
    drafted = list(draft.rows.select_related("category", "kind", "node"))
    keyed = [(row.ends, row_of(row, valid_from=LONG_AGO, document=draft.name)) for row in drafted]
    ended = {row.keys for ends, row in keyed if ends}
    return in_place_of(rows, [row for ends, row in keyed if not ends], ended)


def _world(rows: list[RuleRow], month: list[Replayed]) -> World:
    calendars = calendars_of({loan.node for loan in month})
    known: dict[tuple[int, dt.date], dt.date] = {}

    def next_open(node: int, day: dt.date) -> dt.date:
        if (node, day) not in known:
            known[node, day] = calendars[node].next_open_day(day)
        return known[node, day]

    return World(rows, next_open)
