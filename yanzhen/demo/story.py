"""The visits of three months: those of everyday, of the residents one can sign in as, of today."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random

from yanzhen.demo.happenings import Visit
from yanzhen.demo.readers import Reader
from yanzhen.demo.residents import KNOWN
from yanzhen.demo.taste import likely_now
from yanzhen.demo.visits import Houses
from yanzhen.network.models import Node

BOOKS, SHARES = (1, 2, 3, 4), (4, 5, 3, 1)
BOOKS_A_VISIT = 2.0
LIKELIEST = 2.4
MOST_TRIES = 30
PLAIN = frozenset({"book", "children"})
# Days ago on which a known resident borrowed: what was brought back, what is still at home.
BROUGHT_BACK, STILL_AT_HOME = (88, 79, 66, 55, 47), (38, 24, 9, 3)
CHILD_STILL_AT_HOME = (8, 8, 2)


class Public:
    """The readers of the county, and who of them may be found at which house."""

    def __init__(self, readers: Sequence[Reader], rng: Random):
        self.rng = rng
        self.known = [one for one in readers if one.resident.number in KNOWN]
        self.others = [one for one in readers if one.resident.number not in KNOWN]
        self.keenness = [min(rng.paretovariate(1.6), 6.0) for _one in self.others]
        self._weights: dict[str, list[float]] = {}

    def somebody(self, node: Node, moment: dt.datetime) -> Reader | None:
        """A reader who comes to this house at this moment and has a card in order."""
        if node.code not in self._weights:
            self._weights[node.code] = self._of(node)
        for one in self.rng.choices(self.others, self._weights[node.code], k=MOST_TRIES):
            in_order = one.card.issued_at < moment and not (
                one.stopped_at and one.stopped_at <= moment
            )
            chance = likely_now(one.resident.category, moment) / LIKELIEST
            if in_order and self.rng.random() < chance:
                return one
        return None

    def _of(self, node: Node) -> list[float]:
        """Neighbours come most; the main library draws from everywhere."""
        stray = 0.12 if node.level == Node.Level.HUB else 0.02
        return [
            keen * (1.0 if one.resident.home == node.code else stray)
            for one, keen in zip(self.others, self.keenness, strict=True)
        ]


def everyday(houses: Houses, public: Public, *, loans: int, days: int) -> Iterator[Visit]:
    """Visits enough for about `loans` loans, spread as people spread."""
    open_days = list(houses.busy_days(days))
    weights = [weight for _node, _day, weight in open_days]
    rng = public.rng
    for node, day, _weight in rng.choices(open_days, weights, k=round(loans / BOOKS_A_VISIT)):
        at = houses.moment(node, day, rng)
        reader = public.somebody(node, at)
        if reader:
            yield Visit(at, node, reader, rng.choices(BOOKS, SHARES)[0])


def of_known_residents(houses: Houses, public: Public, *, days: int) -> Iterator[Visit]:
    """A handful of loans for everybody with an account: one overdue, the rest to be renewed."""
    nodes = {node.code: node for node in houses.nodes}
    for reader in public.known:
        node, child = nodes[reader.resident.home], reader.resident.category == "child"
        at_home = CHILD_STILL_AT_HOME if child else STILL_AT_HOME
        past = [ago for ago in BROUGHT_BACK if ago <= days]
        for ago, kept in [*((ago, False) for ago in past), *((ago, True) for ago in at_home)]:
            day = houses.day_before(node, houses.at.date() - dt.timedelta(days=ago))
            at = houses.moment(node, day, public.rng)
            yield Visit(at, node, reader, kinds=PLAIN, kept=kept)


def of_this_morning(houses: Houses, public: Public) -> Iterator[Visit]:
    """So that every desk that has opened today has lent and taken back something."""
    rng, today = public.rng, houses.at.date()
    for node in houses.nodes:
        many = 4 if node.level == Node.Level.HUB else 1
        for _each in range(many + rng.randrange(2)):
            at = houses.this_morning(node, rng)
            reader = at and public.somebody(node, at)
            if reader:
                yield Visit(at, node, reader, rng.choices(BOOKS, SHARES)[0])
        for _each in range(many):
            day = houses.day_before(node, today - dt.timedelta(days=rng.randint(4, 9)))
            at, back_at = houses.moment(node, day, rng), houses.this_morning(node, rng)
            reader = back_at and public.somebody(node, at)
            if reader:
                yield Visit(at, node, reader, back_at=back_at)
