"""The side column of a result list: facets as links, and the filters in force as chips."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice
from urllib.parse import quote_plus

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yanzhen.design.escaping import escaped
from yanzhen.design.templatetags.design import icon
from yanzhen.doors.portal.catalogue_words import (
    SORTS,
    class_word,
    format_word,
    language_word,
    year_word,
)
from yanzhen.library.discovery.searching import Query, Results

FILTERS = ("available", "branch", "clc", "format", "language", "year")
MOST_CHOICES = 8
MOST_BRANCHES = 40
MOST_KEPT = 256


@dataclass(slots=True)
class Choice:
    word: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(slots=True)
class Group:
    title: str
    choices: list[Choice]
    more: list[Choice] = field(default_factory=list)


def _drawn_groups(groups: list[Group]) -> SafeString:
    """Written here because a page has sixty links: a third of its time else."""
    return mark_safe("".join([_drawn(group) for group in groups]))  # noqa: S308 - escaped below


def _drawn(group: Group) -> str:
    return (
        f"<details open><summary>{escaped(group.title)}{icon('chevron-down')}</summary>"
        f"{_list(group.choices)}{_more(group.more)}</details>"
    )


def _more(choices: list[Choice]) -> str:
    if not choices:
        return ""
    says = _("还有 %(count)s 项") % {"count": len(choices)}
    return (
        f'<details class="more"><summary>{escaped(says)}{icon("chevron-down")}</summary>'
        f"{_list(choices)}</details>"
    )


def _list(choices: list[Choice]) -> str:
    items = "".join([f"<li>{_link(choice)}</li>" for choice in choices])
    return f'<ul class="plain">{items}</ul>'


def _link(choice: Choice) -> str:
    current = ' aria-current="true"' if choice.current else ""
    url = choice.url.replace("&", "&amp;")  # all else is quoted (Addresses)
    return (
        f'<a href="{url}" rel="nofollow"{current}>{_worded(choice.word)}'
        f'<span class="count">{choice.count:,}</span></a>'
    )


@lru_cache(maxsize=4096)
def _worded(word: str) -> str:
    """The same words stand in the column of every page."""
    return f'<span class="word">{escaped(word)}</span>'


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


_columns: dict[tuple, tuple[dict[str, str], SafeString]] = {}  # with the names they were drawn by


def column(results: Results, names: dict[str, str], to: Addresses) -> SafeString:
    """The side column, drawn once for all pages of an answer until the index or a name changes."""
    key = get_language(), results.generation, replace(results.query, page=1)
    kept = _columns.get(key)
    if kept is None or kept[0] is not names:
        if len(_columns) >= MOST_KEPT:
            _columns.clear()
        kept = _columns[key] = names, _drawn_groups(groups_of(results, names, to))
    return kept[1]


def groups_of(results: Results, names: dict[str, str], to: Addresses) -> list[Group]:
    """The facets that still divide the results, or that are in force."""
    facets, query = results.facets, results.query
    named = partial(_Named, get_language())
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
        _group(_("类别"), "clc", query.clc, facets.clc, named(class_word), to),
        _group(_("形式"), "format", query.format, facets.format, named(format_word), to),
        _group(_("语种"), "language", query.language, facets.language, named(language_word), to),
        _group(_("出版年"), "year", query.year, years, named(year_word), to),
    ]
    return [group for group in groups if group.choices]


def chips_of(query: Query, names: dict[str, str], to: Addresses) -> list[Choice]:
    """The filters in force, each with the address that takes it off."""
    if not any(getattr(query, name) for name in FILTERS):
        return []
    chips = [
        (_("现在在架"), "available", query.available),
        (names.get(query.branch, query.branch), "branch", query.branch),
        (_class_chip(query.clc), "clc", query.clc),
        (format_word(query.format), "format", query.format),
        (language_word(query.language), "language", query.language),
        (year_word(query.year), "year", query.year),
    ]
    return [Choice(word, to.with_(**{name: ""})) for word, name, value in chips if value]


def sorts_of(results: Results, to: Addresses) -> list[Choice]:
    """Ways to sort; relevance means something only where words were typed."""
    return [
        Choice(str(word), to.with_(sort=name), current=name == results.sort)
        for name, word in SORTS.items()
        if name != "relevance" or results.asked.words
    ]


def drawn_sorts(sorts: list[Choice]) -> SafeString:
    """The ways to sort as one line; the one in force is no link."""
    ways = [
        f'<b aria-current="true">{escaped(way.word)}</b>'
        if way.current
        else f'<a href="{escaped(way.url)}" rel="nofollow">{escaped(way.word)}</a>'
        for way in sorts
    ]
    return mark_safe(" ".join([_("排序"), *ways]))  # noqa: S308 - escaped above


def drawn_downloads(kinds: list[tuple[str, str]]) -> SafeString:
    """The forms a list leaves in, each a word and an address, as the items of a list."""
    items = [
        f'<li><a href="{escaped(url)}" download rel="nofollow">{escaped(word)}</a></li>'
        for word, url in kinds
    ]
    return mark_safe("".join(items))  # noqa: S308 - escaped above


def drawn_pages(pages: list[tuple[int | None, str]], here: int) -> SafeString:
    """The numbers of the pages as links; "…" where some are left out."""
    drawn = []
    for number, url in pages:
        current = ' aria-current="page"' if number == here else ""
        link = f'<a href="{escaped(url)}"{current}>{number}</a>'
        drawn.append(link if number else '<span aria-hidden="true">…</span>')
    return mark_safe("".join(drawn))  # noqa: S308 - escaped above


def _group(title, name, chosen, counts, words, to) -> Group:
    if len(counts) == 1 and not chosen:
        return Group(title, [])
    start = to.up_to(name)
    choices = [
        Choice(words.get(value, value), start + _quoted(value), count)
        for value, count in islice(counts.items(), MOST_BRANCHES)
        if str(value) != chosen
    ]
    if (count := counts.get(chosen)) is not None:
        word = words.get(chosen, chosen)
        choices.insert(0, Choice(word, to.with_(**{name: ""}), count, current=True))
    return Group(title, choices[:MOST_CHOICES], choices[MOST_CHOICES:])


def _class_chip(clc: str) -> str:
    return class_word(clc.upper()) if len(clc) == 1 else clc


class _Named:
    """A function in the place of a table of words."""

    def __init__(self, language: str | None, word: Callable[[str], str]):
        self._language, self._word = language, word

    def get(self, value: str | int, _default: str | int) -> str:
        return _named(self._word, value, self._language)


@lru_cache(maxsize=2048)
def _named(word: Callable[[str], str], value: str | int, _language: str | None) -> str:
    return word(str(value))
