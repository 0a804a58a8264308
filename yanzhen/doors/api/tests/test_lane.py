"""A call with a token goes straight to its view, and nothing it relies on is lost on the way."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware

from tests import county

LEND = "/nodes/zhonghe/loans"


@pytest.fixture
def order(place):
    copy = county.copy(place, at=place.zhonghe)
    return {"barcode": copy.barcode, "card_number": county.reader(place).number}


@pytest.fixture
def sessions(monkeypatch) -> list[str]:
    """The paths of the requests that have come as far as the sessions."""
    seen: list[str] = []
    begin = SessionMiddleware.process_request

    def noted(self, request):
        seen.append(request.path)
        return begin(self, request)

    monkeypatch.setattr(SessionMiddleware, "process_request", noted)
    return seen


def test_a_call_with_a_token_needs_no_session(clerk, order, sessions):
    assert clerk.post(LEND, order).status_code == 201
    assert sessions == []


def test_a_call_without_a_token_takes_the_long_way(client, place, sessions):
    assert client.get("/api/v1/nodes").status_code == 200
    assert sessions == ["/api/v1/nodes"]


def test_the_answer_has_the_headers_every_answer_has(clerk, order):
    answer = clerk.post(LEND, order)
    assert answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Accept-Language" in answer["Vary"]
    assert answer["Content-Length"] == str(len(answer.content))


def test_a_token_opens_no_page(client, clerk):
    """A page asks for a session whatever the header says."""
    answer = client.get("/desk/", headers={"authorization": "Bearer yz_whatever"})
    assert answer.status_code == 302


@pytest.mark.parametrize("path", ["/nodes", "/me"])
def test_a_token_nobody_has_is_told_so_where_a_token_is_asked_for(client, place, path):
    answer = client.get(f"/api/v1{path}", headers={"authorization": "Bearer yz_nobody"})
    assert answer.status_code == (200 if path == "/nodes" else 401)


def test_a_foreign_host_is_refused_with_a_token_too(clerk, order, settings):
    settings.ALLOWED_HOSTS = ["yanzhen.example"]
    answer = clerk.post(LEND, order, Host="elsewhere.example")
    assert answer.status_code == 400
