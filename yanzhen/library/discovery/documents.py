"""One title as a document of the search index. Pure: a row in, a document out."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, islice, product
from json.encoder import encode_basestring as quoted
from operator import add
from typing import NamedTuple

from yanzhen.groundwork.text import fold, initials, pinyin, pinyin_forms, words
from yanzhen.groundwork.text.clc import class_letter
from yanzhen.groundwork.text.romanisation import POLYPHONES
from yanzhen.library.catalogue.marc.derived import Derived

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇々]+")
# The branches of a title once more, one to a column: counting columns that hold one value each is
# four times as fast as counting one that holds many. Few titles need the last, which holds many.
BRANCH_COLUMNS = ("branch_1", "branch_2", "branch_3", "branch_4", "branch_more")

_BETWEEN_NAMES = re.compile(r"[;；,，、/|]|\s{2,}|\band\b|\(|\)|（|）|\[|\]")
_ROLE = re.compile(
    r"\s*(等|编著|主编|原著|改编|编写|编译|译著|选编|整理|校注|绘画|著|编|译|绘|撰|注|文|图|口述)+$"
)
_LONGEST_ORDER = 24
_LONGEST_MARK = 120
_SHORTEST_SLIPPED = 3
_SHORT = 5
_POLYPHONES = frozenset(POLYPHONES)

Entry = tuple[int, str]  # the year, and the document as JSON from behind where its id will stand
_DERIVED_FROM = 9  # place of `other_titles` in a Row


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


def row_of(columns: Row, derived: Derived, isbn13: str = "") -> Row:
    """The row of a title from its columns and from what its MARC says beyond them."""
    isbns = dict.fromkeys((isbn13, *derived.isbns, *derived.wrong_isbns))
    known: tuple = columns[:_DERIVED_FROM]
    beyond = (
        (derived.part, *derived.other_titles, *derived.series),
        tuple(derived.authors),
        tuple(derived.subjects),
        tuple(filter(None, isbns)),
        tuple(derived.clc),
    )
    # Not _replace, which takes three times as long.
    return Row(*known, *beyond)  # type: ignore[call-arg]


def document_of(bib_id: int, entry: Entry) -> str:
    """The document of a title, in the JSON the index takes: quicker than objects from Python."""
    year, text = entry
    return f'{{"id":{bib_id},"newest":{(year << 40) + bib_id},{text}'


def entry_of(row: Row) -> Entry:
    """All of a document but the id, so that it can be made before the title has one."""
    title_words = words(row.title)
    if beside := " ".join(filter(None, (row.subtitle, *row.other_titles))):
        title_words = title_words + words(beside)
    authors = _authors(row.author, row.other_names)
    exact = _exact_forms(row.title)
    marks = dict.fromkeys(filter(None, (row.clc, *row.call_numbers)))
    year = row.year or 0
    subjects = " ".join(map(_cut, row.subjects))
    sounds = " ".join(_sounds(exact, [*title_words, *subjects.split()], authors))
    return (
        year,
        (  # written out: a dictionary and an encoder take three times as long
            f'"title":{quoted(" ".join(title_words))},"author":{quoted(authors.words)},'
            f'"subject":{quoted(subjects)},"publisher":{quoted(_cut(row.publisher))},'
            f'"sounds":{quoted(sounds)},"pairs":{quoted(f"{pairs(row.title)} {authors.pairs}")},'
            f'"exact":{_list(exact)},"names":{_list(authors.forms)},"isbn":{_list(row.isbns)},'
            f'"exact_latin":{_list(_latin(exact))},"names_latin":{_list(_latin(authors.forms))},'
            f'"shelfmark":{_list(map(shelfmark, marks))},'
            f'"clc":{_list([shelfmark(row.clc)] if row.clc else ())},'
            f'"branches":{_list(row.branches)},{_branch_columns(row.branches)},'
            f'"shelves":{_list(row.shelves)},'
            f'"format":{quoted(row.format)},"language":{quoted(row.language)},'
            f'"class_letter":{quoted(_class_letter(row.clc))},'
            f'"available":{1 if row.shelves else 0},"year":{year},"copies":{row.copies},'
            f'"title_order":{quoted(exact[1][:_LONGEST_ORDER])},'
            f'"author_order":{quoted(authors.order)}}}'
        ),
    )


def _list(texts: Iterable[str]) -> str:
    return f"[{','.join(map(quoted, texts))}]"


def _latin(forms: Iterable[str]) -> Iterable[str]:
    """Those a text with slips may be near to."""
    return [form for form in forms if len(form) >= _SHORTEST_SLIPPED and form.isascii()]


@lru_cache(maxsize=8192)
def _branch_columns(branches: tuple[str, ...]) -> str:
    *single, more = BRANCH_COLUMNS
    held = [*branches[: len(single)], *[""] * (len(single) - len(branches))]
    first = [f'"{name}":{quoted(code)}' for name, code in zip(single, held, strict=True)]
    return ",".join([*first, f'"{more}":{_list(branches[len(single) :])}'])


def joined(text: str) -> str:
    """Folded without any space: how whole titles and names are compared."""
    return fold(text).replace(" ", "")[:_LONGEST_MARK]


def shelfmark(mark: str) -> str:
    """A call number or class as it is compared: narrow, lower case, no spaces."""
    narrow = mark.lower() if mark.isascii() else unicodedata.normalize("NFKC", mark).lower()
    return "".join(narrow.split())[:_LONGEST_MARK]


@lru_cache(maxsize=65536)
def _cut(text: str) -> str:
    """Words of a name, a subject, a publisher: the same few come again and again."""
    return " ".join(words(text))


@lru_cache(maxsize=8192)
def _class_letter(clc: str) -> str:
    return class_letter(clc)


class _Authors(NamedTuple):
    """What a document says of the authors, in its fields."""

    words: str
    pairs: str
    forms: list[str]
    sounds: tuple[str, ...]
    order: str


@lru_cache(maxsize=65536)
def _authors(author: str, other: tuple[str, ...]) -> _Authors:
    """The same authors come again and again."""
    names = names_of(author, other)
    forms = [name_forms(name) for name in names]
    return _Authors(
        " ".join(map(_cut, (author, *other))),
        pairs(author),
        list(chain.from_iterable(forms)),
        tuple(chain.from_iterable(each[1:] for each in forms)),
        pinyin(names[0])[:_LONGEST_ORDER] if names else "~",
    )


def pairs(text: str) -> str:
    """Neighbouring characters of the Chinese runs, the last alone: 红楼梦 -> 红楼 楼梦 梦."""
    found: list[str] = []
    for run in HAN.findall(fold(text)):
        found += map(add, run, run[1:])
        found.append(run[-1])
    return " ".join(found)


def names_of(author: str, other: tuple[str, ...] = ()) -> list[str]:
    """The persons and bodies named in a statement of responsibility, without their roles."""
    return list(dict.fromkeys(chain.from_iterable(map(_names_in, (author, *other)))))


@lru_cache(maxsize=65536)
def _names_in(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_name, _BETWEEN_NAMES.split(text))))


def _name(part: str) -> str:
    part = part.strip()
    return _ROLE.sub("", part).strip() if len(part) > 2 else part


@lru_cache(maxsize=65536)
def name_forms(name: str) -> tuple[str, ...]:
    """A name as it may be typed: folded, in pinyin, by initials."""
    forms = (joined(name), *pinyin_forms(name)[:2], *_initial_forms(name))
    return tuple(dict.fromkeys(form[:_LONGEST_MARK] for form in forms if len(form) > 1))


def _exact_forms(title: str) -> list[str]:
    """The whole title folded, in pinyin (likeliest reading second in the list), by initials."""
    forms = [joined(title), *pinyin_forms(title[:60]), *_initial_forms(title)]
    return [form[:_LONGEST_MARK] for form in forms]


def _initial_forms(text: str) -> list[str]:
    """The initials; of a short name or title all in Chinese, with the other readings too."""
    likely = initials(text)
    if len(likely) > _SHORT or _POLYPHONES.isdisjoint(text) or not HAN.fullmatch(text):
        return [likely]
    letters = [
        dict.fromkeys((letter, *_letters(char))) for char, letter in zip(text, likely, strict=True)
    ]
    return list(islice(map("".join, product(*letters)), 5))


def _letters(char: str) -> list[str]:
    return [reading[0] for reading in POLYPHONES.get(char, ())]


@lru_cache(maxsize=131072)
def _word_sounds(word: str) -> tuple[str, ...]:
    if word.isascii() or len(word) < 2:
        return ()
    return (pinyin(word), initials(word)) if len(word) > 2 else (pinyin(word),)


def _sounds(exact: list[str], known_words: list[str], authors: _Authors) -> Iterable[str]:
    """Everything a title may be typed as in Latin letters: whole, by the words of its title and
    its subjects, by its authors."""
    by_word = chain.from_iterable(map(_word_sounds, known_words))
    return dict.fromkeys(chain(exact[1:], by_word, authors.sounds))
