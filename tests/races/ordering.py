"""Two buyers in two processes place two orders at once; the fund pays for one of them.

    python -m tests.races.ordering COUNT [--sabotage]

Prints one JSON object. `--sabotage` takes the guards away (the hold on the fund, and on SQLite the
write transaction), to show that the race is real.
"""

import json
import multiprocessing
import os
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connection, connections, transaction  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.library.acquisitions import funding, invariants, money, ordering  # noqa: E402
from yanzhen.library.acquisitions.described import Title  # noqa: E402

PRICE = 5000


def rounds(place, by, count: int) -> list[tuple[int, int]]:
    """For each round a fund that pays for one of two orders."""
    supplier = funding.add_supplier(name="演示书店", by=by, at=makers.MONDAY)
    pairs = []
    for number in range(count):
        fund = funding.open_fund(
            name=f"经费{number}", source="city", year=2026, purpose="新书", by=by, at=makers.MONDAY
        )
        funding.appropriate(fund.pk, fen=PRICE, voucher="拨-1", by=by, at=makers.MONDAY)
        pairs.append(tuple(_order(supplier, fund, place, n, by) for n in range(2)))
    return pairs


def _order(supplier, fund, place, number: int, by) -> int:
    order = ordering.open_order(supplier=supplier, by=by, at=makers.MONDAY)
    ordering.add_line(
        order.pk, Title(f"书{fund.pk}-{number}"), fund=fund, shares={place.hub.pk: 1},
        list_fen=PRICE, by=by, at=makers.MONDAY,
    )  # fmt: skip
    return order.pk


def buyer(number: int, pairs, by, barrier, answers) -> None:
    connections.close_all()
    said = []
    for pair in pairs:
        barrier.wait()
        try:
            ordering.place(pair[number], by=by, at=makers.MONDAY)
            said.append("placed")
        except Refused as refusal:
            said.append(refusal.code)
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def sabotage() -> None:
    """On SQLite the write transaction is the guard, so there it goes as well."""
    money.hold = lambda fund_ids: None
    if connection.vendor == "sqlite":
        ordering.transaction = SimpleNamespace(atomic=nullcontext)
        ordering.locked = lambda order_id: ordering.Order.objects.get(pk=order_id)


def main(count: int, careless: bool) -> dict:
    place = makers.county()
    by = makers.staff(place.hub)
    with transaction.atomic():
        pairs = rounds(place, by, count)
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    buyers = [
        fork.Process(target=buyer, args=(number, pairs, by, barrier, answers)) for number in (0, 1)
    ]
    for each in buyers:
        each.start()
    said = [answers.get() for _ in buyers]
    for each in buyers:
        each.join()
    return {
        "answers": [list(pair) for pair in zip(*said, strict=True)],
        "overdrawn": len(list(invariants.no_fund_is_overdrawn())),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--sabotage" in sys.argv)))
