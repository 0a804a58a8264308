"""Two cataloguers in two processes ask for the next number of a class at the same moment.

    python -m tests.races.numbering COUNT [--sabotage]

Prints one JSON object. `--sabotage` takes the guards away (the hold on the class, the transaction
and the unique constraint), to show that the race is real.
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

from django.db import connection, connections  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.library.call_numbers import numbering  # noqa: E402
from yanzhen.library.call_numbers.models import ClassSequence, SerialNumber  # noqa: E402

CLASSES = 10  # begun in the race too: every tenth round both are the first to ask


def cataloguer(number: int, place, rounds, barrier, answers) -> None:
    connections.close_all()
    by = makers.staff(place.hub, name=("甲", "乙")[number])
    said = []
    for turn, pair in enumerate(rounds):
        barrier.wait()
        try:
            offer = numbering.suggest(
                f"K{turn // CLASSES}", bib_id=pair[number], node=place.hub, by=by, at=makers.MONDAY
            )
            kept = numbering.take(
                offer.reserved or 0, pair[number], offer.text, by=by, at=makers.MONDAY
            )
            said.append(offer.text if kept else "lost")
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def sabotage() -> None:
    numbering.transaction = SimpleNamespace(atomic=nullcontext)
    numbering._sequence = lambda scheme, class_number: ClassSequence(begins_after=0)
    constraint = next(each for each in SerialNumber._meta.constraints if "once" in each.name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(SerialNumber, constraint)


def main(count: int, careless: bool) -> dict:
    place = makers.county()
    rounds = [(makers.bib().pk, makers.bib().pk) for _each in range(count)]
    if careless:
        sabotage()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    both = [
        fork.Process(target=cataloguer, args=(number, place, rounds, barrier, answers))
        for number in (0, 1)
    ]
    for each in both:
        each.start()
    said = [text for _each in both for text in answers.get()]
    for each in both:
        each.join()
    return {"said": said}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--sabotage" in sys.argv)))
