"""What to offer while a person is still typing: titles and names that begin so."""

from collections import Counter
from dataclasses import dataclass

import tantivy

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery import asking
from yanzhen.library.discovery.asking import beginning_with
from yanzhen.library.discovery.index import Index, count_of, ids_of
from yanzhen.library.discovery.naming import name_forms, names_of

MOST_TITLES = 6
MOST_NAMES = 3
_CANDIDATES = 40


@dataclass(frozen=True)
class Suggestion:
    """A title or a name. `bib_id` is set when the title is one record only."""

    text: str
    is_name: bool = False
    author: str = ""
    count: int = 1
    bib_id: int | None = None


def suggest(typed: str, index: Index) -> list[Suggestion]:
    """Names first, then titles; most editions, then most copies, before others. Raises NoIndex.

    Chinese from the first character; pinyin and initials from the second letter.
    """
    whole = asking.read(typed).whole
    if not whole or (whole.isascii() and len(whole) < 2):
        return []
    searcher = index.searcher()
    return [*_names(searcher, whole), *_titles(searcher, whole)]


def _titles(searcher: tantivy.Searcher, whole: str) -> list[Suggestion]:
    rows = _rows(searcher, "exact", whole)
    editions = Counter(title for _, title, _ in rows)
    found: dict[str, Suggestion] = {}
    for bib_id, title, author in rows:
        names = names_of(author)
        only = bib_id if editions[title] == 1 else None
        found.setdefault(
            title,
            Suggestion(title, author=names[0] if names else "", count=editions[title], bib_id=only),
        )
    return sorted(found.values(), key=lambda offer: -offer.count)[:MOST_TITLES]


def _names(searcher: tantivy.Searcher, whole: str) -> list[Suggestion]:
    found: dict[str, None] = {}
    for _, _, author in _rows(searcher, "names", whole):
        for name in names_of(author):
            if any(form.startswith(whole) for form in name_forms(name)):
                found[name] = None
    offers = [
        Suggestion(name, is_name=True, count=_works(searcher, name))
        for name in list(found)[: 2 * MOST_NAMES]
    ]
    return sorted(offers, key=lambda offer: -offer.count)[:MOST_NAMES]


def _works(searcher: tantivy.Searcher, name: str) -> int:
    return count_of(searcher, asking.entire("names", name_forms(name)[0]))


def _rows(searcher: tantivy.Searcher, field: str, prefix: str) -> list[tuple[int, str, str]]:
    """(id, title, author) of living records, most copies first."""
    begun = beginning_with(asking.field_of(field, prefix), prefix)
    found = searcher.search(begun, _CANDIDATES, False, order_by_field="copies")
    ids = ids_of(searcher, found)
    rows = BibRecord.objects.living().filter(id__in=ids).values_list("id", "title", "author")
    by_id = {row[0]: row for row in rows}
    return [by_id[bib_id] for bib_id in ids if bib_id in by_id]
