import gzip

import pytest

from yanzhen.config import page_cache
from yanzhen.config.page_cache import PageCache

PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "max-age=0, public")]


class Inner:
    """A web application that counts how often it was asked."""

    def __init__(self, status="200 OK", headers=PUBLIC, body=b"goose" * 50):
        self.asked, self.status, self.headers, self.body = 0, status, headers, body

    def __call__(self, environ, start_response):
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [self.body]


def get(cache, path="/", **environ):
    told = {}

    def start(status, headers, exc_info=None):
        told.update(status=status, headers=dict(headers))

    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, **environ}
    body = b"".join(cache(asked, start))
    return told["status"], told["headers"], body


def test_a_shared_page_is_asked_for_once():
    inner = Inner()
    cache = PageCache(inner, 20)
    assert get(cache)[2] == get(cache)[2] == inner.body
    assert inner.asked == 1
    get(cache, QUERY_STRING="q=x")
    assert inner.asked == 2


def test_the_same_etag_costs_no_body():
    cache = PageCache(Inner(), 20)
    etag = get(cache)[1]["ETag"]
    status, _, body = get(cache, HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")


def test_a_zipped_answer_unzips_to_the_page():
    inner = Inner()
    _, headers, body = get(PageCache(inner, 20), HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == inner.body


@pytest.mark.parametrize("cookie", ["sessionid=abc", "yz_mode=elder; sessionid=abc", "messages=x"])
def test_whoever_has_a_session_gets_their_own_page(cookie):
    inner = Inner()
    cache = PageCache(inner, 20)
    get(cache)
    get(cache, HTTP_COOKIE=cookie)
    get(cache, HTTP_COOKIE=cookie)
    assert inner.asked == 3


def test_the_chosen_display_has_its_own_copy():
    inner = Inner()
    cache = PageCache(inner, 20)
    for cookie in ("yz_mode=elder", "yz_mode=contrast", "yz_mode=elder", "yz_town=zhonghe"):
        get(cache, HTTP_COOKIE=cookie)
    assert inner.asked == 3


@pytest.mark.parametrize(
    "inner",
    [
        Inner(status="404 Not Found"),
        Inner(headers=[("Cache-Control", "private, no-cache")]),
        Inner(headers=[*PUBLIC, ("Set-Cookie", "a=b")]),
        Inner(headers=[]),
    ],
)
def test_what_is_not_marked_public_is_never_kept(inner):
    cache = PageCache(inner, 20)
    get(cache)
    get(cache)
    assert inner.asked == 2


def test_an_old_page_is_asked_for_again():
    inner = Inner()
    cache = PageCache(inner, -1)
    get(cache)
    get(cache)
    assert inner.asked == 2


def test_a_write_is_never_answered_from_memory():
    inner = Inner()
    cache = PageCache(inner, 20)
    get(cache)
    get(cache, REQUEST_METHOD="POST")
    assert inner.asked == 2


def test_static_files_pass_by():
    inner = Inner()
    cache = PageCache(inner, 20, static="/static/")
    for _ in range(2):
        get(cache, "/static/design/base.css")
    assert inner.asked == 2


def test_the_oldest_page_makes_room_when_memory_is_full(monkeypatch):
    inner = Inner()
    cache = PageCache(inner, 20)
    get(cache, "/a")
    monkeypatch.setattr(page_cache, "MOST_BYTES", 2 * cache._weight)
    for path in ("/b", "/c"):
        get(cache, path)
    assert inner.asked == 3
    get(cache, "/b"), get(cache, "/c")
    assert inner.asked == 3, "the two newest are kept"
    get(cache, "/a")
    assert inner.asked == 4


def test_never_more_pages_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_PAGES", 5)
    cache = PageCache(Inner(), 20)
    for number in range(40):
        get(cache, "/catalogue/", QUERY_STRING=f"q={number}")
    assert len(cache._pages) == 5


def test_a_page_made_again_weighs_once():
    cache = PageCache(Inner(), -1)
    get(cache)
    once = cache._weight
    get(cache)
    assert cache._weight == once > 0


def test_a_file_that_streams_is_not_gathered():
    """What is not public passes piece by piece; only what is asked for is made."""
    made = []

    def pieces():
        for number in range(1000):
            made.append(number)
            yield b"x"

    def inner(environ, start_response):
        start_response("200 OK", [("Cache-Control", "private")])
        return pieces()

    chunks = PageCache(inner, 60)(
        {"REQUEST_METHOD": "GET", "PATH_INFO": "/file"}, lambda status, headers: None
    )
    assert next(iter(chunks)) == b"x"
    assert made == [0]
