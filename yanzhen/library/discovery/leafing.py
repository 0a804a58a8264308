"""Titles and first authors in the order of their sounds: what a program may leaf through."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import tantivy

from yanzhen.groundwork.text import pinyin, pinyin_forms
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.asking import entire
from yanzhen.library.discovery.forms import joined
from yanzhen.library.discovery.index import Index, count_of, ids_of
from yanzhen.library.discovery.naming import name_forms, names_of
from yanzhen.library.discovery.structured import ORDERS

A_PAGE, MOST_PAGES = 60, 10
_KEY = re.compile(r"\w*")  # the language of ranges knows no other signs


@dataclass(frozen=True)
class Leaf:
    """A title or a name, and how many records have it."""

    text: str
    count: int


def leaves(field: str, text: str, index: Index, *, before: int, most: int) -> list[Leaf]:
    """`most` terms of "title" or "author": `before` of them lie before `text`, the others begin
    with it or come after it. Raises NoIndex."""
    reading = index.build()
    searcher = reading.searcher()
    sound = pinyin(text) if field == "author" else next(iter(pinyin_forms(text[:60])), "")
    key = _KEY.match(sound)[0] or "0"  # type: ignore[index]  # it fits nothing too
    earlier = _texts(reading, searcher, field, f"[* TO {key}}}", before, down=True)
    later = _texts(reading, searcher, field, f"[{key} TO *]", most - len(earlier), down=False)
    return [Leaf(each, _count(searcher, field, each)) for each in (*reversed(earlier), *later)]


def _texts(
    build: tantivy.Index,
    searcher: tantivy.Searcher,
    field: str,
    range_: str,
    most: int,
    *,
    down: bool,
) -> list[str]:
    """The first `most` different texts of a range, in its order from the near end on."""
    found: dict[str, None] = {}
    for text in _walked(build, searcher, field, range_, down) if most > 0 else ():
        found[text] = None
        if len(found) == most:
            break
    return list(found)


def _walked(
    build: tantivy.Index, searcher: tantivy.Searcher, field: str, range_: str, down: bool
) -> Iterator[str]:
    query = build.parse_query(f"{ORDERS[field]}:{range_}", [ORDERS[field]])
    order = tantivy.Order.Desc if down else tantivy.Order.Asc
    for page in range(MOST_PAGES):
        hits = searcher.search(
            query, A_PAGE, False, order_by_field=ORDERS[field], offset=page * A_PAGE, order=order
        )
        ids = ids_of(searcher, hits)
        known = BibRecord.objects.living().in_bulk(ids)
        for record in (known[each] for each in ids if each in known):
            text = record.title if field == "title" else next(iter(names_of(record.author)), "")
            if text:
                yield text
        if len(ids) < A_PAGE:
            return


def _count(searcher: tantivy.Searcher, field: str, text: str) -> int:
    if field == "title":
        return count_of(searcher, entire("exact", joined(text)))
    form = next(iter(name_forms(text)), "")  # a name of one letter has none, and nothing finds it
    return count_of(searcher, entire("names", form))
