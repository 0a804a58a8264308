"""Pages whose frame is drawn once: for strangers everything around the texts looks the same.

A result page has some forty template nodes around what was found; with the frame kept, only what
differs from page to page is drawn anew (docs/decisions/0035).
"""

import copy
import re
from collections.abc import Hashable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape, escape
from django.utils.translation import get_language

from yanzhen.design.display import Display, with_display

MOST = 128
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
_MARK = re.compile("\ue000(\\w+)\ue001")  # private use: no screen word of ours has these signs
_QUERY = "frame-query"  # stands for the query where a link keeps it

_frames: dict[tuple, list[str]] = {}


def framed(
    request: HttpRequest,
    template_name: str,
    context: Mapping[str, Any],
    texts: Mapping[str, str],
    *,
    like: Hashable = None,
) -> HttpResponse:
    """As `render` with `context` and `texts`; for a stranger the frame around the texts is kept.

    The frame may depend on nothing but `like`, which of the texts are empty, the address, the
    language and the display. A text stands where HTML text or a quoted attribute may stand, and is
    escaped unless it is marked safe; the template may ask whether it is there, but not change it.
    """
    if any(name in request.COOKIES for name in PERSONAL):
        return render(request, template_name, {**context, **texts})
    given = frozenset([name for name, text in texts.items() if text])
    shown = getattr(request, "display", Display())
    key = template_name, like, given, request.path, get_language(), shown, settings.YANZHEN_PHONE
    frame = _frames.get(key)
    if frame is None:
        if len(_frames) >= MOST:
            _frames.clear()
        marks = {name: _mark(name) if name in given else "" for name in texts}
        frame = _frames[key] = _drawn(request, template_name, {**context, **marks})
    return HttpResponse(_filled(frame, {**texts, **_links(request)}))


def _drawn(request: HttpRequest, template_name: str, context: Mapping[str, Any]) -> list[str]:
    """The frame: what stands fast, and between each two pieces of it the name of a text."""
    bare = copy.copy(request)
    bare.GET = QueryDict()
    bare.META = {**request.META, "QUERY_STRING": _QUERY}
    html: str = render_to_string(template_name, dict(context), request=bare)
    html = html.replace(f"?{_QUERY}", _mark("query")).replace("?display=", _mark("display"))
    return _MARK.split(html)


def _links(request: HttpRequest) -> dict[str, str]:
    """What links keep of the address, as `other_language_url` and `display_links` write it."""
    query = request.META.get("QUERY_STRING", "")
    return {
        "query": escape(f"?{iri_to_uri(query)}") if query else "",
        "display": with_display(request.GET),
    }


def _filled(frame: list[str], texts: Mapping[str, str]) -> str:
    pieces = frame.copy()
    pieces[1::2] = [conditional_escape(texts[name]) for name in frame[1::2]]
    return "".join(pieces)


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"
