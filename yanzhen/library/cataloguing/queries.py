"""Reads of copy cataloguing for pages."""

from collections import defaultdict

from yanzhen.library.catalogue import matching
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.titles import title_of
from yanzhen.library.cataloguing.models import CopySearch, FoundRecord, Intake

Shown = tuple[FoundRecord, Derived, int | None, list[FoundRecord]]


def titles_found(search: CopySearch) -> list[Shown]:
    """For each title: the best record, what it says, our own title's id if we have it, and the
    records of the same title elsewhere."""
    groups: dict[int, list[FoundRecord]] = defaultdict(list)
    for each in search.found.all():
        groups[each.group].append(each)
    derived = {n: title_of(Record.loads(rows[0].marc))[1] for n, rows in groups.items()}
    ours = matching.found(told.match_key for told in derived.values())
    return [
        (rows[0], derived[n], ours.get(derived[n].match_key), rows[1:])
        for n, rows in groups.items()
    ]


def recent_intakes(count: int = 10) -> list[Intake]:
    """What was taken lately, the newest first."""
    return list(Intake.objects.select_related("bib", "proposal").order_by("-id")[:count])


def origin(bib_id: int) -> list[Intake]:
    """Where a title was taken from, the latest first."""
    return list(Intake.objects.filter(bib=bib_id).order_by("-id"))
