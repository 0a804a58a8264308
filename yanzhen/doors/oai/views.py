"""The one address of the harvesters."""

import threading
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yanzhen.doors.gate import public
from yanzhen.doors.oai import asking, writing
from yanzhen.doors.oai.answering import ANSWERS
from yanzhen.doors.oai.asking import Wrong
from yanzhen.groundwork import clock

AT_ONCE = 1  # harvesters answered at the same time by one process; readers come first
PATIENCE = 0.5  # seconds one waits for another
SOON = 10  # seconds after which the others try again
MOST_ARGUMENTS = 20
_DESCRIBING = ("Identify", "ListMetadataFormats", "ListSets")
_room = threading.BoundedSemaphore(AT_ONCE)


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """OAI-PMH 2.0 for harvesters; 503 with Retry-After while too many ask at once."""
    if not _room.acquire(timeout=PATIENCE):
        told = "Other harvesters are being answered; please try again.\n"
        headers = {"Retry-After": str(SOON), "Cache-Control": "no-store"}
        return HttpResponse(told, status=503, content_type="text/plain", headers=headers)
    try:
        return _answered(request)
    finally:
        _room.release()


def _answered(request: HttpRequest) -> HttpResponse:
    # Before anything is read: what moves afterwards has a later datestamp than we say.
    at = clock.now()
    address = request.build_absolute_uri(request.path)
    arguments: dict[str, str] = {}
    cache = "no-cache"
    try:
        asked = asking.read(_pairs(request))
        arguments = {"verb": asked.verb, **asked.arguments}
        body = ANSWERS[asked.verb](asked.arguments, address, at)
        if asked.verb in _DESCRIBING:
            cache = "public, max-age=60"
    except Wrong as wrong:
        if wrong.code in ("badVerb", "badArgument"):
            arguments = {}
        body = writing.tag("error", wrong.message, code=wrong.code)
    text = writing.answer(address, at, arguments, [body])
    return HttpResponse(
        text, content_type="text/xml; charset=utf-8", headers={"Cache-Control": cache}
    )


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """All arguments of the address and of a posted form; a repeated one stays repeated."""
    query = request.META.get("QUERY_STRING", "")
    if request.method == "POST":
        body = request.body.decode("utf-8", "replace")
        query = f"{query}&{body}" if query else body
    try:
        return parse_qsl(
            query, keep_blank_values=True, errors="replace", max_num_fields=MOST_ARGUMENTS
        )
    except ValueError:
        raise Wrong("badArgument", "There are far too many arguments.") from None
