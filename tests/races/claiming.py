"""Two offices in two processes claim the same hall, teacher or last unit at the same moment.

    python -m tests.races.claiming COUNT [--sabotage]

Prints one JSON object: what each was told, round by round, and what the invariants say of it.
`--sabotage` takes the guards away (the hold on the resources, on SQLite the write transaction, the
unique slots and the ranges), to show that the race is real.
"""

import datetime as dt
import json
import multiprocessing
import os
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connection, connections  # noqa: E402

from tests import county  # noqa: E402
from yanzhen.culture.resources import claiming, invariants, placing, walls  # noqa: E402
from yanzhen.culture.resources.models import Claim, Resource, Slot  # noqa: E402
from yanzhen.culture.resources.tests import makers  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402

Round = tuple[int, int, dt.datetime]  # what each of the two wants, and when


def rounds(things, count: int) -> list[Round]:
    """By turns: the whole hall against a part of it, one teacher, the last lamp."""
    pairs = [
        (things.hall.pk, things.right.pk),
        (things.singer.pk, things.singer.pk),
        (things.lamps.pk, things.lamps.pk),
    ]
    start = makers.NEXT_MONDAY
    return [
        (*pairs[number % len(pairs)], start + dt.timedelta(hours=2 * number))
        for number in range(count)
    ]


def office(number: int, wanted: list[Round], by, barrier, answers) -> None:
    connections.close_all()
    said = []
    for count, each in enumerate(wanted):
        start = each[2]
        barrier.wait()
        try:
            claiming.claim_all(
                reference=f"desk:{number}-{count}", purpose=f"用途{number}", starts_at=start,
                ends_at=start + dt.timedelta(hours=1), wants=[claiming.Want(each[number])],
                by=by, at=makers.MONDAY,
            )  # fmt: skip
            said.append("claimed")
        except Refused as refusal:
            said.append(refusal.code)
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def sabotage() -> None:
    """On SQLite the write transaction is the hold, so there it goes as well."""

    def unheld(resource_ids):
        leaves = placing.leaves_of(resource_ids)
        ids = {*leaves, *(leaf for each in leaves.values() for leaf in each)}
        rows = Resource.objects.select_related("site__division__parent").filter(pk__in=ids)
        return placing.Held({row.pk: row for row in rows}, leaves)

    claiming.locked = unheld
    unique = Slot._meta.constraints.pop()  # SQLite rebuilds the table with what is left here
    with connection.schema_editor() as editor:
        editor.remove_constraint(Slot, unique)
    walls.remove_wall()
    if connection.vendor == "sqlite":
        claiming.transaction = SimpleNamespace(atomic=nullcontext)


def main(count: int, careless: bool) -> dict:
    things = makers.things(county.county())
    Resource.objects.filter(pk=things.lamps.pk).update(units=1)
    wanted = rounds(things, count)
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    offices = [
        fork.Process(target=office, args=(number, wanted, things.by, barrier, answers))
        for number in (0, 1)
    ]
    for each in offices:
        each.start()
    said = [answers.get() for _ in offices]
    for each in offices:
        each.join()
    return {
        "answers": [list(pair) for pair in zip(*said, strict=True)],
        "claims": Claim.objects.held().count(),
        "broken": [told for check in invariants.INVARIANTS for told in check()],
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--sabotage" in sys.argv)))
