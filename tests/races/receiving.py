"""Two desks in two processes take in the last copy of a line at once; one of them may.

    python -m tests.races.receiving COUNT [--sabotage]

Prints one JSON object. `--sabotage` takes the guards away (the condition of the UPDATE, the check
constraint, and on SQLite the write transaction), to show that the race is real.
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
from django.db.models import F  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.library.acquisitions import receiving  # noqa: E402
from yanzhen.library.acquisitions.described import Title  # noqa: E402
from yanzhen.library.acquisitions.models import Allocation  # noqa: E402
from yanzhen.library.acquisitions.receiving import Came  # noqa: E402
from yanzhen.library.acquisitions.tests.makers import buying, placed  # noqa: E402
from yanzhen.library.holdings.models import Copy, ItemKind  # noqa: E402

CONSTRAINT = "received_stays_within_ordered"


def rounds(place, count: int) -> list[tuple[int, int]]:
    """For each round a line with one copy to come: its id and its allocation's."""
    buyer = buying(place, yuan=1_000_000)
    lines = [placed(buyer, {place.hub.pk: 1}, title=Title(f"书{n}"), fen=100) for n in range(count)]
    for number, line in enumerate(lines):
        line.bib = makers.bib(f"书{number}")
        line.save(update_fields=["bib"])
    return [(line.pk, line.allocations.get().pk) for line in lines]


def desk(number: int, lines, place, by, barrier, answers) -> None:
    connections.close_all()
    kind, said = ItemKind.objects.get(), []
    for at, (line, allocation) in enumerate(lines):
        barrier.wait()
        try:
            receiving.receive(
                line, {allocation: Came(1)}, barcodes=[f"R{number}X{at}"], kind=kind,
                at_node=place.hub, by=by, at=makers.MONDAY,
            )  # fmt: skip
            said.append("received")
        except Refused as refusal:
            said.append(refusal.code)
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def _uncounted(row, came, at_node, by, at):
    """The same step without its condition."""
    Allocation.objects.filter(pk=row.pk).update(received=F("received") + came.accepted)
    return receiving.Receipt.objects.create(
        allocation=row, at_node=at_node, accepted=came.accepted, at=at, by_name=by.name
    )


def sabotage() -> None:
    receiving._receipt = _uncounted
    (constraint,) = [c for c in Allocation._meta.constraints if c.name == CONSTRAINT]
    Allocation._meta.constraints.remove(constraint)  # else SQLite builds the table with it again
    with connection.schema_editor() as editor:
        editor.remove_constraint(Allocation, constraint)
    receiving.ordering = SimpleNamespace(line_of=_unlocked)
    if connection.vendor == "sqlite":
        receiving.transaction = SimpleNamespace(atomic=nullcontext)


def _unlocked(line_id: int):
    return receiving.OrderLine.objects.select_related("order").get(pk=line_id)


def main(count: int, careless: bool) -> dict:
    place = makers.county()
    by = makers.staff(place.hub)
    with transaction.atomic():
        lines = rounds(place, count)
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    desks = [
        fork.Process(target=desk, args=(number, lines, place, by, barrier, answers))
        for number in (0, 1)
    ]
    for each in desks:
        each.start()
    said = [answers.get() for _ in desks]
    for each in desks:
        each.join()
    over = Allocation.objects.filter(received__gt=F("quantity"))
    return {
        "answers": [list(pair) for pair in zip(*said, strict=True)],
        "over": over.count(),
        "copies": Copy.objects.count(),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--sabotage" in sys.argv)))
