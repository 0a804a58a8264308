"""After history is forgotten, no row of any table joins the person and the title (L07)."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from tests import county as makers
from yanzhen.config import background, invariants
from yanzhen.config.subscriptions import SUBSCRIPTIONS
from yanzhen.doors.api.tests.calling import Caller, reader_account
from yanzhen.doors.sip2.answering import answering
from yanzhen.doors.sip2.codec import Message
from yanzhen.doors.sip2.models import OfflineDeed, Terminal
from yanzhen.groundwork import clock, outbox
from yanzhen.groundwork.abreast import alone
from yanzhen.library.circulation.forgetting import choose_history, forget_due
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holds.models import EndedHold, Hold
from yanzhen.library.patrons.replacing import cancel_card
from yanzhen.people.models import Account
from yanzhen.people.roles import actor_of

NAME, TITLE = "司马小禾", "只有这里才有的书名"
PERSONAL = {"people.person", "patrons.readercard", "people.account"}
TITLED = {"holdings.copy", "catalogue.bibrecord", "circulation.loan", "holds.hold"}
PERSON_KEYS, TITLE_KEYS = {"person", "person_id"}, {
    "copy", "copy_id", "bib", "bib_id", "loan", "loan_id", "hold", "hold_id", "record_id",
}  # fmt: skip


class World:
    """A reader who held, borrowed, renewed and brought back, through every door."""

    def __init__(self, place):
        self.place, self.moment = place, clock.now().strftime("%Y%m%d    %H%M%S")
        self.card = makers.reader(place, name=NAME)
        self.account = reader_account(self.card.person, "simaxiaohe")
        self.bib = makers.bib(TITLE)
        self.copies = [makers.copy(place, at=place.zhonghe, title=self.bib) for _ in range(3)]
        self.clerk = Caller(makers.account("zhonghe", place.zhonghe))
        self.reader = Caller(self.account)
        self.by = actor_of(self.account, on=clock.today())

    def live(self) -> None:
        key = {"Idempotency-Key": "k1"}
        order = {"record_id": self.bib.pk, "pickup": "zhonghe"}
        hold = self.reader.post("/me/holds", order, **key).json()
        self.reader.post(f"/me/holds/{hold['id']}/cancellation", None, **{"Idempotency-Key": "k2"})
        self.reader.post("/me/holds", order)
        copy = self.copies[0]
        self.clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode})
        lent = {"barcode": copy.barcode, "card_number": self.card.number}
        loan = self.clerk.post("/nodes/zhonghe/loans", lent, **key).json()
        renewal = f"/me/loans/{loan['id']}/renewal"
        assert self.reader.post(renewal, None, **{"Idempotency-Key": "k3"}).status_code == 201
        self.machine("11", self.copies[1].barcode)

    def come_back(self) -> None:
        for copy in self.copies[:2]:
            self.clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode})
        outbox.spread(SUBSCRIPTIONS, at=clock.now())

    def machine(self, code: str, barcode: str):
        terminal, _new = Terminal.objects.get_or_create(
            account="selbst",
            defaults={"name": "自助机", "password": "x", "node": self.place.zhonghe},
        )
        fixed = {"renewal": "N", "no_block": "Y", "date": self.moment, "due_date": self.moment}
        fields = (("AO", ""), ("AA", self.card.number), ("AB", barcode))
        return alone(answering(terminal, Message(code, fixed, fields), clock.now()))

    def joined(self) -> list[str]:
        """Rows in which the person and the title meet."""
        return [
            f"{model._meta.label} {row}"
            for model in apps.get_models()
            for row in model._default_manager.values()
            if self._names_person(model, row) and self._names_title(model, row)
        ]

    def _names_person(self, model, row) -> bool:
        pks = {
            "people.person": self.card.person_id, "patrons.readercard": self.card.pk,
            "people.account": self.account.pk,
        }  # fmt: skip
        if model._meta.label_lower in PERSONAL and row.get("id") in pks.values():
            return row["id"] == pks[model._meta.label_lower]
        said = {NAME, self.card.number, f"person:{self.card.person_id}"}
        return (
            any(self._points(model, name, value, pks) for name, value in row.items())
            or any(word in text for text in _texts(row) for word in said)
            or row.get("by_id") == self.account.pk
            or row.get("account_id") == self.account.pk
            or any(
                key in PERSON_KEYS and value == self.card.person_id for key, value in _pairs(row)
            )
        )

    def _names_title(self, model, row) -> bool:
        pks = {
            "holdings.copy": {copy.pk for copy in self.copies},
            "catalogue.bibrecord": {self.bib.pk},
            "circulation.loan": set(Loan.objects.values_list("pk", flat=True)),
            "holds.hold": set(Hold.objects.values_list("pk", flat=True)),
        }
        said = {TITLE, *(copy.barcode for copy in self.copies), f"bib:{self.bib.pk}"}
        subjects = {f"copy:{copy.pk}" for copy in self.copies}
        return (
            any(
                self._points(model, name, value, pks.get(to, set()), to)
                for name, value in row.items()
                for to in TITLED
            )
            or row.get("subject") in subjects
            or any(word in text for text in _texts(row) for word in said)
            or any(key in TITLE_KEYS for key, _value in _pairs(row))
        )

    @staticmethod
    def _points(model, name, value, pks, to=None) -> bool:
        field = next((f for f in model._meta.concrete_fields if f.attname == name), None)
        if value is None or not isinstance(field, ForeignKey):
            return False
        label = field.related_model._meta.label_lower
        return value in pks if to == label else to is None and pks.get(label) == value


def _texts(row) -> Iterator[str]:
    for value in row.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield json.dumps(value, ensure_ascii=False)


def _pairs(row) -> Iterator[tuple[str, object]]:
    for value in row.values():
        if isinstance(value, dict):
            yield from value.items()


@pytest.fixture
def world(place):
    world = World(place)
    world.live()
    return world


def test_nothing_joins_the_person_and_the_title_any_more(world):
    choose_history(person_id=world.card.person_id, days=0, by=world.by, at=clock.now())
    assert len(world.joined()) >= 3, "open loans must name their reader"
    world.come_back()
    forget_due(clock.now())
    assert world.joined() == []
    assert list(invariants.broken()) == []


def test_choosing_late_forgets_what_was_there(world):
    world.come_back()
    assert len(world.joined()) >= 3, "kept until the reader says otherwise"
    choose_history(person_id=world.card.person_id, days=0, by=world.by, at=clock.now())
    assert world.joined() == []


def test_who_leaves_leaves_no_history(world):
    world.come_back()
    cancel_card(
        world.card, count_open_loans=lambda of: 0, node=world.place.hub,
        by=makers.staff(world.place.hub), at=clock.now(),
    )  # fmt: skip
    for chore in background.chores():
        chore(clock.now())
    assert world.joined() == []


def test_statistics_stay(world):
    choose_history(person_id=world.card.person_id, days=0, by=world.by, at=clock.now())
    world.come_back()
    forget_due(clock.now())
    rows = Loan.objects.counted().values_list("category_code", "age_band", "lent_node__code")
    assert list(rows) == [("adult", "35-59", "zhonghe")] * 2
    assert set(EndedHold.objects.values_list("state", "category_code")) == {
        ("cancelled", "adult"), ("fulfilled", "adult"),
    }  # fmt: skip


def test_a_machine_asking_again_gets_its_answer(world):
    assert OfflineDeed.objects.count() == 1
    again = world.machine("11", world.copies[1].barcode)
    assert OfflineDeed.objects.count() == 1
    assert ("AA", world.card.number) in again.fields


def test_an_answer_forgotten_is_not_given_again(world):
    world.come_back()
    choose_history(person_id=world.card.person_id, days=0, by=world.by, at=clock.now())
    lent = {"barcode": world.copies[0].barcode, "card_number": world.card.number}
    again = world.clerk.post("/nodes/zhonghe/loans", lent, **{"Idempotency-Key": "k1"})
    assert (again.status_code, again.json()["code"]) == (410, "answer-forgotten")


def test_after_so_many_days(place):
    card = makers.reader(place)
    account = Account.objects.create(username="r", person=card.person)
    by, hub = actor_of(account, on=clock.today()), makers.staff(place.hub)
    then = clock.now() - dt.timedelta(days=20)
    copy = makers.copy(place)
    lend(barcode=copy.barcode, card_number=card.number, node=place.hub, by=hub, at=then)
    take_back(barcode=copy.barcode, node=place.hub, by=hub, at=then + dt.timedelta(days=1))
    choose_history(person_id=card.person_id, days=30, by=by, at=clock.now())
    assert forget_due(clock.now()) == 0
    assert Loan.objects.get().person_id == card.person_id
    assert forget_due(clock.now() + dt.timedelta(days=12)) == 1
    assert Loan.objects.get().person_id is None
