"""Asking another server, within limits: of size, of time, of patience; http and https only."""

import time
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused

LARGEST = 32_000_000  # bytes of one answer
SLOWEST = 120.0  # seconds one answer may take
QUIETEST = 30.0  # seconds without a byte
TRIES = 5
LONGEST_PAUSE = 120
_CHUNK = 1 << 16
_BUSY = (429, 503)

pause = time.sleep


class _Redirects(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise URLError("redirected to something that is no web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    """Without the handlers for files and ftp that `build_opener` adds."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), _Redirects(),
        HTTPErrorProcessor(),
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener


def fetch(base_url: str, arguments: Mapping[str, str]) -> bytes:
    """The answer to a request; a busy server is asked again when it says. Raises Refused."""
    mark = "&" if urlsplit(base_url).query else "?"
    request = Request(  # noqa: S310 - rules.a_source_is_a_web_address
        f"{base_url}{mark}{urlencode(arguments)}", headers={"User-Agent": "Yanzhen (OAI-PMH)"}
    )
    for turn in range(TRIES):
        try:
            return _read(request)
        except HTTPError as trouble:
            wait = _wait(trouble)
            if wait is None or turn == TRIES - 1:
                raise _unreachable(base_url, f"HTTP {trouble.code}") from trouble
            pause(wait)
        except (URLError, OSError, HTTPException) as trouble:
            raise _unreachable(base_url, str(trouble)[:200]) from trouble
    raise AssertionError("the last turn returns or raises")


def _read(request: Request) -> bytes:
    end = time.monotonic() + SLOWEST
    pieces, length = [], 0
    with _opener().open(request, timeout=QUIETEST) as answer:
        while piece := answer.read1(_CHUNK):
            pieces.append(piece)
            length += len(piece)
            if length > LARGEST or time.monotonic() > end:
                raise _too_much(length)
    return b"".join(pieces)


def _wait(trouble: HTTPError) -> int | None:
    """Seconds after which a busy server wants to be asked again; None when it is not that."""
    if trouble.code not in _BUSY:
        return None
    told = trouble.headers.get("Retry-After", "")
    return min(int(told), LONGEST_PAUSE) if told.isascii() and told.isdigit() else 10


def _unreachable(base_url: str, reason: str) -> Refused:
    return Refused(
        "source-unreachable",
        _("%(host)s 没有应答：%(reason)s。")
        % {"host": urlsplit(base_url).hostname, "reason": reason},
        _("已经收到的都保存好了。请检查网址和网络，过一会儿再运行一次，会从断开的地方接着来。"),
        status=502,
    )


def _too_much(length: int) -> Refused:
    return Refused(
        "source-too-much",
        _("对方的一次应答太大或太慢，收到 %(length)s 字节后停下了。") % {"length": f"{length:,}"},
        _("请和对方商量把每次给出的条数调小，再运行一次。"),
        status=502,
    )
