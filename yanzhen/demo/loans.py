"""Three months of lending, lived through day by day: who borrows what, and when it comes back.

Everything happens in the order of time, each copy in one place at a time, so what is left at the
end (open loans, copies on the road) is what would be left in life.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from random import Random

from yanzhen.demo.habits import FOREVER, days_at_home, house_of_return
from yanzhen.demo.happenings import Event, Visit, Volume
from yanzhen.demo.taste import NEVER, liking, popularity
from yanzhen.demo.titles import Title
from yanzhen.demo.visits import Houses
from yanzhen.library.circulation.models import Loan, Renewal
from yanzhen.library.circulation.ruling import Ruling
from yanzhen.library.circulation.situation import age_band
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node
from yanzhen.people.rules import age_on

MOST_AT_HOME = 8
LOOKED_AT = 14  # how many books a visitor takes in hand before choosing one
DAY = dt.timedelta(days=1)
LONGEST_VISIT = dt.timedelta(minutes=5)
State = Copy.State
# The book of the first story in the README stays on its shelf, whatever the day.
KEPT_FOR_NEWCOMERS = "YJ13000001"


class Life:
    """The books of the county in motion. After `live`, the rows wait in lists to be stored."""

    def __init__(
        self,
        stock: Iterable[tuple[Copy, Title]],
        houses: Houses,
        rules: dict[tuple[str, str], Ruling],
        rng: Random,
    ):
        self.houses, self.rules, self.rng = houses, rules, rng
        self.loans: list[Loan] = []
        self.transits: list[Transit] = []
        self.renewals: list[Renewal] = []
        self.volumes = [Volume(copy, title, popularity(title, rng)) for copy, title in stock]
        self.shelves: dict[int, list[Volume]] = defaultdict(list)
        for volume in self.volumes:
            if _lendable(volume.copy):
                self.shelves[volume.copy.current_node_id].append(volume)
        self.at_home: dict[int, int] = defaultdict(int)
        self.read: set[tuple[int, int]] = set()
        self._coming: list[Event] = []
        self._serials = count()

    def live(self, visits: Sequence[Visit]) -> None:
        """Let every visit up to now happen, and everything that follows from them."""
        for visit in sorted(visits, key=lambda visit: visit.at):
            if visit.at + LONGEST_VISIT < self.houses.at:
                self._until(visit.at)
                self._receive_reader(visit)
        self._until(self.houses.at)

    def _until(self, moment: dt.datetime) -> None:
        while self._coming and self._coming[0].at < moment:
            event = heapq.heappop(self._coming)
            if event.transit:
                self._arrive(event)
            else:
                self._take_back(event)

    def _receive_reader(self, visit: Visit) -> None:
        for n in range(visit.books):
            if self.at_home[visit.reader.person.pk] >= MOST_AT_HOME:
                return
            volume = self._choose(visit)
            if volume:
                self._lend(volume, visit, visit.at + dt.timedelta(seconds=35 * n))

    def _choose(self, visit: Visit) -> Volume | None:
        """Take some books in hand; the one liked best goes home."""
        shelf, category = self.shelves[visit.node.pk], visit.reader.resident.category
        seen = self.rng.sample(shelf, min(LOOKED_AT, len(shelf)))
        fitting = [(self._appeal(volume, visit, category), n) for n, volume in enumerate(seen)]
        appeal, n = max(fitting, default=(NEVER, 0))
        if appeal <= NEVER / 2:
            return None
        shelf.remove(seen[n])
        return seen[n]

    def _appeal(self, volume: Volume, visit: Visit, category: str) -> float:
        person = visit.reader.person
        known = (person.pk, volume.title.number) in self.read
        minor = volume.copy.adult_only and age_on(person.born_on, visit.at.date()) < 18
        if known or minor or (visit.kinds and volume.title.kind not in visit.kinds):
            return NEVER
        return volume.wanted + liking(category, volume.title)

    def _lend(self, volume: Volume, visit: Visit, at: dt.datetime) -> None:
        reader, node, copy = visit.reader, visit.node, volume.copy
        rule = self.rules[reader.resident.category, volume.title.kind]
        calendar = self.houses.calendars[node.pk]
        loan = Loan(
            copy=copy, person=reader.person, card=reader.card,
            category_code=reader.resident.category,
            age_band=age_band(age_on(reader.person.born_on, at.date())),
            lent_node=node, lent_at=at, lent_by=node.site.keeper,
            due_on=calendar.next_open_day(at.date() + rule.loan_days * DAY),
            governing_node=node, rule_id=rule.id, max_renewals=rule.max_renewals,
            loan_days=rule.loan_days,
        )  # fmt: skip
        self.loans.append(loan)
        copy.state, copy.revision = State.ON_LOAN, copy.revision + 1
        reader.card.revision += 1
        volume.lent += 1
        self.at_home[reader.person.pk] += 1
        self.read.add((reader.person.pk, volume.title.number))
        self._plan_return(loan, volume, visit)

    def _plan_return(self, loan: Loan, volume: Volume, visit: Visit) -> None:
        days = days_at_home(self.rng)
        if visit.kept or days == FOREVER:
            return
        if visit.back_at:
            self._put(Event(visit.back_at, next(self._serials), volume, visit.node, loan=loan))
            return
        day = loan.lent_at.date() + days * DAY
        self._renew(loan, min(day, self.houses.at.date()))
        node = house_of_return(visit.node, self.houses.nodes, self.rng)
        at = self.houses.moment_from(node, day, self.rng)
        self._put(Event(at, next(self._serials), volume, node, loan=loan))

    def _renew(self, loan: Loan, back: dt.date) -> None:
        """Whoever needs longer mostly asks in time, a day or two before the book is due."""
        while loan.renewals < loan.max_renewals and back > loan.due_on and self.rng.random() < 0.8:
            day = loan.due_on - self.rng.randint(1, 2) * DAY
            time = dt.time(self.rng.randint(8, 20), self.rng.randrange(60))
            at = dt.datetime.combine(day, time, self.houses.at.tzinfo)
            if at >= self.houses.at:
                return
            due_before = loan.due_on
            calendar = self.houses.calendars[loan.governing_node_id]
            loan.due_on = calendar.next_open_day(due_before + loan.loan_days * DAY)
            loan.renewals += 1
            self.renewals.append(Renewal(
                loan=loan, at=at, by_name=loan.person.name, due_before=due_before,
                due_after=loan.due_on,
            ))  # fmt: skip

    def _take_back(self, event: Event) -> None:
        loan, copy = event.loan, event.volume.copy
        loan.returned_at, loan.returned_node = event.at, event.node
        loan.returned_by = event.node.site.keeper
        self.at_home[loan.person_id] -= 1
        copy.current_node, copy.revision = event.node, copy.revision + 1
        if event.node.pk == copy.home_node_id:
            self._shelve(event.volume)
        else:
            self.send(event.volume, event.node, copy.home_node, event.at, Transit.Reason.HOME)

    def send(
        self, volume: Volume, from_node: Node, to_node: Node, at: dt.datetime, reason: str
    ) -> None:
        """Put a copy on the road; the van takes a day to three, and a scan ends the journey."""
        copy = volume.copy
        copy.state, copy.current_node = State.IN_TRANSIT, from_node
        transit = Transit(
            copy=copy, reason=reason, from_node=from_node, to_node=to_node, sent_at=at,
            sent_by=from_node.site.keeper,
        )  # fmt: skip
        self.transits.append(transit)
        day = at.date() + self.rng.choice((1, 1, 2, 3)) * DAY
        arrival = self.houses.moment_from(to_node, day, self.rng)
        self._put(Event(arrival, next(self._serials), volume, to_node, transit=transit))

    def _arrive(self, event: Event) -> None:
        transit, copy = event.transit, event.volume.copy
        transit.ended_at, transit.ended_node = event.at, event.node
        transit.ended_by, transit.ending = event.node.site.keeper, Transit.Ending.SCAN
        copy.current_node, copy.revision = event.node, copy.revision + 1
        self._shelve(event.volume)

    def _shelve(self, volume: Volume) -> None:
        volume.copy.state = State.AVAILABLE
        self.shelves[volume.copy.current_node_id].append(volume)

    def _put(self, event: Event) -> None:
        heapq.heappush(self._coming, event)


def _lendable(copy: Copy) -> bool:
    flawed = copy.missing or copy.withdrawal_proposed or copy.in_dispute
    return copy.for_loan and not flawed and copy.barcode != KEPT_FOR_NEWCOMERS
