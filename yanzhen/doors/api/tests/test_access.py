"""Who may call what: a token or a session, or a short list of public reads."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tests import county
from yanzhen.doors.api.api import api
from yanzhen.doors.api.tests.calling import API, Caller, refused
from yanzhen.doors.gate import Access
from yanzhen.groundwork import clock
from yanzhen.people.models import ApiToken
from yanzhen.people.roles import actor_of
from yanzhen.people.tokens import revoke_token

PUBLIC = {
    "/nodes", "/nodes/{code}", "/towns",
    "/facilities", "/records", "/records/{record_id}", "/records/{record_id}/marc",
    "/activities", "/activities/{activity_id}", "/sessions", "/sessions/{session_id}",
    "/sessions/{session_id}/places", "/menu", "/contests",
    "/contests/{contest_id}/rounds/{round_id}/result",
}  # fmt: skip


def operations() -> list[tuple[str, str, dict]]:
    """(method, path under /api/v1, description) of everything the API does."""
    paths = api.get_openapi_schema()["paths"]
    return [
        (method, path.removeprefix(API), details)
        for path, methods in paths.items()
        for method, details in methods.items()
    ]


def test_only_public_reads_ask_for_no_sign_in():
    without = {each[:2] for each in operations() if "security" not in each[2]}
    assert without == {("get", path) for path in PUBLIC}


@pytest.mark.parametrize(
    ("method", "path"), [each[:2] for each in operations() if each[1] not in PUBLIC]
)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic eDp5"}], ids=["none", "basic"])
def test_everything_else_turns_nobody_away(db, method, path, headers):
    caller = Caller(**headers)
    address = re.sub(r"\{\w+\}", "1", path)
    response = caller.get(address) if method == "get" else caller.post(address, {})
    refused(response, 401, "not-signed-in")


@pytest.mark.parametrize("token", ["", "yz_nobody", "🐼".encode().decode("latin-1"), "x" * 5000])
def test_an_unknown_token_is_turned_away_even_with_a_session(place, token):
    caller = Caller(Authorization=f"Bearer {token}")
    caller.client.force_login(county.account("clerk", place.zhonghe))
    refused(caller.get("/me"), 401, "token-unknown")


def test_a_revoked_token_opens_nothing(clerk):
    assert clerk.get("/me").status_code == 200
    by = actor_of(clerk.account, on=clock.today())
    revoke_token(ApiToken.objects.get(), by=by, at=clock.now())
    refused(clerk.get("/me"), 401, "token-unknown")


def test_answers_to_a_person_are_kept_nowhere(clerk, nobody):
    assert clerk.get("/me")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in nobody.get("/towns")


@pytest.fixture
def browser(place):
    """Somebody signed in at the pages, with a browser that is checked for CSRF."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.account("zhonghe", place.zhonghe))
    return client


def test_a_session_reads_without_a_token(browser):
    assert browser.get(f"{API}/me").json()["roles"][0]["node"] == "zhonghe"


def test_a_session_writes_only_with_the_pages_own_mark(browser):
    address, sent = f"{API}/nodes/zhonghe/returns", '{"barcode": "A1"}'
    refused(browser.post(address, sent, "application/json"), 403, "csrf-failed")
    browser.get(f"{API}/docs")
    marked = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    assert browser.post(address, sent, "application/json", headers=marked).status_code == 201


def test_a_token_needs_no_mark(clerk):
    clerk.client = Client(enforce_csrf_checks=True)
    assert clerk.post("/nodes/zhonghe/returns", {"barcode": "A1"}).status_code == 201


def test_every_address_declares_its_access():
    resolver = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    found = list(_views(resolver))
    assert len(found) > len(operations()) - 2
    assert {view.access for view in found} == {Access("token"), Access("public")}


def _views(resolver):
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from _views(each)
        else:
            yield each.callback
