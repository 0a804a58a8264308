"""A program that calls the API, and the check that an answer is what its shape says."""

import json

from django.test import Client

from tests.county import MONDAY
from yanzhen.groundwork import clock
from yanzhen.people.models import Account, Person
from yanzhen.people.roles import actor_of
from yanzhen.people.tokens import make_token

API = "/api/v1"


class Caller:
    """Calls with a token, or as nobody."""

    def __init__(self, account: Account | None = None, **headers: str):
        self.account = account
        self.client = Client(raise_request_exception=False)
        self.headers = dict(headers)
        if account:
            by = actor_of(account, on=clock.today())
            self.token = make_token(account, "测试", by=by, at=MONDAY)
            self.headers["Authorization"] = f"Bearer {self.token}"

    def get(self, path: str, **headers: str):
        return self.client.get(f"{API}{path}", headers={**self.headers, **headers})

    def post(self, path: str, body: object = None, **headers: str):
        """`body` as JSON; bytes are sent as they are; None sends no body."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        return self.client.post(
            f"{API}{path}", raw, "application/json", headers={**self.headers, **headers}
        )


def reader_account(person: Person, username: str) -> Account:
    """A stored account of a reader, without any role."""
    return Account.objects.create(username=username, person=person)


def told(response, shape, status: int = 200) -> dict:
    """The answer, which has exactly the fields of `shape`, no more and no fewer."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/json"
    body = response.json()
    assert shape.model_validate(body).model_dump(mode="json") == body
    return body


def refused(response, status: int, code: str) -> dict:
    """The problem of an answer, complete and in plain words."""
    assert response["Content-Type"] == "application/problem+json", response.content[:500]
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert body["status"] == status
    assert body["type"] == f"{API}/problems/{code}"
    assert body["title"]
    assert body["remedy"]
    assert body["instance"].startswith(API)
    assert "Traceback" not in response.content.decode()
    return body
