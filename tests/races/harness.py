"""Two terminals in two processes, at the same moment, on a database of their own.

    python -m tests.races.harness copy|limit COUNT [--sabotage]

`copy`: both lend the same copy, COUNT times over. `limit`: both lend the last book a reader may
have, COUNT times over. Prints one JSON object. `--sabotage` takes the guards away (the revision
conditions and the unique index), to show that the race is real.
"""

import json
import multiprocessing
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connection, connections  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.groundwork import chain  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.library.circulation import lending  # noqa: E402
from yanzhen.library.circulation.models import Loan, LoanRule  # noqa: E402
from yanzhen.network.models import Node  # noqa: E402

Pair = tuple[str, str]  # barcode, card number


def same_copy(place, count: int) -> list[tuple[Pair, Pair]]:
    title, cards = makers.bib(), [makers.reader(place, name=name) for name in ("甲", "乙")]
    copies = [makers.copy(place, title=title) for _ in range(count)]
    return [tuple((copy.barcode, card.number) for card in cards) for copy in copies]


def last_place(place, count: int) -> list[tuple[Pair, Pair]]:
    title = makers.bib()
    rounds = []
    for _ in range(count):
        card = makers.reader(place)
        copies = [makers.copy(place, title=title) for _ in range(2)]
        rounds.append(tuple((copy.barcode, card.number) for copy in copies))
    return rounds


def terminal(number: int, rounds, barrier, answers) -> None:
    connections.close_all()
    node = Node.objects.get(code=("zhonghe", "linjiang")[number])
    by = makers.staff(node)
    said = []
    for pairs in rounds:
        barcode, card = pairs[number]
        barrier.wait()
        try:
            lending.lend(barcode=barcode, card_number=card, node=node, by=by, at=makers.MONDAY)
            said.append("lent")
        except Refused as refusal:
            said.append(refusal.code)
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def _blind(step: chain.Step) -> chain.Step:
    """The same guard, looking at nothing."""
    sql = step.sql.replace("AND revision = %s ", "")
    return chain.Step(step.name, sql, step.params[:-1], step.guard)


def sabotage() -> None:
    honest = chain.run

    def careless(steps):
        return honest([_blind(step) if step.guard else step for step in steps])

    chain.run = careless
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX a_copy_has_at_most_one_open_loan")


def main(kind: str, count: int, careless: bool) -> dict:
    place = makers.county()
    LoanRule.objects.update(max_loans=1 if kind == "limit" else count)
    rounds = {"copy": same_copy, "limit": last_place}[kind](place, count)
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    terminals = [
        fork.Process(target=terminal, args=(number, rounds, barrier, answers)) for number in (0, 1)
    ]
    for each in terminals:
        each.start()
    said = [answers.get() for _ in terminals]
    for each in terminals:
        each.join()
    return {
        "answers": [list(pair) for pair in zip(*said, strict=True)],
        "open_loans": Loan.objects.open().count(),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), "--sabotage" in sys.argv)))
