"""One title as a document of the search index. Pure: a row in, a document out."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from yanzhen.groundwork.text import initials, pinyin, words
from yanzhen.groundwork.text.clc import class_letter
from yanzhen.library.catalogue.marc.derived import Derived
from yanzhen.library.discovery.forms import (
    LONGEST_MARK,
    begins_latin,
    joined,
    listed,
    pairs,
    shelfmark,
    spelled_forms,
)
from yanzhen.library.discovery.naming import LONGEST_ORDER, Authors, authors_of

# The branches of a title once more, one to a column: counting columns that hold one value each is
# four times as fast as counting one that holds many. Few titles need the last, which holds many.
BRANCH_COLUMNS = ("branch_1", "branch_2", "branch_3", "branch_4", "branch_more")
_LONGEST_SPELLED = 60

Entry = tuple[int, str]  # the year, and the document as JSON from behind where its id will stand
Columns = tuple[int, str, str, str, str, int | None, str, str, str]


class Row(NamedTuple):
    """What the index knows of a title; as light as a tuple, for a million of them.

    `branches` and `shelves` are node codes: where a copy is at home or stands, and where one can
    be taken off the shelf now. `copies` counts those in stock.
    """

    id: int
    title: str
    subtitle: str = ""
    author: str = ""
    publisher: str = ""
    year: int | None = None
    language: str = ""
    format: str = ""
    clc: str = ""
    other_titles: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    isbns: tuple[str, ...] = ()
    call_numbers: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    shelves: tuple[str, ...] = ()
    copies: int = 0


def row_of(columns: Columns, derived: Derived, isbn13: str = "") -> Row:
    """The row of a title from its columns, `id` to `clc`, and what its MARC says beyond them."""
    isbns = dict.fromkeys((isbn13, *derived.isbns, *derived.wrong_isbns))
    return Row(
        *columns,
        (derived.part, *derived.other_titles, *derived.series),
        tuple(derived.authors),
        tuple(derived.subjects),
        tuple(filter(None, isbns)),
        tuple(derived.clc),
    )


def document_of(bib_id: int, entry: Entry) -> str:
    """The document of a title, in the JSON the index takes: quicker than objects from Python."""
    year, text = entry
    return f'{{"id":{bib_id},"newest":{(year << 40) + bib_id},{text}'


def entry_of(row: Row) -> Entry:
    """All of a document but the id, so that it can be made before the title has one.

    The JSON is written out: a dictionary and an encoder take three times as long. Folded text
    holds nothing that JSON would have to escape.
    """
    title_words = words(row.title)
    if beside := " ".join(filter(None, (row.subtitle, *row.other_titles))):
        title_words = title_words + words(beside)
    authors = authors_of(row.author, row.other_names)
    spelled = spelled_forms(row.title, longest=_LONGEST_SPELLED)
    exact = [form[:LONGEST_MARK] for form in (joined(row.title), *spelled)]
    subjects = list(map(_subject, row.subjects))
    year = row.year or 0
    return (
        year,
        (
            f'"title":"{" ".join(title_words)}",{authors.members},'
            f'"subject":"{" ".join([subject.words for subject in subjects])}",'
            f'"publisher":"{_cut(row.publisher)}",'
            f'"sounds":"{" ".join(_sounds(title_words, subjects, authors))}",'
            f'"pairs":"{pairs(row.title)} {authors.pairs}",'
            f'"exact":{listed([form for form in exact if not begins_latin(form)])},'
            f'"exact_latin":{listed([form for form in exact if begins_latin(form)])},'
            f'"isbn":{_list(row.isbns)},{_marks(row.clc, row.call_numbers)},'
            f"{_stock(row.branches, row.shelves)},{_kind(row.format, row.language)},"
            f'"year":{year},"copies":{row.copies},"title_order":"{exact[1][:LONGEST_ORDER]}"}}'
        ),
    )


def _list(texts: Iterable[str]) -> str:
    return f"[{','.join(map(quoted, texts))}]" if texts else "[]"


@lru_cache(maxsize=8192)
def _stock(branches: tuple[str, ...], shelves: tuple[str, ...]) -> str:
    """The members that tell where a title is; one that is nowhere yet has hardly any."""
    *single, more = BRANCH_COLUMNS
    columns = [f'"{name}":{quoted(code)}' for name, code in zip(single, branches, strict=False)]
    if beyond := branches[len(single) :]:
        columns.append(f'"{more}":{_list(beyond)}')
    if branches:
        columns.append(f'"branches":{_list(branches)}')
    if shelves:
        columns.append(f'"shelves":{_list(shelves)}')
    return ",".join([*columns, f'"available":{1 if shelves else 0}'])


@lru_cache(maxsize=65536)
def _marks(clc: str, call_numbers: tuple[str, ...]) -> str:
    """The members of the document that come from the class and the call numbers."""
    classed = shelfmark(clc)
    others = [mark for mark in dict.fromkeys(map(shelfmark, call_numbers)) if mark != classed]
    shelved = f'"shelfmark":{_list(others)},' if others else ""
    clc_marks = _list([classed] if classed else ())
    return f'{shelved}"clc":{clc_marks},"class_letter":{quoted(class_letter(clc))}'


@lru_cache(maxsize=256)
def _kind(format: str, language: str) -> str:
    return f'"format":{quoted(format)},"language":{quoted(language)}'


@lru_cache(maxsize=65536)
def _cut(text: str) -> str:
    """Words of a publisher: the same few come again and again."""
    return " ".join(words(text))


class _Subject(NamedTuple):
    words: str
    sounds: tuple[str, ...]


@lru_cache(maxsize=65536)
def _subject(text: str) -> _Subject:
    """The same subjects come again and again."""
    found = words(text)
    return _Subject(" ".join(found), tuple(chain.from_iterable(map(_word_sounds, found))))


@lru_cache(maxsize=131072)
def _word_sounds(word: str) -> tuple[str, ...]:
    if word.isascii() or len(word) < 2:
        return ()
    return (pinyin(word), initials(word)) if len(word) > 2 else (pinyin(word),)


def _sounds(title_words: list[str], subjects: list[_Subject], authors: Authors) -> Iterable[str]:
    """The words of the title and its subjects and the authors, as typed in Latin letters."""
    found = list(authors.sounds)
    for sounds in map(_word_sounds, title_words):
        found += sounds
    for subject in subjects:
        found += subject.sounds
    return dict.fromkeys(found)
