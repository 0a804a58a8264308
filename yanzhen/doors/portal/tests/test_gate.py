"""Who is let in, where the others are sent, and what is kept of what they saw."""

import pytest

from tests import county as makers

SIGN_IN = "/sign-in/?next="
SCANS = "/desk/zhonghe/scans/"


@pytest.fixture
def clerk(client, place):
    client.force_login(makers.account("zhonghe", place.zhonghe))


@pytest.mark.parametrize(
    ("referer", "then"),
    [
        ("http://testserver/desk/zhonghe/?reader=7#scan", "/desk/zhonghe/%3Freader%3D7"),
        ("http://evil.example/desk/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_a_form_sent_after_the_session_ended_comes_back_to_its_page(client, place, referer, then):
    answer = client.post(SCANS, headers={"Referer": referer})
    assert (answer.status_code, answer["Location"]) == (302, f"{SIGN_IN}{then}")


def test_a_readers_form_without_a_page_before_it_comes_back_to_ones_own_page(client, place):
    assert client.post("/me/loans/1/renewal/")["Location"] == f"{SIGN_IN}/me/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_htmx_is_told_to_leave_the_page_for_the_sign_in_page(client, place, method):
    referer = "http://testserver/desk/zhonghe/"
    answer = getattr(client, method)(SCANS, headers={"HX-Request": "true", "Referer": referer})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == f"{SIGN_IN}/desk/zhonghe/"


def test_a_page_comes_back_to_itself(client, place):
    answer = client.get("/desk/zhonghe/?reader=7")
    assert answer["Location"] == f"{SIGN_IN}/desk/zhonghe/%3Freader%3D7"


@pytest.mark.parametrize("address", ["/desk/zhonghe/", "/me/", "/desk/linjiang/"])
def test_what_is_open_to_some_only_is_stored_nowhere(client, clerk, address):
    assert client.get(address)["Cache-Control"] == "no-store"


def test_what_is_open_to_all_may_be_stored(client, place):
    assert "no-store" not in client.get("/")["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("culture_officer", True),
        ("director", True),
        ("operator", True),
        ("inspector", False),
        ("department", False),
        ("culture_cadre", True),
    ],
)
def test_the_desk_is_shown_to_those_it_opens_for(client, place, kind, shown):
    client.force_login(makers.account("director", place.hub, "director"))
    client.get("/")  # what was drawn for another must not be shown to this one
    client.force_login(makers.account("somebody", place.hub, kind))
    assert ("工作台" in client.get("/").content.decode()) is shown
    assert (client.get("/desk/", follow=True).status_code == 200) is shown
