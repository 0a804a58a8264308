"""The union catalogue: search, one record, its MARC."""

from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from yanzhen.doors.api.answers import answer
from yanzhen.doors.api.shapes.forms import Paging, paged
from yanzhen.doors.api.shapes.records import (
    TitlePage,
    TitleRecord,
    facet_counts,
    title_line,
    title_record,
)
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.catalogue.marc import iso2709, xml
from yanzhen.library.catalogue.marc.record import Record
from yanzhen.library.discovery.index import NoIndex, index_at
from yanzhen.library.discovery.indexing import ensure
from yanzhen.library.discovery.queries import RecordPage, record_page, rows
from yanzhen.library.discovery.searching import Query as Wanted
from yanzhen.library.discovery.searching import Results, search
from yanzhen.library.discovery.spelling import did_you_mean
from yanzhen.network.models import Node

router = Router(tags=["catalogue"])

MARCXML, ISO2709 = "application/marcxml+xml", "application/marc"


class TitlesWanted(Paging):
    """The parameters of /catalogue/; what cannot be read counts as not given."""

    q: str = Field("", description="Words, pinyin, initials, ISBN or call number; cut at 200")
    branch: str = Field("", description="Node code: titles at home or on a shelf there")
    format: str = Field("", description="book, large_print, braille, sound, …")
    language: str = Field("", description="ISO 639-1, else 639-2")
    year: str = Field("", description="2018 or 2010-2019")
    clc: str = Field("", description="A main class, or the beginning of a class: I, I242")
    available: str = Field("", description="1: on a shelf now")
    sort: str = Field("", description="relevance, newest, title or author")


@router.get("/records", response=TitlePage, summary="Search the union catalogue")
def records(request: HttpRequest, wanted: Query[TitlesWanted]) -> HttpResponse:
    """Traditional or simplified, pinyin or initials: the same as on the pages, with facets."""
    given = wanted.model_dump()
    query = Wanted.read({name: str(value) for name, value in given.items()})
    found = _searched(query, wanted.page_size)
    lines = [title_line(row) for row in rows(found.bib_ids)]
    named = Node.objects.filter(code__in=list(found.facets.branch))
    return answer(
        {
            **paged(lines, wanted, found.total),
            "sort": found.sort,
            "partial": found.is_partial,
            "did_you_mean": _meant(found),
            "facets": facet_counts(found.facets, {node.code: node.label for node in named}),
        }
    )


@router.get("/records/{int:record_id}", response=TitleRecord, summary="One title record")
def record(request: HttpRequest, record_id: int) -> HttpResponse:
    """A title record with where its copies are, its other editions, and its subjects."""
    return answer(title_record(_record(record_id)))


@router.get(
    "/records/{int:record_id}/marc",
    summary="The MARC of a record",
    openapi_extra={
        "responses": {
            200: {
                "description": "The record as catalogued",
                "content": {kind: {"schema": {"type": "string"}} for kind in (MARCXML, ISO2709)},
            }
        }
    },
)
def marc(
    request: HttpRequest, record_id: int, format: Query[Literal["", "marcxml", "iso2709"]] = ""
) -> HttpResponse:
    """MARCXML (MarcXchange for CNMARC) or ISO 2709, by `format` or by the Accept header."""
    found = _record(record_id)
    if _wants_iso2709(request, format):
        return HttpResponse(_iso2709(found.marc), ISO2709)
    return HttpResponse(b"".join(xml.collection([found.marc])), MARCXML)


def _searched(query: Wanted, length: int) -> Results:
    """Search, healing the index first when it cannot be read. Raises Refused while it is built."""
    index = index_at(settings.SEARCH_INDEX)
    try:
        return search(query, index, rows=length)
    except NoIndex:
        if ensure(settings.SEARCH_INDEX):
            return search(query, index, rows=length)
        raise Refused(
            "index-building",
            _("检索正在整理，一会儿就好。"),
            _("请过几分钟再试；知道编号的书目现在就可以打开。"),
            status=503,
        ) from None


def _meant(found: Results) -> str:
    if not found.asked.words or (found.total and not found.is_partial):
        return ""
    return did_you_mean(found.asked, index_at(settings.SEARCH_INDEX))


def _record(record_id: int) -> RecordPage:
    found = record_page(record_id)
    if found is None:
        raise Refused(
            "record-unknown", _("没有这条书目。"), _("它可能已经删除，请重新检索。"), status=404
        )
    return found


def _wants_iso2709(request: HttpRequest, format: str) -> bool:
    if format:
        return format == "iso2709"
    wanted = request.get_preferred_type([MARCXML, ISO2709, "application/xml"])
    if wanted is None:
        raise Refused(
            "format-not-offered",
            _("书目只能给成 MARCXML 或 ISO 2709。"),
            _("请在 Accept 里写 application/marcxml+xml 或 application/marc。"),
            status=406,
        )
    return wanted == ISO2709


def _iso2709(marc: Record) -> bytes:
    try:
        return iso2709.write(marc)
    except iso2709.TooLong:
        raise Refused(
            "record-too-long",
            _("这条书目太长，ISO 2709 装不下。"),
            _("请改取 MARCXML：format=marcxml。"),
        ) from None
