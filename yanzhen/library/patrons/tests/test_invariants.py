import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.library.patrons import invariants
from yanzhen.library.patrons.models import CardSerial, ReaderCard
from yanzhen.library.patrons.replacing import replace_card


def broken():
    return [sentence for check in invariants.INVARIANTS for sentence in check()]


@pytest.fixture
def card(place):
    return makers.reader(place)


def test_replacing_keeps_everything_in_order(place, card):
    replace_card(card, node=place.hub, district="512002", by=makers.staff(place.hub), at=MONDAY)
    assert broken() == []


def test_a_serial_behind_is_seen(card):
    CardSerial.objects.create(district="512002", last=0)
    assert "serial of 512002" in broken()[0]


def test_a_number_that_is_none_is_seen(card):
    ReaderCard.objects.update(number="A-1")
    assert broken() == ["card number 'A-1' is not fourteen digits"]


def test_a_replaced_card_without_a_successor_is_seen(card):
    ReaderCard.objects.update(status="replaced")
    assert broken() == [f"card {card.number} was replaced by nothing"]


def test_a_successor_of_somebody_else_is_seen(place, card):
    other = makers.reader(place)
    ReaderCard.objects.filter(pk=card.pk).update(status="replaced")
    ReaderCard.objects.filter(pk=other.pk).update(replaces=card)
    assert "somebody else" in broken()[0]
