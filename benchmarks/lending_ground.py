"""A county for the lending benchmark, and the raw transaction it is measured against."""

import datetime as dt
import os

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks.lending import Ground
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.circulation.models import LoanRule
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.holds.models import Hold, HoldRule
from yanzhen.library.patrons.models import ReaderCard, ReaderCategory
from yanzhen.network.models import Division, Node, OpeningHours, Site
from yanzhen.people.models import Account, Person, Role
from yanzhen.people.tokens import make_token

AT = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
LONG_AGO = dt.date(2020, 1, 1)
READERS = 200
HISTORY = 20_000
HEAVY = 400
WAITING = 500

_COPIES = """
INSERT INTO holdings_copy (barcode, bib_id, kind_id, owning_node_id, home_node_id, current_node_id,
    state, damaged, missing, in_dispute, withdrawal_proposed, for_loan, adult_only, call_number,
    call_number_key, shelf, accessioned_on, revision)
SELECT {barcode}, {ids}, 'available', FALSE, FALSE, FALSE, FALSE, TRUE, FALSE,
    '', '', '', '2020-01-01', 0 FROM {numbers}
"""
# The barcode and the card of a number, and the numbers from 0 to `last`, as each database says it.
_SPELT = {
    "postgresql": ("'BM' || lpad(({})::text, 9, '0')", "'512002' || lpad(({})::text, 8, '0')"),
    "sqlite": ("printf('BM%09d', {})", "printf('512002%08d', {})"),
}
_NUMBERS = {
    "postgresql": "generate_series(0, {last}) AS numbers(n)",
    "sqlite": "(WITH RECURSIVE up(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM up "
    "WHERE n < {last}) SELECT n FROM up)",
}

# Loans of years before, so that the planner has seen a library at work: with none it would take
# the reader of many loans for everybody.
_HISTORY = """
INSERT INTO circulation_loan (copy_id, person_id, card_id, category_code, age_band, lent_node_id,
    lent_at, lent_by, due_on, governing_node_id, rule_id, max_renewals, loan_days, renewals,
    returned_at, returned_node_id, returned_by, undone_by)
SELECT c.id, r.person_id, r.id, 'adult', 'unknown', {node}, '2025-11-23', '演示馆员', '2025-12-23',
    {node}, {rule}, 1, 30, 0, '2025-12-01', {node}, '演示馆员', ''
FROM {numbers}
JOIN holdings_copy c ON c.barcode = {barcode}
JOIN patrons_readercard r ON r.number = {card}
"""


