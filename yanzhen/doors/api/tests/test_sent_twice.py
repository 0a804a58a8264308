"""Idempotency-Key: what is sent twice is done once."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial

import pytest
from django.db import connection, connections

from tests import county
from yanzhen.doors.api.shapes.circulation import LoanMade
from yanzhen.doors.api.tests.calling import Caller, refused, told
from yanzhen.groundwork.models import AuditEntry, IdempotencyKey
from yanzhen.library.circulation.models import Loan, Renewal

KEY = {"Idempotency-Key": "5f0c2e34-8d0a-4d60-9d0a-2f2f3b8f0001"}
LEND = "/nodes/zhonghe/loans"


@pytest.fixture
def order(place):
    copy = county.copy(place, at=place.zhonghe)
    return {"barcode": copy.barcode, "card_number": county.reader(place).number}


def test_the_same_key_makes_one_loan_and_the_same_answer(clerk, order):
    first = told(clerk.post(LEND, order, **KEY), LoanMade, 201)
    again = told(clerk.post(LEND, order, **KEY), LoanMade, 201)
    assert first == again
    assert Loan.objects.count() == AuditEntry.objects.filter(action="copy.lent").count() == 1


def test_the_same_key_for_something_else_is_refused(clerk, order, place):
    clerk.post(LEND, order, **KEY)
    other = {**order, "barcode": county.copy(place).barcode}
    refused(clerk.post(LEND, other, **KEY), 422, "idempotency-key-reused")
    refused(clerk.post("/nodes/zhonghe/returns", order, **KEY), 422, "unfit-request")
    back = {"barcode": order["barcode"]}
    refused(clerk.post("/nodes/zhonghe/returns", back, **KEY), 422, "idempotency-key-reused")
    assert Loan.objects.open().count() == 1


def test_another_account_may_use_the_same_key(clerk, librarian, order, place):
    told(clerk.post(LEND, order, **KEY), LoanMade, 201)
    other = {**order, "barcode": county.copy(place).barcode}
    told(librarian.post(LEND, other, **KEY), LoanMade, 201)


def test_a_refusal_is_not_kept(clerk, order):
    unknown = {**order, "card_number": "51200299999999"}
    refused(clerk.post(LEND, unknown, **KEY), 404, "card-unknown")
    assert not IdempotencyKey.objects.exists()
    told(clerk.post(LEND, order, **KEY), LoanMade, 201)


def test_without_a_key_nothing_is_kept(clerk, order):
    told(clerk.post(LEND, order), LoanMade, 201)
    assert not IdempotencyKey.objects.exists()


def test_every_write_takes_a_key(clerk, order):
    loan = clerk.post(LEND, order).json()
    renewal = f"/loans/{loan['id']}/renewal"
    assert clerk.post(renewal, **KEY).json() == clerk.post(renewal, **KEY).json()
    assert Renewal.objects.count() == 1
    for path, body in (
        ("/nodes/zhonghe/returns", {"barcode": order["barcode"]}),
        (f"/returns/{loan['id']}/cancellation", None),
    ):
        key = {"Idempotency-Key": path}
        first, again = (clerk.post(path, body, **key) for _ in range(2))
        assert (first.status_code, first.json()) == (201, again.json())
    assert Loan.objects.open().count() == 1


@pytest.mark.parametrize("key", ["", "k" * 121, "两次", "a b", "a\x7f"])
def test_a_key_that_cannot_be_kept_is_refused(clerk, order, key):
    sent = {"Idempotency-Key": key.encode().decode("latin-1")}
    refused(clerk.post(LEND, order, **sent), 422, "idempotency-key-unfit")
    assert not Loan.objects.exists()


@contextmanager
def on_disk(folder):
    """On SQLite, connections opened meanwhile work on a file that holds all rows made so far.

    A test database in memory has other locks than the files the county works with.
    """
    if connection.vendor == "postgresql":
        yield
        return
    with pytest.MonkeyPatch.context() as patch, closing(sqlite3.connect(folder / "c.db")) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")  # as every county's file; switching is no race here
        patch.setitem(connections.databases["default"], "NAME", str(folder / "c.db"))
        yield


def in_threads(*acts) -> list:
    """What the acts answer, started together, each with a connection of its own."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


def test_two_at_once_with_one_key_make_one_loan(emptied_afterwards, tmp_path):
    place = county.county()
    caller = Caller(county.account("zhonghe", place.zhonghe))
    orders = [
        {"barcode": county.copy(place).barcode, "card_number": county.reader(place).number}
        for _ in range(8)
    ]
    with on_disk(tmp_path):
        for number, order in enumerate(orders):
            key = {"Idempotency-Key": f"terminal-{number}"}
            pair = in_threads(*[partial(caller.post, LEND, order, **key)] * 2)
            assert [answer.status_code for answer in pair] == [201, 201]
            assert pair[0].json() == pair[1].json()
        assert in_threads(Loan.objects.count) == [len(orders)]


def test_without_a_key_the_second_of_two_at_once_is_refused(emptied_afterwards, tmp_path):
    """What the key is for: the same press of a button would otherwise end in an error."""
    place = county.county()
    caller = Caller(county.account("zhonghe", place.zhonghe))
    order = {"barcode": county.copy(place).barcode, "card_number": county.reader(place).number}
    with on_disk(tmp_path):
        pair = in_threads(*[partial(caller.post, LEND, order)] * 2)
    assert sorted(answer.status_code for answer in pair) == [201, 409]
