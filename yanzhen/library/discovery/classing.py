"""How the house has classed what is like a title: by the same author, on the same subject."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.index import Index, NoIndex
from yanzhen.library.discovery.structured import Whole, Words, find

_LOOKED_AT = 300
_OFFERED = 5


class ClassOffer(NamedTuple):
    """A class number, and how many titles of the author and on the subject stand in it."""

    number: str
    by_author: int
    on_subject: int


def classes_like(
    authors: Sequence[str], subjects: Sequence[str], index: Index, *, but: int | None = None
) -> list[ClassOffer]:
    """The class numbers most used, those of both author and subject first; `but` is left out.

    Empty without an index.
    """
    by_author: Counter[str] = Counter()
    on_subject: Counter[str] = Counter()
    try:
        for author in authors:
            by_author += _used(find(Whole("author", author), index, most=_LOOKED_AT).bib_ids, but)
        for subject in subjects:
            heading = subject.partition("—")[0]
            found = find(Words("subject", heading), index, most=_LOOKED_AT).bib_ids
            on_subject += _used(found, but)
    except NoIndex:
        return []
    numbers = sorted(
        by_author | on_subject,
        key=lambda number: (
            -((number in by_author) + (number in on_subject)),
            -(by_author[number] + on_subject[number]),
            number,
        ),
    )
    return [ClassOffer(each, by_author[each], on_subject[each]) for each in numbers[:_OFFERED]]


def _used(bib_ids: Sequence[int], but: int | None) -> Counter[str]:
    living = BibRecord.objects.living().filter(pk__in=bib_ids).exclude(clc="").exclude(pk=but)
    return Counter(living.values_list("clc", flat=True))
