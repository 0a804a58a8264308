"""`yanzhen demo`: only into an empty database, never by accident into a real one."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from yanzhen.config.management.commands import demo
from yanzhen.demo.accounts import accounts_text
from yanzhen.demo.loading import is_empty, load_county
from yanzhen.demo.tests.conftest import AT, SMALL
from yanzhen.library.circulation.models import Loan
from yanzhen.library.discovery.indexing import is_readable
from yanzhen.people.models import Person

pytestmark = pytest.mark.slow

FACTS = ("copy__barcode", "person__name", "card__number", "lent_at", "due_on", "returned_at")


@pytest.fixture
def _small(monkeypatch):
    monkeypatch.setattr(demo, "load_county", partial(load_county, sizes=SMALL))


def said(**options) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("db", "_small")
def test_loads_once_and_leaves_the_second_time_alone(settings):
    settings.TRIAL = True
    first = said()
    assert "yanzhen-demo" in first
    assert "librarian" in first
    assert is_readable(settings.SEARCH_INDEX)
    before = list(Loan.objects.values_list("pk", "due_on"))
    assert "什么也没改" in said()
    assert said(if_empty=True) == ""
    assert list(Loan.objects.values_list("pk", "due_on")) == before


@pytest.mark.usefixtures("_small")
def test_refused_in_production_unless_forced(settings, db):
    settings.TRIAL = False
    with pytest.raises(CommandError, match="--force"):
        said()
    assert said(if_empty=True) == ""
    assert is_empty()
    said(force=True)
    assert not is_empty()


def test_a_person_is_enough_to_leave_the_database_alone(db, settings):
    settings.TRIAL = True
    Person.objects.create(name="张小禾", name_folded="张小禾", registered_at=AT)
    assert "什么也没改" in said()
    assert accounts_text() == ""


def test_the_same_moment_gives_the_same_county(db):
    def facts():
        with transaction.atomic():
            load_county(at=AT, sizes=SMALL)
            rows = list(Loan.objects.order_by("lent_at", "copy__barcode").values_list(*FACTS))
            transaction.set_rollback(True)
        return rows

    assert facts() == facts() != []
