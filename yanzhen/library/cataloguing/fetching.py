"""One web answer within limits: of size, of time in all, and from no host but the one named.

Only the main house names hosts, inside its walls or outside. A target that sends us on to another
host is told of, not followed: whoever answers for it could otherwise look around behind our wall.
"""

import base64
import ssl
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, gaierror
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from yanzhen.library.cataloguing.answers import LARGEST, Address, Trouble

_CHUNK = 1 << 16
_MOST_STEPS = 3
_MOVED = (301, 302, 303, 307, 308)

Body = tuple[bytes, Trouble | None]


def fetch(address: Address, query: str) -> Body:
    """The body of the answer; with a trouble beside it, as much of it as came before that.

    Raises Trouble when nothing came.
    """
    base = address.address.rstrip("?&")  # some publish it with the question mark
    mark = "&" if urlsplit(base).query else "?"
    url, end = f"{base}{mark}{query}", monotonic() + address.seconds
    for _step in range(_MOST_STEPS):
        body, onward = _ask(url, address, end)
        if not onward:
            return body
        url = _followed(url, onward)
    raise Trouble("moved", url)


def _followed(url: str, onward: str) -> str:
    """The next address, if it is the same host and port, or the same host made secure."""
    old, new = urlsplit(url), urlsplit(urljoin(url, onward))
    try:
        secured = (old.scheme, new.scheme, new.port) == ("http", "https", None)
        same = (new.scheme, new.port) == (old.scheme, old.port)
    except ValueError:
        raise Trouble("moved", onward) from None
    if new.hostname != old.hostname or not (same or secured):
        raise Trouble("moved", f"{new.scheme}://{new.netloc}")
    return new.geturl()


def _ask(url: str, address: Address, end: float) -> tuple[Body, str]:
    """The body, or where it has moved to. Raises Trouble."""
    parts, left = urlsplit(url), end - monotonic()
    if left <= 0:
        raise Trouble("timeout")
    connection = _connection(parts, left)
    cut = threading.Timer(left, _cut, (connection,))
    cut.daemon = True
    cut.start()
    try:
        connection.request("GET", _path(parts), headers=_headers(address))
        answer = connection.getresponse()
        _refuse(answer)
        onward = answer.getheader("Location") or "?" if answer.status in _MOVED else ""
        return ((b"", None) if onward else _read(answer, end)), onward
    except (OSError, HTTPException, ValueError) as trouble:
        raise _what(trouble, end) from None
    finally:
        cut.cancel()
        connection.close()


def _connection(parts: SplitResult, seconds: float) -> HTTPConnection:
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=seconds)


def _cut(connection: HTTPConnection) -> None:
    """End an answer that comes drop by drop; the socket's own time-out knows only silence."""
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(SHUT_RDWR)


def _path(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _headers(address: Address) -> dict[str, str]:
    headers = {"User-Agent": "Yanzhen (SRU)", "Accept": "application/sru+xml, text/xml, */*"}
    if address.account:
        pair = base64.b64encode(f"{address.account}:{address.password}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    return headers


def _refuse(answer: HTTPResponse) -> None:
    if answer.status in (401, 403):
        raise Trouble("login", f"HTTP {answer.status}")
    if answer.status != 200 and answer.status not in _MOVED:
        raise Trouble("http", f"HTTP {answer.status}")


def _read(answer: HTTPResponse, end: float) -> Body:
    pieces: list[bytes] = []
    length, trouble = 0, None
    try:
        while piece := answer.read1(_CHUNK):
            pieces.append(piece)
            length += len(piece)
            if length > LARGEST:
                trouble = Trouble("too-much")
                break
    except (OSError, HTTPException) as broken:
        trouble = _what(broken, end)
    if trouble is None and monotonic() >= end:
        trouble = Trouble("timeout")
    if trouble is not None and not pieces:
        raise trouble
    return b"".join(pieces), trouble


def _what(trouble: Exception, end: float) -> Trouble:
    if isinstance(trouble, TimeoutError) or monotonic() >= end:
        return Trouble("timeout")
    if isinstance(trouble, gaierror):
        return Trouble("unknown-host")
    if isinstance(trouble, ssl.SSLError):
        return Trouble("tls", str(trouble))
    if isinstance(trouble, ConnectionRefusedError):
        return Trouble("nobody")
    if isinstance(trouble, ConnectionError):
        return Trouble("broke-off")
    return Trouble("no-way" if isinstance(trouble, OSError) else "not-sru", str(trouble))
