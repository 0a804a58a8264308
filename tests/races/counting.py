"""Two people scan the same shelf while a third closes the count, in three processes.

    python -m tests.races.counting COPIES

Prints one JSON object: what each scanner was told of each barcode, and what the count says.
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
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.library.holdings.models import Copy  # noqa: E402
from yanzhen.library.stocktaking.counting import (  # noqa: E402
    close_count,
    open_count,
    record_scan,
)
from yanzhen.library.stocktaking.models import CountLine  # noqa: E402
from yanzhen.network.models import Node  # noqa: E402


def scanner(count_id: int, barcodes: list[str], barrier, halfway, answers) -> None:
    connections.close_all()
    by = makers.staff(Node.objects.get(code="main-library"))
    said = {}
    barrier.wait()
    for number, barcode in enumerate(barcodes):
        if number == len(barcodes) // 3:
            halfway.set()
        try:
            line = record_scan(count_id=count_id, barcode=barcode, by=by, at=makers.MONDAY)
            said[barcode] = line.finding
        except Refused as refusal:
            said[barcode] = refusal.code
        except Exception as trouble:
            said[barcode] = f"broken: {type(trouble).__name__}"
    answers.put(said)


def main(copies: int) -> dict:
    place = makers.county()
    barcodes = [makers.copy(place).barcode for _ in range(copies)]
    by = makers.staff(place.hub)
    count_id = open_count(node=place.hub, by=by, at=makers.MONDAY).pk
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, halfway, answers = fork.Barrier(3), fork.Event(), fork.SimpleQueue()
    scanners = [
        fork.Process(target=scanner, args=(count_id, barcodes, barrier, halfway, answers))
        for _ in range(2)
    ]
    for each in scanners:
        each.start()
    barrier.wait()
    halfway.wait()
    close_count(count_id=count_id, by=by, at=makers.MONDAY)
    said = [answers.get() for _ in scanners]
    for each in scanners:
        each.join()
    return {
        "said": said,
        "lines": dict(CountLine.objects.values_list("barcode", "finding")),
        "missing": list(Copy.objects.filter(missing=True).values_list("barcode", flat=True)),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
