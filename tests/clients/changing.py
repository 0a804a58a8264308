"""Changes, adds and deletes titles in another process, COUNT of each.

python -m tests.clients.changing COUNT
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from yanzhen.groundwork import clock  # noqa: E402
from yanzhen.library.catalogue import record_editing  # noqa: E402
from yanzhen.library.catalogue.marc.record import Field, Record  # noqa: E402
from yanzhen.library.catalogue.models import BibRecord  # noqa: E402
from yanzhen.library.holdings.models import Copy  # noqa: E402
from yanzhen.people.roles import Actor, Grant  # noqa: E402

BY = Actor(None, None, "测试", (Grant("director", "", ""),))
PAUSE = 0.05


def main(count: int) -> None:
    held = set(Copy.objects.values_list("bib_id", flat=True))
    living = list(BibRecord.objects.living().exclude(marc="").order_by("id"))
    bibs = [bib for bib in living if bib.pk in held]
    bare = [bib for bib in living if bib.pk not in held]
    print("begun", flush=True)
    for turn in range(count):
        bib, at = bibs[turn * len(bibs) // count], clock.now()
        record = Record.loads(bib.marc)
        note = Field.of("300", "  ", ("a", f"改动 {turn} {at:%H%M%S%f}"))
        record_editing.replace_marc(bib.pk, record.replacing("300", note), by=BY, at=at)
        title = Field.of("200", "1 ", ("a", f"边收割边新增 {turn} {at:%H%M%S%f}"))
        fresh = Record(record.leader, (title.tag + title.body, "690  \x1faI247"))
        added = record_editing.add_record(fresh, by=BY, at=clock.now())
        if turn % 2:
            record_editing.delete_record(added.pk, copies=0, by=BY, at=clock.now())
        elif turn < len(bare):
            record_editing.delete_record(bare[turn].pk, copies=0, by=BY, at=clock.now())
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