def prepare(copies: int, awaited: int) -> Ground:
    """Fill an empty database with a branch, a clerk, readers, loans of before and `copies` copies;
    behind them those of the reader with many loans, and `awaited` copies of a title with many
    holds."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    node, clerk = _node(), None
    clerk = _clerk(node)
    category = ReaderCategory.objects.create(code="adult", name="成人", name_en="Adult")
    kind = ItemKind.objects.create(code="book", name="图书", name_en="Book")
    rule = LoanRule.objects.create(
        loan_days=30, max_loans=30_000, max_renewals=1, lendable=True, valid_from=LONG_AGO
    )
    bib, popular = _bib("x"), _bib("y")
    last = copies + HEAVY + awaited - 1
    copies_sql = _COPIES.format(
        barcode=_SPELT[connection.vendor][0].format("n"),
        numbers=_NUMBERS[connection.vendor].format(last=last),
        ids=", ".join(map(str, (bib.pk, kind.pk, node.pk, node.pk, node.pk))),
    )
    with connection.cursor() as cursor:
        cursor.execute(copies_sql)
        cursor.execute(
            "UPDATE holdings_copy SET bib_id = %s WHERE barcode >= %s",
            [popular.pk, f"BM{copies + HEAVY:09d}"],
        )
    cards = [_card(node, category, number) for number in range(READERS + 1)]
    token = make_token(clerk, "benchmark", by=_director(node), at=AT)
    ground = Ground(
        token, node.code, [card.number for card in cards[:-1]],
        [(card.person_id, card.pk) for card in cards[:-1]], cards[-1].number, copies,
    )  # fmt: skip
    _lend_and_take_back(node, rule, copies)
    _give_many_loans(ground, node)
    _let_many_wait(popular, node, category)
    learn()
    return ground


def learn() -> None:
    """Let PostgreSQL's planner look at what there is, as it does by itself now and then; SQLite's
    never does, and nothing in the product makes it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _lend_and_take_back(node: Node, rule: LoanRule, copies: int) -> None:
    barcode, card = _SPELT[connection.vendor]
    sql = _HISTORY.format(
        node=node.pk, rule=rule.pk, numbers=_NUMBERS[connection.vendor].format(last=HISTORY - 1),
        barcode=barcode.format(f"n % {copies}"), card=card.format(f"n % {READERS}"),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _bib(key: str) -> BibRecord:
    return BibRecord.objects.create(
        flavour="cnmarc",
        marc="",
        match_key=key,
        title="演示",
        format="book",
        created_at=AT,
        changed_at=AT,
    )


def _let_many_wait(bib: BibRecord, node: Node, category: ReaderCategory) -> None:
    rule = HoldRule.objects.get(category=None)
    cards = [_card(node, category, number) for number in range(1000, 1000 + WAITING)]
    Hold.objects.bulk_create(
        Hold(
            person=card.person, card=card, bib=bib, pickup_node=node, place=place, rule=rule,
            pickup_days=7, placed_at=AT, placed_by="演示馆员",
        )
        for place, card in enumerate(cards, start=1)
    )  # fmt: skip


def _node() -> Node:
    division = Division.objects.create(code=settings.YANZHEN_DISTRICT, name="演示区", kind="county")
    site = Site.objects.create(
        code="zhonghe", name="演示馆", kind="library", division=division, verification="demo"
    )
    node = Node.objects.create(
        code="zhonghe",
        name="演示馆",
        short_name="演示",
        site=site,
        tree="library",
        level="hub",
        path="zhonghe.",
        status="open",
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(
            node=node, weekday=day, opens=dt.time(9), closes=dt.time(18), valid_from=LONG_AGO
        )
        for day in range(7)
    )
    return node


def _clerk(node: Node) -> Account:
    person = Person.objects.create(name="演示馆员", name_folded="演示馆员", registered_at=AT)
    account = Account.objects.create(username="clerk", person=person, password="!")
    Role.objects.create(account=account, kind="librarian", node=node, valid_from=LONG_AGO)
    return account


def _director(node: Node):
    from yanzhen.people.roles import Actor, Grant

    return Actor(None, None, "演示馆长", (Grant("director", node.path, node.code),))


def _card(node: Node, category: ReaderCategory, number: int) -> ReaderCard:
    name = f"读者{number}"
    person = Person.objects.create(name=name, name_folded=name, registered_at=AT)
    return ReaderCard.objects.create(
        number=f"512002{number:08d}",
        person=person,
        category=category,
        home_node=node,
        status="active",
        issued_at=AT,
    )


def _give_many_loans(ground: Ground, node: Node) -> None:
    from yanzhen.library.circulation.lending import lend

    for number in range(ground.copies, ground.copies + HEAVY):
        lend(
            barcode=f"BM{number:09d}",
            card_number=ground.heavy,
            node=node,
            by=_director(node),
            at=AT,
        )


_RAW = (
    "UPDATE holdings_copy SET state = 'on_loan', revision = revision + 1 "
    "WHERE barcode = {p} AND state = 'available' RETURNING id",
    "INSERT INTO circulation_loan (copy_id, person_id, card_id, category_code, age_band, "
    "lent_node_id, lent_at, lent_by, due_on, governing_node_id, rule_id, max_renewals, loan_days, "
    "renewals, returned_by, undone_by) "
    "VALUES ({p}, {p}, {p}, 'adult', 'unknown', 1, '2026-11-23', 'raw', '2026-12-23', 1, 1, 1, "
    "30, 0, '', '')",
    "INSERT INTO groundwork_auditentry (at, by_name, action, subject, place, detail) "
    "VALUES ('2026-11-23', 'raw', 'copy.lent', {p}, 'zhonghe', '{{}}')",
)


def raw_loans(loans: list[tuple[int, int, int]]):
    """A generator: connects at the first step, at the second lends them all without any rule: the
    number of the copy, the ids of person and card."""
    url = os.environ.get("DATABASE_URL", "")
    wire, place = (_postgres(url), "%s") if url else (_sqlite(), "?")
    update, loan, line = (text.format(p=place) for text in _RAW)
    yield
    for number, person_id, card_id in loans:
        wire.execute("BEGIN IMMEDIATE" if not url else "BEGIN")
        copy_id = wire.execute(update, [f"BM{number:09d}"]).fetchone()[0]
        wire.execute(loan, [copy_id, person_id, card_id])
        wire.execute(line, [f"copy:{copy_id}"])
        wire.execute("COMMIT")


def _postgres(url: str):
    import psycopg

    wire = psycopg.connect(url, autocommit=True)
    wire.prepare_threshold = 0
    return wire


def _sqlite():
    import sqlite3

    wire = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None, timeout=30)
    # PostgreSQL always looks whether what is referred to is there; so does the product on SQLite.
    wire.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")
    return wire
