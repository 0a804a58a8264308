"""Some twenty holds 演示, in every state, made by the use-cases themselves."""

import datetime as dt
from collections.abc import Iterator

from yanzhen.demo.residents import KNOWN
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import expiring
from yanzhen.library.holds.cancelling import cancel_hold
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Node
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant

DAY = dt.timedelta(days=1)
# How many of each, and how many days ago they were placed.
READY, ON_ITS_WAY, TO_FETCH, NOT_FETCHED, CANCELLED, FULFILLED = 5, 4, 5, 2, 2, 2
LONG_AGO = 14 * DAY
QUEUE = 3  # readers waiting for one title that is out


class Makers:
    """What holds are made of: copies nobody has touched, readers with a card in order, desks."""

    def __init__(self, at: dt.datetime):
        self.at = at
        untouched = Copy.objects.filter(
            state="available", loans=None, transits=None, for_loan=True, adult_only=False,
            missing=False, in_dispute=False, withdrawal_proposed=False, kind__code="book",
            current_node__level__in=["hub", "branch"],
        )  # fmt: skip
        self.copies = _one_a_title(untouched.select_related("current_node").order_by("pk"))
        self.readers = self._readers()
        self.branches = list(Node.objects.libraries().serving().filter(level="branch")[:6])

    def _readers(self) -> Iterator[ReaderCard]:
        """The known residents first, then the rest, around and around."""
        in_order = ReaderCard.objects.active().filter(issued_at__lt=self.at - LONG_AGO - DAY)
        in_order = in_order.exclude(person__blocks__lifted_at=None, person__blocks__isnull=False)
        cards = list(in_order.exclude(expires_on__lt=self.at.date()).order_by("number")[:60])
        cards.sort(key=lambda card: card.number not in KNOWN)
        while cards:
            yield from cards

    def hold(self, copy: Copy, pickup: Node, at: dt.datetime) -> Hold:
        card = next(self.readers)
        return place_hold(
            person_id=card.person_id, bib_id=copy.bib_id, pickup=pickup, copy_id=copy.pk,
            by=_desk(pickup), at=at,
        )  # fmt: skip

    def elsewhere(self, copy: Copy) -> Node:
        return next(node for node in self.branches if node.pk != copy.current_node_id)


def make_holds(at: dt.datetime) -> None:
    """Holds as they stand at the moment `at`; wants stock, readers and loans stored."""
    makers = Makers(at)
    for _each in range(NOT_FETCHED):
        _ready(makers, at - LONG_AGO)
    expiring.expire(at)
    for _each in range(READY):
        _ready(makers, at - DAY)
    for copy in _some(makers, ON_ITS_WAY):
        makers.hold(copy, makers.elsewhere(copy), at - DAY)
        _scan(copy, at - DAY / 2)
    for copy in _some(makers, TO_FETCH):
        makers.hold(copy, makers.elsewhere(copy), at - DAY / 4)
    for copy in _some(makers, CANCELLED):
        hold = makers.hold(copy, makers.elsewhere(copy), at - 2 * DAY)
        cancel_hold(hold_id=hold.pk, by=_desk(hold.pickup_node), at=at - DAY)
    for _each in range(FULFILLED):
        _fetched(makers, at)
    _queue(makers, at)


def _ready(makers: Makers, at: dt.datetime) -> Hold | None:
    for copy in _some(makers, 1):
        hold = makers.hold(copy, copy.current_node, at - DAY / 4)
        _scan(copy, at)
        return hold
    return None


def _fetched(makers: Makers, at: dt.datetime) -> None:
    hold = _ready(makers, at - 3 * DAY)
    if hold and hold.wanted_copy:
        lend(
            barcode=hold.wanted_copy.barcode, card_number=hold.card.number,
            node=hold.pickup_node, by=_desk(hold.pickup_node), at=at - DAY,
        )  # fmt: skip


def _queue(makers: Makers, at: dt.datetime) -> None:
    """Several readers wait for one title whose copies are all out."""
    out = Copy.objects.filter(state="on_loan", for_loan=True, adult_only=False)
    out = out.exclude(bib__copies__state="available").order_by("pk")
    copy = out.first()
    for place in range(QUEUE if copy else 0):
        assert copy is not None
        card = next(makers.readers)
        pickup = makers.branches[place % len(makers.branches)]
        place_hold(
            person_id=card.person_id, bib_id=copy.bib_id, pickup=pickup, by=_desk(pickup),
            at=at - (QUEUE - place) * DAY,
        )  # fmt: skip


def _one_a_title(copies) -> Iterator[Copy]:
    """One copy of each title, from another branch each time as long as there are some."""
    seen: set[int] = set()
    by_node: dict[int, list[Copy]] = {}
    for copy in copies:
        if copy.bib_id not in seen:
            seen.add(copy.bib_id)
            by_node.setdefault(copy.current_node_id, []).append(copy)
    while by_node:
        for node_id in list(by_node):
            yield by_node[node_id].pop(0)
            if not by_node[node_id]:
                del by_node[node_id]


def _some(makers: Makers, number: int) -> list[Copy]:
    found = (next(makers.copies, None) for _each in range(number))
    return [copy for copy in found if copy]


def _scan(copy: Copy, at: dt.datetime) -> None:
    node = copy.current_node
    take_back(barcode=copy.barcode, node=node, by=_desk(node), at=at)


def _desk(node: Node) -> Actor:
    """The keeper of the house, at its desk."""
    grant = Grant(Role.Kind.CULTURE_OFFICER, node.path, node.code)
    return Actor(None, None, node.site.keeper or "演示馆员", (grant,))
