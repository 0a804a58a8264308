"""Title records 书目, their holdings, and the result of a search."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from yanzhen.doors.api.shapes.forms import Page, Row, Shape, Term
from yanzhen.doors.api.shapes.network import NodeName, node_name
from yanzhen.groundwork.text.clc import class_name
from yanzhen.library.discovery.facets import Facets
from yanzhen.library.discovery.queries import Holding, RecordPage
from yanzhen.library.holdings.models import Copy

_STATES = {
    **{state.value: state.label for state in Copy.State},
    "missing": _("正在查找"),
    "reference": _("馆内阅览"),
}
_TITLE = (
    "id", "title", "subtitle", "author", "publisher", "year", "isbn13", "language", "format", "clc",
)  # fmt: skip


class Title(Shape):
    """What a title record says of itself."""

    id: int = Field(description="As in /records/{id}")
    title: str = Field(description="Title proper")
    subtitle: str = Field(description="Other title information")
    author: str = Field(description="As on the title page")
    publisher: str = Field(description="Publisher")
    year: int | None = Field(description="Year of publication")
    isbn13: str = Field(description="Thirteen digits; empty where there is none")
    language: str = Field(description="ISO 639-1, else 639-2")
    format: str = Field(description="book, periodical, large_print, braille, sound, …")
    clc: str = Field(description="Chinese Library Classification 中图分类号")


class Shelf(Shape):
    """Copies that can be taken off a shelf now."""

    node: str = Field(description="Code of the branch")
    copies: int = Field(description="How many stand there")


class TitleLine(Title):
    """A title in a list of results."""

    call_number: str = Field(description="Of a copy, else the class")
    copies: int = Field(description="All copies in stock")
    reading: int = Field(description="Copies to be read on the spot")
    shelves: list[Shelf] = Field(description="Where it can be taken off a shelf now")


class FacetValue(Shape):
    """One value of a facet and how many titles have it."""

    value: str = Field(description="To be sent as the parameter of the facet's name")
    label: str = Field(description="Name of a branch or class; else the value")
    count: int = Field(description="Titles")


class FacetCounts(Shape):
    """How the results divide."""

    available: int = Field(description="Titles on a shelf now (of the branch asked for, if any)")
    branch: list[FacetValue] = Field(description="By branch")
    format: list[FacetValue] = Field(description="By format")
    language: list[FacetValue] = Field(description="By language")
    year: list[FacetValue] = Field(description="By year, newest first")
    clc: list[FacetValue] = Field(description="By main class")


class TitlePage(Page[TitleLine]):
    """One page of results."""

    sort: str = Field(description="relevance, newest, title or author")
    partial: bool = Field(description="True where no title has all the words typed")
    did_you_mean: str = Field(description="A query that finds something; mostly empty")
    facets: FacetCounts = Field(description="How all the results divide")


class HoldingLine(Shape):
    """Copies of a title in one branch, in one state."""

    node: NodeName = Field(description="Where they stand")
    call_number: str = Field(description="Call number 索书号")
    shelf: str = Field(description="Shelf")
    state: Term = Field(
        description="available, on_loan, in_transit, on_hold_shelf, lost, missing, reference"
    )
    copies: int = Field(description="How many")


class TitleRecord(Title):
    """A title record with its other editions and its holdings."""

    authors: list[str] = Field(description="All names")
    edition: str = Field(description="Edition statement")
    place: str = Field(description="Place of publication")
    pages: str = Field(description="Extent")
    isbns: list[str] = Field(description="All valid ISBNs, thirteen digits")
    series: list[str] = Field(description="Series")
    subjects: list[str] = Field(description="Subjects")
    abstract: str = Field(description="Abstract")
    flavour: str = Field(description="cnmarc or marc21")
    editions: list[Title] = Field(description="Other records of the same title and author")
    holdings: list[HoldingLine] = Field(description="Where its copies are")


def title_line(row: Row) -> Row:
    """From a row of discovery's `rows`."""
    shelves = [{"node": code, "copies": count} for code, count in row["shelves"]]
    counted = {name: row[name] for name in ("call_number", "copies", "reading")}
    return {**_title(row), **counted, "shelves": shelves}


def _title(row: Row) -> Row:
    return {name: row[name] for name in _TITLE}


def facet_counts(facets: Facets, branch_names: dict[str, str]) -> Row:
    return {
        "available": facets.available,
        "branch": _values(facets.branch, branch_names),
        "format": _values(facets.format),
        "language": _values(facets.language),
        "year": _values(facets.year),
        "clc": _values(facets.clc, {letter: _class_word(letter) for letter in facets.clc}),
    }


def _values(counts: dict, labels: dict[str, str] | None = None) -> list[Row]:
    return [
        {"value": str(value), "label": (labels or {}).get(value) or str(value), "count": count}
        for value, count in counts.items()
    ]


def _class_word(letter: str) -> str:
    chinese, english = class_name(letter)
    return english if get_language() == "en" else chinese


def title_record(page: RecordPage) -> Row:
    derived = page.derived
    return {
        **_title(page.row),
        "authors": derived.authors,
        "edition": derived.edition,
        "place": derived.place,
        "pages": derived.pages,
        "isbns": derived.isbns,
        "series": derived.series,
        "subjects": derived.subjects,
        "abstract": derived.abstract,
        "flavour": page.flavour,
        "editions": [_title(row) for row in page.editions],
        "holdings": [_holding(holding) for holding in page.holdings],
    }


def _holding(holding: Holding) -> Row:
    return {
        "node": node_name(holding.node),
        "call_number": holding.call_number,
        "shelf": holding.shelf,
        "copies": holding.count,
        "state": {"code": str(holding.state), "label": str(_STATES[holding.state])},
    }
