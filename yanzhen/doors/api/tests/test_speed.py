"""Lending and returning ask the database no more than they must: who calls, which tells also
whether the network changed, and what they read and write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import county

LEND, BACK = "/nodes/zhonghe/loans", "/nodes/zhonghe/returns"


def asked_by(caller, order, path: str = LEND, **headers) -> list[str]:
    """The statements one lending sends, without the marks of transactions."""
    with CaptureQueriesContext(connection) as captured:
        assert caller.post(path, order, **headers).status_code == 201
    marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    every = (query["sql"] for query in captured.captured_queries)
    return [sql for sql in every if not sql.startswith(marks)]


@pytest.fixture
def orders(place, clerk):
    """Orders of one reader, after a first loan: rules and calendars are in memory."""
    card = county.reader(place).number
    copies = [county.copy(place, at=place.zhonghe) for _ in range(4)]
    first, *others = [{"barcode": copy.barcode, "card_number": card} for copy in copies]
    clerk.post(LEND, first)
    return others


def test_a_lending_asks_for_the_caller_with_the_network_and_its_own(clerk, orders):
    asked = asked_by(clerk, orders[0])
    caller = [sql for sql in asked if "people_apitoken" in sql or "people_role" in sql]
    network = [sql for sql in asked if sql.startswith("SELECT number FROM groundwork_generation")]
    lending = 2 if connection.vendor == "postgresql" else 1 + 5  # see groundwork/chain.py
    assert len(caller) == 1
    assert network == []
    assert len(asked) == 1 + lending


@pytest.mark.parametrize("at_home", [True, False])
def test_a_plain_return_is_one_question_and_one_write(place, clerk, at_home):
    """Four steps where it stays, six where it sets out for home; see closing.py."""
    card, home = county.reader(place).number, place.zhonghe if at_home else place.linjiang
    orders = []
    for _ in range(2):
        copy = county.copy(place, at=home)
        orders.append({"barcode": copy.barcode})
        assert clerk.post(LEND, {**orders[-1], "card_number": card}).status_code == 201
    clerk.post(BACK, orders[0])
    asked = asked_by(clerk, orders[1], BACK)
    steps = 1 if connection.vendor == "postgresql" else 4 if at_home else 6
    assert len(asked) == 1 + 1 + steps


def test_a_key_costs_two_statements_more(clerk, orders):
    without = asked_by(clerk, orders[0])
    with_key = asked_by(clerk, orders[1], **{"Idempotency-Key": "k1"})
    assert len(with_key) == len(without) + 2
    assert sum("groundwork_idempotencykey" in sql for sql in with_key) == 2
