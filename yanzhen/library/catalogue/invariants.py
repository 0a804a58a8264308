"""What must hold over all titles; each yields plain sentences of what does not.

A title without MARC (described by hand) has nothing to be derived from and is passed over.
"""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.catalogue.models import BibRecord, ImportRun
from yanzhen.library.catalogue.titles import Title, title_of

SAMPLE = 500  # titles looked at: spread evenly over all of them
_FACTS = tuple(name for name in Title._fields if name != "marc")


def what_is_searched_is_what_the_marc_says() -> Iterator[str]:
    for bib in _sample():
        title, _derived = title_of(Record.loads(bib.marc))
        for name in _FACTS:
            if getattr(title, name) != getattr(bib, name):
                yield f"bib {bib.pk}: {name} is not what its MARC says"


def every_title_has_a_name_and_a_key() -> Iterator[str]:
    described = BibRecord.objects.exclude(marc="")
    for pk in described.filter(Q(title="") | Q(match_key="")).values_list("pk", flat=True):
        yield f"bib {pk} has no title or no match key"


def a_title_is_deleted_after_it_was_made() -> Iterator[str]:
    late = Q(deleted_at__lt=F("created_at")) | Q(changed_at__lt=F("created_at"))
    for pk in BibRecord.objects.filter(late).values_list("pk", flat=True):
        yield f"bib {pk} was changed or deleted before it was made"


def an_import_that_ended_tells_what_it_added() -> Iterator[str]:
    torn = Q(first_id=None, last_id__isnull=False) | Q(first_id__gt=F("last_id"))
    short = Q(last_id__lt=F("first_id") + F("added") - 1)
    for pk in ImportRun.objects.filter(torn | short, dry_run=False).values_list("pk", flat=True):
        yield f"import {pk} does not tell which titles it added"


def a_revision_is_the_number_of_changes() -> Iterator[str]:
    counted = BibRecord.objects.annotate(count=Count("changes")).exclude(count=F("revision"))
    for pk, revision, count in counted.values_list("pk", "revision", "count"):
        yield f"bib {pk} is at revision {revision} after {count} changes"


INVARIANTS = (
    a_revision_is_the_number_of_changes,
    what_is_searched_is_what_the_marc_says,
    every_title_has_a_name_and_a_key,
    a_title_is_deleted_after_it_was_made,
    an_import_that_ended_tells_what_it_added,
)


def _sample() -> Iterator[BibRecord]:
    described = BibRecord.objects.exclude(marc="").order_by("id")
    first, last = described.first(), described.last()
    if first is None or last is None:
        return iter(())
    step = (last.pk - first.pk) // SAMPLE + 1
    wanted = range(first.pk, last.pk + 1, step)
    return described.filter(pk__in=wanted).iterator()
