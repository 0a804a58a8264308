"""Reads of the catalogue for other packages."""

from collections.abc import Iterable, Iterator

from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord, ImportRun

_PORTION = 1_000


def record(bib_id: int) -> Record:
    """The MARC of a living title. Raises BibRecord.DoesNotExist."""
    return Record.loads(BibRecord.objects.living().values_list("marc", flat=True).get(pk=bib_id))


def export(ids: Iterable[int] | None = None) -> Iterator[tuple[int, Record]]:
    """The living titles as (id, MARC), all by id or `ids` in their order; a portion at a time.

    Titles that are gone or were never described in MARC are left out.
    """
    portions = _all() if ids is None else _chosen(list(ids))
    for portion in portions:
        yield from ((bib_id, Record.loads(marc)) for bib_id, marc in portion if marc)


def _all() -> Iterator[list[tuple[int, str]]]:
    last = 0
    living = BibRecord.objects.living().order_by("id").values_list("id", "marc")
    while portion := list(living.filter(id__gt=last)[:_PORTION]):
        last = portion[-1][0]
        yield portion


def _chosen(ids: list[int]) -> Iterator[list[tuple[int, str]]]:
    for start in range(0, len(ids), _PORTION):
        some = ids[start : start + _PORTION]
        found = dict(BibRecord.objects.living().filter(id__in=some).values_list("id", "marc"))
        yield [(bib_id, found[bib_id]) for bib_id in some if bib_id in found]


def import_runs(count: int = 50) -> list[ImportRun]:
    """The latest imports, the newest first, without their reports."""
    return list(ImportRun.objects.defer("report").order_by("-id")[:count])
