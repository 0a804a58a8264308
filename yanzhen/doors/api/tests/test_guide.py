"""docs/reference/api.md: its examples are run, its codes are real."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests import county
from yanzhen.doors.api.tests.calling import API
from yanzhen.library.catalogue.marc.build import cnmarc
from yanzhen.library.circulation.models import Loan, LoanRule
from yanzhen.people.models import Account, Role

GUIDE = (Path(settings.ROOT) / "docs/reference/api.md").read_text("utf-8")
CODE = re.compile(r"`([a-z]+(?:-[a-z0-9]+)+)`")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


def curls() -> list[list[str]]:
    """The words of every curl command, in the order of the guide."""
    lines = "\n".join(blocks("sh")).replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("curl ")]


@pytest.fixture
def told_of(place):
    """What the guide speaks of: {its address: the address here}."""
    LoanRule.objects.update(max_renewals=2)
    marc = cnmarc(title="红楼梦", identifier="t1", entered=county.LONG_AGO)
    record = county.bib("红楼梦", marc=marc.dumps())
    county.copy(place, title=record, barcode="YJ01000001")
    card = county.reader(place)
    card.number = "51200200000017"
    card.save()
    account = Account.objects.create(username="librarian", person=card.person)
    Role.objects.create(
        account=account, kind="librarian", node=place.hub, valid_from=county.LONG_AGO
    )
    older = Loan.objects.create(
        copy=county.copy(place, state="on_loan"),
        person=card.person,
        card=card,
        lent_node=place.hub,
        category_code="adult",
        age_band="35-59",
        lent_at=county.MONDAY,
        lent_by="馆员",
        due_on=county.MONDAY.date(),
        governing_node=place.hub,
        rule=place.rule,
        max_renewals=2,
        loan_days=30,
    )
    return {"/records/1": f"/records/{record.pk}", "/loans/2": f"/loans/{older.pk}"}


@pytest.fixture
def token(told_of, capsys):
    """Made as the guide makes it."""
    (made,) = blocks("python")
    exec(made, {})
    return capsys.readouterr().out.strip()


def test_every_example_of_the_guide_works(told_of, token):
    assert len(curls()) > 15
    for words in curls():
        response = _sent(words, told_of, token)
        assert response.status_code in {200, 201}, (words, response.content.decode())
        if response.request["PATH_INFO"].endswith("main-library/loans"):
            made = response.json()["id"]
            told_of |= {"/loans/1": f"/loans/{made}", "/returns/1": f"/returns/{made}"}


def _sent(words: list[str], told_of: dict[str, str], token: str):
    method, headers, body, address = "GET", {}, None, ""
    words = iter(words)
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value.replace("$TOKEN", token)
        elif word == "-d":
            method, body = "POST", next(words)
        elif word == "-X":
            method = next(words)
        else:
            address = word.replace("$API", API)
    named = re.compile("|".join(rf"{ours}\b" for ours in told_of))
    address = named.sub(lambda found: told_of[found[0]], address)
    return Client().generic(method, address, body or "", "application/json", headers=headers)


def test_every_code_of_the_guide_is_a_code_of_ours():
    table = GUIDE.split("| status |")[1]
    source = "".join(
        path.read_text("utf-8")
        for path in (Path(settings.ROOT) / "yanzhen").rglob("*.py")
        if "tests" not in path.parts
    )
    codes = set(CODE.findall(table))
    assert len(codes) > 15
    assert {code for code in codes if f'"{code}"' not in source} == set()


def test_every_code_of_this_door_is_in_the_guide():
    door = Path(settings.ROOT) / "yanzhen/doors/api"
    for path in door.glob("*.py"):
        for code in re.findall(r'Refused\(\s*"([a-z-]+)"', path.read_text("utf-8")):
            assert f"`{code}`" in GUIDE, code
