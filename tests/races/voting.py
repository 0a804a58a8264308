"""One person votes in two processes at the same moment, round after round.

    python -m tests.races.voting COUNT [--sabotage]

Prints one JSON object. `--sabotage` takes the guards away (the unique index of ballots and, on
SQLite, the write transaction), to show that the race is real.
"""

import datetime as dt
import json
import multiprocessing
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connection, connections, transaction  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.culture.contests import invariants, preparing, voting  # noqa: E402
from yanzhen.culture.contests.models import Ballot  # noqa: E402
from yanzhen.culture.contests.tests.makers import HOUR, contest  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.people.roles import Actor  # noqa: E402


def prepared(place, count: int) -> tuple[list[int], list[Actor]]:
    """The entries of a round in which votes are open, and as many voters as rounds of the race."""
    made = contest(place)
    preparing.set_vote(
        made.heat.pk, opens=makers.MONDAY - HOUR, closes=makers.MONDAY + dt.timedelta(1),
        weight=10, by=made.by, at=makers.MONDAY,
    )  # fmt: skip
    preparing.announce(made.heat.pk, by=made.by, at=makers.MONDAY)
    people = [makers.person(f"读者{n}") for n in range(count)]
    entries = list(made.heat.entries.values_list("pk", flat=True))
    return entries, [Actor(None, each.pk, each.name) for each in people]


def voter(number: int, entries, voters, barrier, answers) -> None:
    connections.close_all()
    said = []
    for by in voters:
        barrier.wait()
        try:
            voting.vote(entries[number], has_card=True, by=by, at=makers.MONDAY)
            said.append("voted")
        except Refused as refusal:
            said.append(refusal.code)
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def sabotage() -> None:
    """Look first, write afterwards: what everybody does who asks before inserting."""
    unique = Ballot._meta.constraints.pop()  # SQLite rebuilds the table with what is left here
    with connection.schema_editor() as editor:
        editor.remove_constraint(Ballot, unique)
    if connection.vendor == "sqlite":
        voting.vote = voting.vote.__wrapped__


def main(count: int, careless: bool) -> dict:
    place = makers.county()
    with transaction.atomic():
        entries, voters = prepared(place, count)
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    both = [
        fork.Process(target=voter, args=(number, entries, voters, barrier, answers))
        for number in (0, 1)
    ]
    for each in both:
        each.start()
    said = [answers.get() for _ in both]
    for each in both:
        each.join()
    return {
        "answers": [list(pair) for pair in zip(*said, strict=True)],
        "ballots": Ballot.objects.count(),
        "broken": list(invariants.votes_counted_are_ballots_given()),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--sabotage" in sys.argv)))
