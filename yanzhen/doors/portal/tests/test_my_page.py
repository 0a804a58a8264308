import datetime as dt

import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork import clock
from yanzhen.library.circulation.models import Loan
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.people.models import Account, Guardianship


@pytest.fixture
def card(place):
    return makers.reader(place)


@pytest.fixture
def page(card, client):
    """Opens the page of the card's owner; returns its text."""
    client.force_login(Account.objects.create(username="reader", person=card.person))
    return lambda: client.get("/me/").content.decode()


def lent(place, card, days):
    """A loan that falls due so many days from today."""
    return Loan.objects.create(
        copy=makers.copy(place), person=card.person, card=card, category_code="adult",
        age_band="adult", lent_node=place.hub, lent_at=MONDAY, lent_by="王馆员",
        due_on=clock.today() + dt.timedelta(days=days), governing_node=place.hub, rule=place.rule,
        max_renewals=1, loan_days=30,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "到期，还到任一分馆就好，不收费"), (0, "今天到期"), (1, "明天到期"), (3, "前还，还有 3")],
)
def test_when_a_book_is_due_is_said_as_people_say_it(place, card, page, days, said):
    lent(place, card, days)
    shown = page()
    assert said in shown
    assert "分钟" not in shown


def test_a_block_is_told_with_its_note_until_it_is_lifted(card, page):
    assert "暂时停借" not in page()
    block = Block.objects.create(
        person=card.person,
        reason="staff",
        note="借的光盘还没有赔付",
        placed_at=MONDAY,
        placed_by="王馆员",
    )
    shown = page()
    assert "暂时停借：工作人员停借" in shown
    assert "借的光盘还没有赔付" in shown
    assert "王馆员" not in shown
    Block.objects.filter(pk=block.pk).update(lifted_at=MONDAY)
    assert "暂时停借" not in page()


def test_a_block_of_a_child_is_told_to_the_guardian(place, card, page):
    child = makers.reader(place, name="李小麦", born_on=clock.today() - dt.timedelta(days=3000))
    Guardianship.objects.create(
        child=child.person,
        guardian=card.person,
        relation="parent",
        channel="in_person",
        consent_text="x",
        consented_at=MONDAY,
    )
    Block.objects.create(
        person=child.person, reason="address", placed_at=MONDAY, placed_by="王馆员"
    )
    assert "联系方式待核对" in page()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "lost"}, "已经挂失"),
        ({"status": "cancelled"}, "已经退了"),
        ({"expires_on": dt.date(2020, 1, 1)}, "2020-01-01 到期了"),
    ],
)
def test_a_card_that_does_not_borrow_says_what_to_do(card, page, change, said):
    assert "当场拿新证" not in page()
    ReaderCard.objects.filter(pk=card.pk).update(**change)
    shown = page()
    assert said in shown
    assert "当场拿新证" in shown


def brought_back(place, card):
    loan = lent(place, card, 9)
    at = clock.now() - dt.timedelta(days=2)
    Loan.objects.filter(pk=loan.pk).update(returned_at=at, returned_node=place.hub)
    return loan


def test_the_reader_chooses_how_long_history_is_kept(place, card, page, client):
    brought_back(place, card)
    assert "最近还的" in page()
    client.post("/me/history/choice/", {"person": card.person_id, "keep": "30"})
    assert "我的：还书后留一个月" in page()
    assert Loan.objects.get().person_id == card.person_id
    client.post("/me/history/choice/", {"person": card.person_id, "keep": "0"})
    assert "最近还的" not in page()
    assert Loan.objects.get().person_id is None
    client.post("/me/history/choice/", {"person": card.person_id, "keep": "许多"})
    assert "请选一种" in page()


def test_nobody_chooses_for_another(place, card, page, client):
    other = makers.reader(place, name="李四")
    loan = brought_back(place, other)
    said = client.post("/me/history/choice/", {"person": other.person_id, "keep": "0"})
    assert said.status_code == 403
    client.force_login(makers.account("hub", place.hub, "director"))
    said = client.post("/me/history/choice/", {"person": other.person_id, "keep": "0"})
    assert said.status_code == 403
    assert Loan.objects.get(pk=loan.pk).person_id == other.person_id


def test_a_guardian_chooses_for_the_child(place, card, page, client):
    child = makers.reader(place, name="小雨", born_on=dt.date(2018, 1, 1))
    Guardianship.objects.create(
        child=child.person, guardian=card.person, relation="parent", channel="in_person",
        consented_at=MONDAY,
    )  # fmt: skip
    brought_back(place, child)
    client.post("/me/history/choice/", {"person": child.person_id, "keep": "0"})
    assert "小雨：还书后就不留" in page()
    assert Loan.objects.get().person_id is None


def test_what_rules_a_loan_is_told(place, card, page):
    lent(place, card, 9)
    assert "来自“默认规则”" in page()
