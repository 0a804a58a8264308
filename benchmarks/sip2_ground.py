"""A county for the benchmark of machines, and the raw statements it is measured against."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from benchmarks import lending_ground
from benchmarks.lending_ground import AT
from benchmarks.sip2 import DATE
from yanzhen.doors.sip2.codec import Answer, build
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.wire import STRICT
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.circulation.lending import lend
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.models import Hold, HoldRule, HoldStep
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.network.models import Node

HOLDS = 500
FEW = 50


@dataclass(frozen=True)
class Ground:
    """Readers with the ids of person and card, the one with 400 loans, and which books are on loan
    for the heavy part: of titles nobody waits for, of titles one reader each waits for, and of
    one that 500 wait for."""

    cards: list[str]
    holders: list[tuple[int, int]]
    heavy: str
    plain: range
    awaited: range
    popular: range
    heavy_books: int = FEW

    def lend(self, number: int, card: str) -> bytes:
        fields = (("AO", ""), ("AA", card), ("AB", barcode(number)), ("AC", ""))
        return build(Answer(f"11NN{DATE}{DATE}", fields), STRICT, str(number % 10))

    def back(self, number: int) -> bytes:
        fields = (("AP", ""), ("AO", ""), ("AB", barcode(number)), ("AC", ""))
        return build(Answer(f"09N{DATE}{DATE}", fields), STRICT, str(number % 10))

    def information(self, card: str) -> bytes:
        fields = (("AO", ""), ("AA", card), ("AC", ""))
        return build(Answer(f"63019{DATE}{' ' * 10}", fields), STRICT, "1")


def barcode(number: int) -> str:
    return f"BM{number:09d}"


def prepare(books: int, machines: int) -> Ground:
    """Fill an empty database: `books` on the shelf, machines m0, m1, … with one password."""
    made = lending_ground.prepare(books + 3 * FEW, 0)
    node, password = Node.objects.get(), make_password("machine")
    Terminal.objects.bulk_create(
        Terminal(account=f"m{n}", name=f"机器{n}", password=password, node=node)
        for n in range(machines)
    )
    plain, awaited, popular = (range(books + n * FEW, books + (n + 1) * FEW) for n in range(3))
    by = lending_ground._director(node)
    for n in (*plain, *awaited, *popular):
        lend(barcode=barcode(n), card_number=made.cards[1], node=node, by=by, at=AT)
    for n in awaited:
        _queue(node, _title([n]), length=1)
    _queue(node, _title(popular), length=HOLDS)
    lending_ground.learn()
    return Ground(made.cards, made.holders, made.heavy, plain, awaited, popular)


def _title(numbers: Sequence[int]) -> BibRecord:
    """A title of these copies alone."""
    title = lending_ground._bib(f"of {numbers[0]}")
    Copy.objects.filter(barcode__in=map(barcode, numbers)).update(bib=title)
    return title


def _queue(node: Node, wanted: BibRecord, length: int) -> None:
    rule, _made = HoldRule.objects.get_or_create(
        category=None, defaults={"max_holds": 5, "pickup_days": 7}
    )
    template = ReaderCard.objects.select_related("category").first()
    assert template is not None
    first = ReaderCard.objects.count() + 10_000
    cards = [lending_ground._card(node, template.category, first + n) for n in range(length)]
    holds = Hold.objects.bulk_create(
        Hold(
            person=card.person, card=card, bib=wanted, pickup_node=node, place=place, rule=rule,
            pickup_days=7, placed_at=AT, placed_by="演示",
        )
        for place, card in enumerate(cards, 1)
    )  # fmt: skip
    HoldStep.objects.bulk_create(
        HoldStep(hold=hold, state=hold.state, at=AT, by_name="演示") for hold in holds
    )


_OUT = (
    "WITH c AS (UPDATE holdings_copy SET state = 'on_loan', revision = revision + 1 "
    "WHERE barcode = %s AND state = 'available' RETURNING id), l AS ("
    "INSERT INTO circulation_loan (copy_id, person_id, card_id, category_code, age_band, "
    "lent_node_id, lent_at, lent_by, due_on, governing_node_id, rule_id, max_renewals, loan_days, "
    "renewals, returned_by, undone_by) SELECT id, %s, %s, 'adult', 'unknown', 1, '2026-11-23', "
    "'raw', '2026-12-23', 1, 1, 1, 30, 0, '', '' FROM c) "
    "INSERT INTO groundwork_auditentry (at, by_name, action, subject, place, detail) "
    "SELECT '2026-11-23', 'raw', 'copy.lent', 'copy:' || id, 'zhonghe', '{}' FROM c"
)
_BACK = (
    "WITH c AS (UPDATE holdings_copy SET state = 'available', revision = revision + 1 "
    "WHERE barcode = %s AND state = 'on_loan' RETURNING id), l AS ("
    "UPDATE circulation_loan SET returned_at = '2026-11-24', returned_node_id = 1, "
    "returned_by = 'raw' FROM c WHERE copy_id = c.id AND returned_at IS NULL) "
    "INSERT INTO groundwork_auditentry (at, by_name, action, subject, place, detail) "
    "SELECT '2026-11-24', 'raw', 'copy.taken_back', 'copy:' || id, 'zhonghe', '{}' FROM c"
)
# SQLite has no writing WITH: the same writes in one transaction.
_STEPS = {
    _OUT: lending_ground._RAW,
    _BACK: (
        "UPDATE holdings_copy SET state = 'available', revision = revision + 1 "
        "WHERE barcode = {p} AND state = 'on_loan' RETURNING id",
        "UPDATE circulation_loan SET returned_at = '2026-11-24', returned_node_id = 1, "
        "returned_by = 'raw' WHERE copy_id = {p} AND returned_at IS NULL",
        "INSERT INTO groundwork_auditentry (at, by_name, action, subject, place, detail) "
        "VALUES ('2026-11-24', 'raw', 'copy.taken_back', {p}, 'zhonghe', '{{}}')",
    ),
}


def raw_books(loans: list[tuple[int, int, int]]):
    """A generator: connects at the first step, lends and takes back all of them at the second; each
    the number of the copy, the ids of person and card."""
    url = os.environ.get("DATABASE_URL", "")
    wire = lending_ground._postgres(url) if url else lending_ground._sqlite()
    yield
    for statement in (_OUT, _BACK):
        for number, *holder in loans:
            ids = holder if statement is _OUT else []
            if url:
                wire.execute(statement, [barcode(number), *ids])
            else:
                _one_by_one(wire, [each.format(p="?") for each in _STEPS[statement]], number, ids)


def _one_by_one(wire, steps: list[str], number: int, holder: list[int]) -> None:
    wire.execute("BEGIN IMMEDIATE")
    copy_id = wire.execute(steps[0], [barcode(number)]).fetchone()[0]
    wire.execute(steps[1], [copy_id, *holder])
    wire.execute(steps[2], [f"copy:{copy_id}"])
    wire.execute("COMMIT")
