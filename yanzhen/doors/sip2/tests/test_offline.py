"""Offline work that cannot be done any more: nothing is changed, and the desk hears of it."""

import pytest

from tests import county as makers
from yanzhen.doors.sip2.models import OfflineDeed, Terminal
from yanzhen.doors.sip2.tests.test_holds import ask
from yanzhen.library.circulation.models import Loan, ReturnException
from yanzhen.library.circulation.settling import settle

pytestmark = pytest.mark.django_db

AT = makers.MONDAY
SATURDAY, SUNDAY = "20261121    090000", "20261122    090000"


@pytest.fixture
def terminal(place):
    return Terminal.objects.create(account="sip-1", name="自助机", password="!", node=place.zhonghe)


def lend(terminal, copy, card, when: str) -> str:
    fields = (("AO", ""), ("AA", card.number), ("AB", copy.barcode))
    return ask(terminal, f"11NY{when}{when}", *fields)


def take_back(terminal, copy, when: str) -> str:
    return ask(terminal, f"09Y{when}{when}", ("AP", ""), ("AO", ""), ("AB", copy.barcode))


def test_a_loan_that_came_too_late_is_told_to_the_desk_with_what_to_do(client, place, terminal):
    copy = makers.copy(place, at=place.zhonghe)
    first, second = makers.reader(place), makers.reader(place, name="李大田")
    assert lend(terminal, copy, first, SATURDAY).startswith("121")
    assert lend(terminal, copy, second, SUNDAY).startswith("120")
    row = ReturnException.objects.get()
    assert (row.kind, row.node, row.copy, row.card_number) == (
        "offline", place.zhonghe, copy, second.number,
    )  # fmt: skip
    assert row.note.startswith("11-22 09:00 借出：")
    assert "请联系读者" in row.note
    assert Loan.objects.get().person == first.person

    client.force_login(makers.account("zhonghe", place.zhonghe))
    page = client.get("/desk/zhonghe/exceptions/").content.decode()
    assert "自助机断网时办的，没能照办" in page
    assert row.note in page
    assert f"?q={second.number}" in page


def test_a_return_overtaken_by_a_loan_is_told_once_however_often_it_is_sent(place, terminal):
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    assert lend(terminal, copy, card, SUNDAY).startswith("121")
    said = take_back(terminal, copy, SATURDAY)
    assert said.startswith("101NUY")
    assert take_back(terminal, copy, SATURDAY) == said
    row = ReturnException.objects.get()
    assert row.note.startswith("11-21 09:00 还回：")
    assert row.card_number == ""
    assert Loan.objects.open().count() == 1


def test_a_second_trouble_with_the_same_book_is_added_to_the_line(place, terminal):
    copy = makers.copy(place, at=place.zhonghe)
    cards = [makers.reader(place, name=name) for name in ("张小禾", "李大田", "王三")]
    for card, when in zip(cards, (SATURDAY, SUNDAY, SUNDAY), strict=True):
        lend(terminal, copy, card, when)
    row = ReturnException.objects.get()
    assert row.note.count("11-22 09:00 借出：") == 2
    assert row.card_number == cards[2].number


def test_whose_card_it_was_is_forgotten_when_it_is_settled(place, terminal):
    copy = makers.copy(place, at=place.zhonghe)
    first, second = makers.reader(place), makers.reader(place, name="李大田")
    lend(terminal, copy, first, SATURDAY)
    said = lend(terminal, copy, second, SUNDAY)
    assert lend(terminal, copy, second, SUNDAY) == said  # its card is in the answer sent again
    settle(
        exception_id=ReturnException.objects.get().pk, outcome="补借了",
        by=makers.staff(place.zhonghe), at=AT,
    )  # fmt: skip
    kept = [*ReturnException.objects.values(), *OfflineDeed.objects.values()]
    assert not any(card.number in str(kept) for card in (first, second))
