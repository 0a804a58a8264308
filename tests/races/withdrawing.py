"""A desk lends the copies of a list while the main library approves it, in two processes.

    python -m tests.races.withdrawing COPIES

Prints one JSON object: what the desk was told of each copy, how each ended, what is broken.
"""

import json
import multiprocessing
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connections  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.config import invariants  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.library.circulation.lending import lend  # noqa: E402
from yanzhen.library.holdings.models import Copy  # noqa: E402
from yanzhen.library.withdrawal import deciding, proposing  # noqa: E402
from yanzhen.network.models import Node  # noqa: E402
from yanzhen.people.roles import Actor, Grant  # noqa: E402

AT_ONCE = 5


def desk(barcodes: list[str], card_number: str, barrier, answers) -> None:
    """Lends from the end of the list to its beginning."""
    connections.close_all()
    node = Node.objects.get(code="main-library")
    by, said = makers.staff(node), {}
    barrier.wait()
    for barcode in reversed(barcodes):
        try:
            lend(barcode=barcode, card_number=card_number, node=node, by=by, at=makers.MONDAY)
            said[barcode] = "lent"
        except Refused as refusal:
            said[barcode] = refusal.code
        except Exception as trouble:
            said[barcode] = f"broken: {type(trouble).__name__}"
    answers.put(said)


def main(copies: int) -> dict:
    place = makers.county()
    place.rule.max_loans = copies
    place.rule.save()
    made = [makers.copy(place) for _ in range(copies)]
    card, clerk = makers.reader(place), makers.staff(place.hub)
    told = {"by": clerk, "at": makers.MONDAY}
    proposal = proposing.open_list(node=place.hub, **told)
    rows = [(number, copy.barcode) for number, copy in enumerate(made)]
    proposing.add_barcodes(list_id=proposal.pk, rows=rows, reason="outdated", **told)
    proposing.submit(list_id=proposal.pk, **told)
    lines = list(proposal.lines.order_by("copy").values_list("pk", flat=True))
    connections.close_all()

    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    barcodes = [copy.barcode for copy in made]
    lender = fork.Process(target=desk, args=(barcodes, card.number, barrier, answers))
    lender.start()
    chief = Actor(9, 9, "李馆长", (Grant("director", place.hub.path, place.hub.code),))
    barrier.wait()
    for first in range(0, copies, AT_ONCE):
        some = lines[first : first + AT_ONCE]
        deciding.approve(list_id=proposal.pk, line_ids=some, by=chief, at=makers.MONDAY)
    said = answers.get()
    lender.join()
    return {
        "said": said,
        "states": dict(Copy.objects.values_list("barcode", "state")),
        "broken": list(invariants.broken()),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
