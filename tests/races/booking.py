"""Many desks in many processes book one session at once, over all its channels.

    python -m tests.races.booking PROCESSES [--sabotage]

Each process asks for more places of every channel than there are. Prints one JSON object: the
answers by channel, what the ledger and the rows say, and what is broken. `--sabotage` takes the
guards away (the condition of the UPDATE, the CHECK, on SQLite the write transaction), to show that
the race is real.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter
from contextlib import nullcontext
from types import SimpleNamespace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connection, connections  # noqa: E402
from django.db.models import Sum  # noqa: E402

from tests import county  # noqa: E402
from yanzhen.culture.booking import invariants, ledger, placing  # noqa: E402
from yanzhen.culture.booking.models import Allotment, Booking  # noqa: E402
from yanzhen.culture.booking.tests import makers  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402

SPLIT = {"online": 50, "counter": 10, "telephone": 10, "group": 10, "walk_in": 20}
BY_HAND = ("counter", "telephone", "group")


def orders(process: int, processes: int) -> list[tuple[str, int]]:
    """(channel, number of the caller): half as many again as there are places, shared out."""
    wanted = [
        (channel, number)
        for channel, places in SPLIT.items()
        if channel != "walk_in"
        for number in range(places * 3 // 2)
    ]
    return wanted[process::processes]


def desk(process: int, processes: int, session_id: int, people, by, barrier, answers) -> None:
    connections.close_all()
    said = []
    barrier.wait()
    for channel, number in orders(process, processes):
        try:
            said.append((channel, _book(session_id, channel, number, people, by)))
        except Refused as refusal:
            said.append((channel, refusal.code))
        except Exception as trouble:
            said.append((channel, f"broken: {type(trouble).__name__}: {trouble}"))
    answers.put(said)


def _book(session_id: int, channel: str, number: int, people, by) -> str:
    told = {"session_id": session_id, "channel": channel, "at": makers.AT}
    if channel == "online":
        placing.place(party=makers.oneself(people[number]), by=people[number], **told)
    else:
        party = makers.caller(100 * BY_HAND.index(channel) + number)
        placing.place(party=party, by=by, **told)
    return "booked"


def sabotage() -> None:
    """Look first, write afterwards: what everybody does who counts before inserting."""

    def careless(allotment_id: int, heads: int) -> int | None:
        row = Allotment.objects.get(pk=allotment_id)
        if row.taken + heads > row.places:
            return None
        row.taken, row.issued = row.taken + heads, row.issued + 1
        row.save()
        return 10_000 + Booking.objects.count() * 100 + os.getpid() % 100

    ledger.claim = careless
    if connection.vendor == "sqlite":
        placing.transaction = SimpleNamespace(atomic=nullcontext)
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE booking_allotment DROP CONSTRAINT taken_places_within_the_allotment"
            )


def main(processes: int, careless: bool) -> dict:
    place = county.county()
    session = makers.opened(place, SPLIT)
    people = [makers.resident(county.person(f"演示{n}")) for n in range(SPLIT["online"] * 3 // 2)]
    by = makers.operator(place)
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(processes), fork.SimpleQueue()
    desks = [
        fork.Process(
            target=desk, args=(n, processes, session.pk, people, by, barrier, answers)
        )
        for n in range(processes)
    ]  # fmt: skip
    for each in desks:
        each.start()
    said = [pair for _ in desks for pair in answers.get()]
    for each in desks:
        each.join()
    return told(session.pk, said)


def told(session_id: int, said: list[tuple[str, str]]) -> dict:
    rows = Booking.objects.live().filter(session=session_id).order_by().values("channel")
    return {
        "answers": {f"{channel} {word}": n for (channel, word), n in Counter(said).items()},
        "rows": {row["channel"]: row["n"] for row in rows.annotate(n=Sum("heads"))},
        "taken": {
            row.channel: row.taken
            for row in Allotment.objects.filter(session=session_id)
            if row.places
        },
        "broken": [said for each in invariants.INVARIANTS for said in each()],
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--sabotage" in sys.argv), ensure_ascii=False))
