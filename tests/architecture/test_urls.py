"""Every address declares who may open it, and the gate keeps to what is declared."""

import re

import pytest

from tests import county as makers
from tools.docs import addresses
from yanzhen.people.models import Account

FILLED_IN = {"code": "zhonghe", "card_number": "51200200000017", "barcode": "YJ13000001"}
LANGUAGES = ("zh-hans", "en")
ALL = [(address, view) for language in LANGUAGES for address, _, view in addresses(language)]


def opened(address: str) -> str:
    """An address with something in the place of every argument."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: FILLED_IN.get(found[1], "1"), address)


STAFF = sorted({opened(a) for a, view in ALL if getattr(view, "access", None)
                and view.access.kind == "staff"})  # fmt: skip
OWN = sorted({opened(a) for a, view in ALL if getattr(view, "access", None)
              and view.access.kind == "signed-in"})  # fmt: skip
DESKS = [address for address in STAFF if "/zhonghe/" in address]


def test_there_are_addresses_to_ask():
    assert len(ALL) > 100
    assert {"/desk/", "/en/desk/"} <= set(STAFF)
    assert {"/me/", "/en/me/"} <= set(OWN)


@pytest.mark.parametrize(("address", "view"), ALL, ids=[address for address, _ in ALL])
def test_every_address_declares_who_may_open_it(address, view):
    access = getattr(view, "access", None)
    assert access is not None, f"{address}: say public, signed_in, staff(…) or checks_itself"
    assert access.kind in {"public", "signed-in", "staff", "token"}
    assert bool(access.capability) == (access.kind == "staff")


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*STAFF, *OWN])
def test_a_stranger_is_led_to_sign_in(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert re.match(r"(/en)?/sign-in/\?next=", answer["Location"])


@pytest.mark.parametrize("address", STAFF)
def test_a_reader_does_not_come_behind_the_desk(client, place, address):
    reader = Account.objects.create(username="reader", person=makers.person("读者甲"))
    client.force_login(reader)
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("address", DESKS)
def test_a_clerk_does_not_come_behind_anothers_desk(client, place, address):
    client.force_login(makers.account("danshan", place.danshan, kind="librarian"))
    asked = client.get(address)
    if asked.status_code == 405:
        asked = client.post(address)
    assert asked.status_code == 403


def test_a_clerk_comes_behind_their_own_desk(client, place):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    assert client.get("/desk/zhonghe/").status_code == 200
