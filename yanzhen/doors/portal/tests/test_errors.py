"""What cannot be taken is answered with a page of ours, in plain words."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def body(answer) -> str:
    return answer.content.decode()


def test_a_form_without_its_token_is_answered_in_words():
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"name": "a"})
    assert answer.status_code == 403
    assert "这个页面放得太久，没有提交成功。" in body(answer)
    assert "CSRF" not in body(answer)


def test_an_unknown_host_is_answered_with_nothing_of_the_request(client):
    answer = client.get("/?q=<script>", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "这台服务器不认识这个网址。" in body(answer)
    assert "evil" not in body(answer)
    assert "script>" not in body(answer).replace("</script>", "")
    assert 'href="/"' in body(answer)


def test_too_many_fields_are_answered_in_words(client):
    answer = client.post(SIGN_IN, {f"field{number}": "x" for number in range(1001)})
    assert answer.status_code == 413
    assert "一次交来的内容太多" in body(answer)


def test_too_much_text_is_answered_in_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(
        SIGN_IN, b"name=" + b"x" * 2000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "一次交来的内容太多" in body(answer)


def test_any_other_suspicious_request_is_answered_in_words(client, monkeypatch):
    _sign_in_that_raises(monkeypatch, SuspiciousOperation("<odd>"))
    answer = client.get(SIGN_IN)
    assert (answer.status_code, "odd" in body(answer)) == (400, False)
    assert "没有看懂这次请求。" in body(answer)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_held_database_is_answered_with_when_to_come_again(client, monkeypatch, headers):
    _sign_in_that_raises(monkeypatch, OperationalError("database is locked"))
    answer = client.get(SIGN_IN, headers=headers)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "再做一次" in body(answer)


def test_any_other_trouble_of_the_database_is_no_refusal(client, monkeypatch):
    _sign_in_that_raises(monkeypatch, OperationalError("disk I/O error"))
    client.raise_request_exception = False
    assert client.get(SIGN_IN).status_code == 500


def _sign_in_that_raises(monkeypatch, trouble):
    def raise_it(*form):
        raise trouble

    monkeypatch.setattr("yanzhen.doors.portal.signing.SignInForm", raise_it)
