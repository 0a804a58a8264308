"""Reads of the catalogue for other packages."""

from collections.abc import Iterable, Iterator

from yanzhen.groundwork.text import isbn
from yanzhen.library.catalogue.marc.record import FIELD_END, Record
from yanzhen.library.catalogue.models import BibRecord, ImportRun, Proposal
from yanzhen.network.models import Node

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


def open_proposals() -> list[Proposal]:
    """What branches proposed and nobody has decided, the oldest first."""
    rows = Proposal.objects.filter(state=Proposal.State.OPEN).select_related("bib", "node__site")
    return list(rows.order_by("id"))


def proposals_of(node: Node, count: int = 50) -> list[Proposal]:
    """What a branch proposed, the newest first, with what became of it."""
    return list(
        Proposal.objects.filter(node=node).select_related("outcome").order_by("-id")[:count]
    )


def to_edit(text: str, limit: int = 30) -> list[BibRecord]:
    """Living titles a cataloguer asks for by number, ISBN, or words of the title."""
    living, found = BibRecord.objects.living(), []
    number = isbn.normalise(text)
    if number is not None:
        found = list(living.filter(isbn13=number.digits)[:limit])
    elif text.isascii() and text.isdigit() and len(text) < 19:
        found = list(living.filter(pk=int(text)))
    return found or list(living.filter(title__icontains=text).order_by("title", "id")[:limit])


def latest_with(tag: str, count: int) -> list[tuple[int, str, Record]]:
    """The newest living titles whose MARC has a field `tag`, as (id, title, MARC)."""
    living = BibRecord.objects.living().filter(marc__contains=f"{FIELD_END}{tag}").order_by("-id")
    rows = living.values_list("id", "title", "marc")[:count]
    return [(bib_id, title, Record.loads(marc)) for bib_id, title, marc in rows]
