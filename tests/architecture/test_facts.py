"""Every fact about a title or a copy reaches the search index and with it the harvesters; or it
says here why nothing they see has changed. A new fact cannot be forgotten."""

import dataclasses
import importlib
import inspect
from pathlib import Path

import pytest

import yanzhen
from tests import county as makers
from yanzhen.config.subscriptions import SUBSCRIPTIONS
from yanzhen.groundwork import outbox
from yanzhen.library.acquisitions.facts import BooksReceived
from yanzhen.library.circulation.facts import LoanRenewed
from yanzhen.library.discovery.marking import mark_added, mark_bib
from yanzhen.library.discovery.models import IndexChange
from yanzhen.library.holds import facts as holds

NOTHING_TO_SEE = {
    BooksReceived: "each copy it brings is told by CopyAdded",
    LoanRenewed: "the book is out as before; the due date is read from the loan",
    holds.HoldPlaced: "no copy moves by a wish",
    holds.HoldFulfilled: "comes with LoanMade",
    holds.HoldCancelled: "the copy stays where it is until it is scanned",
    holds.HoldExpired: "nobody had a copy for it",
    holds.PickupExpired: "the copy stands on the hold shelf until it is scanned",
}
ROOT = Path(yanzhen.__file__).parent
ABOUT_TITLES = {"bib_id", "bib_ids", "first_id"}


def _declared() -> list[type]:
    """Every fact of every package."""
    found = []
    for path in sorted(ROOT.rglob("facts.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        module = importlib.import_module(".".join(parts))
        found += [
            each for _name, each in inspect.getmembers(module, dataclasses.is_dataclass)
            if each.__module__ == module.__name__
        ]  # fmt: skip
    return found


FACTS = _declared()
SEEN = [each for each in FACTS if ABOUT_TITLES & {f.name for f in dataclasses.fields(each)}]


def test_there_are_facts_to_walk():
    assert len(FACTS) > 30
    assert len(SEEN) > 15


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_a_fact_about_a_copy_names_its_title(fact):
    fields = {field.name for field in dataclasses.fields(fact)}
    assert "copy_id" not in fields or "bib_id" in fields


@pytest.mark.parametrize("fact", SEEN, ids=lambda fact: fact.__name__)
def test_a_fact_about_a_title_is_heard_or_changes_nothing_one_sees(fact):
    heard = any(each in (mark_bib, mark_added) for each in SUBSCRIPTIONS.get(fact, ()))
    assert heard != (fact in NOTHING_TO_SEE), "subscribe it, or say why it need not be"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fact", [each for each in SEEN if each not in NOTHING_TO_SEE], ids=lambda fact: fact.__name__
)
def test_a_fact_that_is_heard_marks_its_title(fact):
    made = fact(**{field.name: _some(field) for field in dataclasses.fields(fact)})
    outbox.record(made, at=makers.MONDAY)
    outbox.spread(SUBSCRIPTIONS, at=makers.MONDAY)
    outbox.deliver_due(SUBSCRIPTIONS, at=makers.MONDAY)
    assert IndexChange.objects.filter(bib_id=7).exists()


def _some(field: dataclasses.Field):
    usual = 7 if "int" in str(field.type) else "x"
    return {"bib_ids": [7], "indexed": False}.get(field.name, usual)
