"""A full-page cache in front of Django, for pages that are the same to every stranger.

It keeps only what a view marked `Cache-Control: public` (doors/sharing.py), only for requests
without a session, and answers `If-None-Match` itself. See docs/decisions/0013-page-cache.md.
"""

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from yanzhen.design.display import MODE_COOKIE, THEME_COOKIE
from yanzhen.doors.portal.home import TOWN_COOKIE

Start = Callable
KEYED = (MODE_COOKIE, THEME_COOKIE, TOWN_COOKIE)
PERSONAL = ("sessionid", "messages")
MOST_PAGES = 2000
MOST_BYTES = 64 * 1024 * 1024
LONGEST_PAGE = 512 * 1024


@dataclass(frozen=True)
class Page:
    """One answer kept whole, plain and zipped, each with its headers."""

    until: float
    etag: str
    plain_headers: tuple[tuple[str, str], ...]
    plain: bytes
    zipped_headers: tuple[tuple[str, str], ...]
    zipped: bytes

    @property
    def weight(self) -> int:
        """Bytes, near enough."""
        return len(self.plain) + len(self.zipped)


class PageCache:
    """WSGI application that answers from memory what it can and asks `inner` for the rest.

    What lies under `static` passes: it has its own cache headers and is never read into memory.
    """

    def __init__(self, inner: Callable, seconds: int, *, static: str = "/static/"):
        self.inner, self.seconds, self.static = inner, seconds, static
        self._pages: dict[tuple, Page] = {}  # in the order they were made
        self._weight = 0
        self._changing = threading.Lock()

    def __call__(self, environ: dict, start_response: Start) -> Iterable[bytes]:
        fixed = environ.get("PATH_INFO", "").startswith(self.static)
        key = None if fixed else _key(environ)
        if key is None:
            return self.inner(environ, start_response)
        page = self._pages.get(key)
        if page is None or page.until < time.monotonic():
            return self._ask(key, environ, start_response)
        return _answer(page, environ, start_response)

    def _ask(self, key: tuple, environ: dict, start_response: Start) -> Iterable[bytes]:
        wanted = environ.pop("HTTP_ACCEPT_ENCODING", "")
        told: list = []
        chunks = self.inner(
            environ, lambda status, headers, exc_info=None: told.extend([status, headers])
        )
        if told and not _marked_public(*told):  # a file that streams is not gathered in memory
            environ["HTTP_ACCEPT_ENCODING"] = wanted
            start_response(*told)
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = told
        environ["HTTP_ACCEPT_ENCODING"] = wanted
        if not _keepable(status, headers, body):
            start_response(status, headers)
            return [body]
        page = _page(headers, body, time.monotonic() + self.seconds)
        self._keep(key, page)
        return _answer(page, environ, start_response)

    def _keep(self, key: tuple, page: Page) -> None:
        """Put a page in memory; the oldest make room for it."""
        with self._changing:
            former = self._pages.pop(key, None)
            self._weight += page.weight - (former.weight if former else 0)
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES or self._weight > MOST_BYTES:
                oldest = self._pages.pop(next(iter(self._pages)))
                self._weight -= oldest.weight


def _key(environ: dict) -> tuple | None:
    """What tells one shared page from another; None for requests that are somebody's own."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    chosen: tuple = ()
    if "HTTP_COOKIE" in environ:
        cookies = _cookies(environ["HTTP_COOKIE"])
        if cookies is None or any(name in cookies for name in PERSONAL):
            return None
        chosen = tuple(cookies[name].value if name in cookies else "" for name in KEYED)
    return (
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        "HTTP_HX_REQUEST" in environ,
        *chosen,
    )


def _cookies(text: str) -> SimpleCookie | None:
    try:
        return SimpleCookie(text)
    except CookieError:
        return None


def _keepable(status: str, headers: list[tuple[str, str]], body: bytes) -> bool:
    return _marked_public(status, headers) and len(body) <= LONGEST_PAGE


def _marked_public(status: str, headers: list[tuple[str, str]]) -> bool:
    known = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200")
        and "public" in known.get("cache-control", "")
        and "set-cookie" not in known
    )


def _page(headers: list[tuple[str, str]], body: bytes, until: float) -> Page:
    kept = tuple(
        (name, value)
        for name, value in headers
        if name.lower() not in {"content-length", "cache-control", "etag"}
    )
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    own = (("Cache-Control", "no-cache"), ("ETag", etag), ("Vary", "Accept-Encoding"))
    zipped = gzip.compress(body, 6, mtime=0)
    plain_headers = (*kept, *own, ("Content-Length", str(len(body))))
    zipped_headers = (
        *kept, *own, ("Content-Length", str(len(zipped))), ("Content-Encoding", "gzip")
    )  # fmt: skip
    return Page(until, etag, plain_headers, body, zipped_headers, zipped)


def _answer(page: Page, environ: dict, start_response: Start) -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [("ETag", page.etag), ("Cache-Control", "no-cache")])
        return [b""]
    zipped = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    start_response("200 OK", list(page.zipped_headers if zipped else page.plain_headers))
    if environ["REQUEST_METHOD"] == "HEAD":
        return [b""]
    return [page.zipped if zipped else page.plain]
