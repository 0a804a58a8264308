"""The one address of searching programs."""

import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yanzhen.doors.gate import public
from yanzhen.doors.sru import asking, writing
from yanzhen.doors.sru.asking import Search
from yanzhen.doors.sru.diagnostics import BUSY, POSITION, Diagnosed
from yanzhen.doors.sru.explaining import zeerex
from yanzhen.doors.sru.indexes import order_of, wanted_of
from yanzhen.library.catalogue.queries import export
from yanzhen.library.discovery.index import Index, NoIndex, index_at
from yanzhen.library.discovery.indexing import ensure
from yanzhen.library.discovery.leafing import leaves
from yanzhen.library.discovery.structured import Found, Wanted, find

AT_ONCE = 1  # programs answered at the same time by one process; readers come first
PATIENCE = 0.5  # seconds one waits for another
SOON = 5  # seconds after which the others try again
Told = TypeVar("Told")
_room = threading.BoundedSemaphore(AT_ONCE)


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def sru(request: HttpRequest) -> HttpResponse:
    """SRU 1.1, 1.2 and 2.0 for programs; a diagnostic with Retry-After while too many ask."""
    given = (request.POST if request.method == "POST" else request.GET).dict()
    version = writing.VERSIONS[asking.version_of(given)]
    operation = "explain"
    headers = {"Cache-Control": "no-store", "Retry-After": str(SOON)}
    if not _room.acquire(timeout=PATIENCE):
        busy = Diagnosed(BUSY, f"try again in {SOON} seconds")
        return _answer(writing.failure(version, operation, busy), headers, 503)
    try:
        operation = asking.operation_of(given)
        if operation == "explain":
            body = _explained(request, version)
        else:
            act = _scanned if operation == "scan" else _searched
            body = act(given, version)
    except Diagnosed as wrong:
        body = writing.failure(version, operation, wrong)
        return _answer(body, headers, 503) if wrong.number == BUSY else _answer(body)
    finally:
        _room.release()
    return _answer(body)


def _answer(body: str, headers: Mapping[str, str] | None = None, status: int = 200) -> HttpResponse:
    """What is found looks the same to everybody: the page cache may keep it for a moment."""
    headers = headers or {"Cache-Control": "public, max-age=0"}
    return HttpResponse(
        body, status=status, content_type="text/xml; charset=utf-8", headers=headers
    )


def _explained(request: HttpRequest, version: writing.Version) -> str:
    host, _colon, port = request.get_host().rpartition(":")
    if not port.isdigit():
        host, port = request.get_host(), "443" if request.is_secure() else "80"
    return writing.explanation(version, zeerex(host, port, version.number))


def _searched(given: Mapping[str, str], version: writing.Version) -> str:
    search = asking.search_of(given)
    wanted, (order, down) = wanted_of(search.read.tree), order_of(search.read.keys)
    found = _found(wanted, search, order, down)
    if search.start > max(found.total, 1):
        raise Diagnosed(POSITION, f"{search.start} > {found.total}")
    marc = dict(export(found.bib_ids))
    records = [(bib_id, marc.get(bib_id)) for bib_id in found.bib_ids]
    return writing.results(version, search, found.total, records)


def _scanned(given: Mapping[str, str], version: writing.Version) -> str:
    scan = asking.scan_of(given)
    how = {"before": scan.before, "most": scan.most}
    found = _healed(lambda index: leaves(scan.field, scan.text, index, **how))
    return writing.terms(version, scan, found)


def _found(wanted: Wanted, search: Search, order: str, down: bool) -> Found:
    how = {"start": search.start - 1, "most": search.most, "order": order, "down": down}
    return _healed(lambda index: find(wanted, index, **how))  # type: ignore[arg-type]


def _healed(ask: Callable[[Index], Told]) -> Told:
    """Ask the index, healing it first when it cannot be read. Raises Diagnosed."""
    index = index_at(settings.SEARCH_INDEX)
    try:
        return ask(index)
    except NoIndex:
        if not ensure(settings.SEARCH_INDEX):
            raise Diagnosed(BUSY, "the index is being built") from None
        return ask(index)
