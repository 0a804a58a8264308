"""The side column of a result list: facets as links, and the filters in force as chips."""

from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import islice
from urllib.parse import quote_plus

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yanzhen.doors.portal.catalogue_words import (
    FORMATS,
    LANGUAGES,
    SORTS,
    class_word,
    year_word,
)
from yanzhen.library.discovery.searching import Query, Results

FILTERS = ("available", "branch", "clc", "format", "language", "year")
MOST_CHOICES = 8
MOST_BRANCHES = 40


@dataclass(slots=True)
class Choice:
    word: str
    url: str
    count: int | None = None
    current: bool = False

    @property
    def link(self) -> str:
        """Drawn here because a page has sixty of them: a third of its time in the template."""
        current = ' aria-current="true"' if self.current else ""
        return (
            f'<a href="{escape(self.url)}" rel="nofollow"{current}><span class="word">'
            f'{escape(self.word)}</span><span class="count">{self.count:,}</span></a>'
        )


@dataclass(slots=True)
class Group:
    title: str
    choices: list[Choice]
    more: list[Choice] = field(default_factory=list)

    @property
    def links(self) -> SafeString:
        return _list(self.choices)

    @property
    def more_links(self) -> SafeString:
        return _list(self.more)


def _list(choices: list[Choice]) -> SafeString:
    items = "".join([f"<li>{choice.link}</li>" for choice in choices])
    return mark_safe(f'<ul class="plain">{items}</ul>')  # noqa: S308 - links escape what they show


class Addresses:
    """Addresses of the same search with something changed; a change leads to its first page."""

    def __init__(self, query: Query):
        given = {
            "q": query.q, "branch": query.branch, "format": query.format,
            "language": query.language, "year": query.year, "clc": query.clc,
            "available": "1" if query.available else "", "sort": query.sort,
        }  # fmt: skip
        self._said = {name: f"{name}={_quoted(value)}" for name, value in given.items() if value}

    def with_(self, **changes: str | int) -> str:
        kept = [said for name, said in self._said.items() if name not in changes]
        kept += [f"{name}={_quoted(value)}" for name, value in changes.items() if value]
        return f"?{'&'.join(kept)}"

    def up_to(self, name: str) -> str:
        """The address that only lacks a (quoted) value of `name`."""
        kept = [said for other, said in self._said.items() if other != name]
        return f"?{'&'.join([*kept, name])}="


@lru_cache(maxsize=4096)
def _quoted(value: str | int) -> str:
    return quote_plus(str(value).encode("utf-8", "ignore"))


def groups_of(results: Results, names: dict[str, str], to: Addresses) -> list[Group]:
    """The facets that still divide the results, or that are in force."""
    facets, query = results.facets, results.query
    shelf = Choice(
        _("现在在架"),
        to.with_(available="" if query.available else "1"),
        facets.available,
        query.available,
    )
    decades = {f"{first}-{first + 9}": count for first, count in facets.decades.items()}
    years = facets.year if "-" in query.year else decades
    groups = [
        Group(_("能不能借"), [shelf] if shelf.count or shelf.current else []),
        _group(_("在哪个馆"), "branch", query.branch, facets.branch, names, to),
        _group(_("类别"), "clc", query.clc, facets.clc, _Named(class_word), to),
        _group(_("形式"), "format", query.format, facets.format, FORMATS, to),
        _group(_("语种"), "language", query.language, facets.language, LANGUAGES, to),
        _group(_("出版年"), "year", query.year, years, _Named(year_word), to),
    ]
    return [group for group in groups if group.choices]


def chips_of(query: Query, names: dict[str, str], to: Addresses) -> list[Choice]:
    """The filters in force, each with the address that takes it off."""
    chips = [
        (_("现在在架"), "available", query.available),
        (names.get(query.branch, query.branch), "branch", query.branch),
        (_class_chip(query.clc), "clc", query.clc),
        (FORMATS.get(query.format, query.format), "format", query.format),
        (LANGUAGES.get(query.language, query.language), "language", query.language),
        (year_word(query.year), "year", query.year),
    ]
    return [Choice(str(word), to.with_(**{name: ""})) for word, name, value in chips if value]


def sorts_of(results: Results, to: Addresses) -> list[Choice]:
    """Ways to sort; relevance means something only where words were typed."""
    return [
        Choice(str(word), to.with_(sort=name), current=name == results.sort)
        for name, word in SORTS.items()
        if name != "relevance" or results.asked.words
    ]


def _group(title, name, chosen, counts, words, to) -> Group:
    if len(counts) == 1 and not chosen:
        return Group(title, [])
    start = to.up_to(name)
    choices = [
        Choice(str(words.get(value, value)), start + _quoted(value), count)
        for value, count in islice(counts.items(), MOST_BRANCHES)
        if str(value) != chosen
    ]
    if (count := counts.get(chosen)) is not None:
        word = str(words.get(chosen, chosen))
        choices.insert(0, Choice(word, to.with_(**{name: ""}), count, current=True))
    return Group(title, choices[:MOST_CHOICES], choices[MOST_CHOICES:])


def _class_chip(clc: str) -> str:
    return class_word(clc.upper()) if len(clc) == 1 else clc


class _Named:
    """A function in the place of a table of words."""

    def __init__(self, word):
        self._word = word

    def get(self, value, _default) -> str:
        return self._word(str(value))
