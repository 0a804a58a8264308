"""Whatever goes wrong is a problem+json in plain words, never a stack trace."""

import pytest
from django.db import OperationalError

from tests import county
from yanzhen.doors.api.tests.calling import API, Caller, refused
from yanzhen.library.circulation.models import Loan

LEND = "/nodes/zhonghe/loans"


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe\x00", b"[" * 100_000, b"barcode=1"],
    ids=["half", "not-utf8", "deep", "form"],
)
def test_what_is_no_json_is_said(clerk, body):
    refused(clerk.post(LEND, body), 400, "unreadable-body")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (None, [""]),
        ([], [""]),
        ("红楼梦", [""]),
        ({}, ["barcode", "card_number"]),
        ({"barcode": 5, "card_number": None}, ["barcode", "card_number"]),
        ({"barcode": "", "card_number": "1"}, ["barcode"]),
        ({"barcode": "9" * 10_000, "card_number": "红" * 10_000}, ["barcode", "card_number"]),
        ({"barcode": "A", "card_number": "1", "force": True}, ["force"]),
        (b'{"barcode": "\\ud800", "card_number": "1"}', ["barcode"]),
    ],
)
def test_every_field_that_does_not_fit_is_named(clerk, body, fields):
    said = refused(clerk.post(LEND, body), 422, "unfit-request")
    assert [each["field"] for each in said["errors"]] == fields
    assert {each["where"] for each in said["errors"]} == {"body"}
    beginnings = ("这一项", "没有这一项", "正文")
    assert all(each["message"].startswith(beginnings) for each in said["errors"])


def test_a_nul_in_a_scan_is_no_character(clerk, place):
    copy, card = county.copy(place, at=place.zhonghe), county.reader(place)
    sent = {"barcode": f"\0{copy.barcode}", "card_number": f"{card.number}\0"}
    assert clerk.post(LEND, sent).status_code == 201


def test_a_body_that_is_too_big_is_not_read(clerk):
    refused(clerk.post(LEND, b"x" * (3 << 20)), 413, "body-too-big")


def test_a_head_answers_like_a_get(nobody, place):
    assert nobody.client.head(f"{API}/towns").status_code == 200


def test_a_wrong_method_is_told_the_right_one(clerk, nobody):
    response = clerk.get(LEND)
    refused(response, 405, "method-not-allowed")
    assert response["Allow"] == "POST"
    refused(nobody.client.delete(f"{API}/towns"), 405, "method-not-allowed")


@pytest.mark.parametrize(
    "path", ["/nothing", "/nodes/", "/nodes/x/y/z", "/loans/abc/renewal", "/🐼"]
)
def test_an_unknown_address_is_said(nobody, db, path):
    refused(nobody.get(path), 404, "not-found")
    refused(nobody.post(path, {}), 404, "not-found")


def test_what_breaks_is_logged_and_not_shown(nobody, place, monkeypatch, caplog, settings):
    def broken(on):
        raise ValueError("secret inside")

    settings.DEBUG = True
    monkeypatch.setattr("yanzhen.doors.api.network.coverage", broken)
    response = nobody.get("/towns")
    refused(response, 500, "broken")
    assert "secret" not in response.content.decode()
    assert "secret inside" in caplog.text


@pytest.mark.parametrize(
    ("trouble", "status", "code", "again"),
    [
        ("database is locked", 503, "database-held", "5"),
        ("deadlock detected\nDETAIL:  Process 1 waits …", 503, "database-held", "5"),
        ("disk I/O error", 500, "broken", None),
    ],
)
def test_a_held_database_says_when_to_come_again(
    nobody, place, monkeypatch, trouble, status, code, again
):
    def held(on):
        raise OperationalError(trouble)

    monkeypatch.setattr("yanzhen.doors.api.network.coverage", held)
    response = nobody.get("/towns")
    refused(response, status, code)
    assert response.get("Retry-After") == again


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("en", "en"), ("zh-CN", "zh-hans"), ("fr", "zh-hans"), ("x" * 999, "zh-hans")],
)
def test_problems_follow_the_language_but_not_the_code(clerk, place, asked, answered):
    response = clerk.post(LEND, {}, **{"Accept-Language": asked})
    refused(response, 422, "unfit-request")
    assert response["Content-Language"] == answered


def test_a_refusal_changes_nothing(clerk, place):
    county.copy(place)
    refused(clerk.post(LEND, {"barcode": "A", "card_number": "1"}), 404, "card-unknown")
    assert not Loan.objects.exists()


def test_the_rule_that_spoke_gives_its_own_status_and_remedy(clerk, place):
    lost = county.reader(place)
    lost.status = "lost"
    lost.save()
    sent = {"barcode": county.copy(place).barcode, "card_number": lost.number}
    said = refused(clerk.post(LEND, sent), 409, "card-lost")
    assert said["title"] == "这张读者证已经挂失。"
    assert said["instance"] == f"{API}{LEND}"
    assert "errors" not in said


def test_a_caller_from_nowhere_gets_401_with_a_hint(db):
    response = Caller().get("/me")
    refused(response, 401, "not-signed-in")
    assert response["WWW-Authenticate"] == "Bearer"
