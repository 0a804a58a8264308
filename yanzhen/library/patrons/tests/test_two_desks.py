"""Two desks at the same moment; needs a database with more than one writer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.blocking import place_block
from yanzhen.library.patrons.issuing import issue_card
from yanzhen.library.patrons.models import Block, ReaderCard
from yanzhen.library.patrons.replacing import cancel_card, replace_card

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one writer"),
    pytest.mark.usefixtures("emptied_afterwards"),
]


def at_once(act, arguments):
    """What came of `act(argument)` for each argument, all at the same time."""

    def one(argument):
        try:
            return act(argument)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(one, arguments))


def test_no_number_is_given_twice():
    place = makers.county()
    people = [makers.person() for _number in range(24)]
    by = makers.staff(place.hub)

    def issue(person):
        return issue_card(
            person, place.adult, place.hub, district="512002", by=by, at=MONDAY
        ).number

    numbers = at_once(issue, people)
    assert sorted(numbers) == [f"512002{serial:08d}" for serial in range(1, 25)]


def test_one_person_gets_one_card():
    place, person = makers.county(), makers.person()
    by = makers.staff(place.hub)

    def issue(_time):
        return issue_card(person, place.adult, place.hub, district="512002", by=by, at=MONDAY).pk

    codes = at_once(issue, range(6))
    assert codes.count("card-active") == 5
    assert ReaderCard.objects.count() == 1


def test_a_card_is_replaced_once():
    place = makers.county()
    card, by = makers.reader(place), makers.staff(place.hub)

    def replace(_time):
        stale = ReaderCard.objects.get(pk=card.pk)
        return replace_card(stale, node=place.hub, district="512002", by=by, at=MONDAY).pk

    assert at_once(replace, range(6)).count("card-not-current") == 5
    assert ReaderCard.objects.active().count() == 1


def test_a_reason_blocks_a_reader_once():
    place, person = makers.county(), makers.person()
    by = makers.staff(place.hub)

    def block(_time):
        return place_block(person, "address", node=place.hub, by=by, at=MONDAY).pk

    assert at_once(block, range(6)).count("block-standing") == 5
    assert Block.objects.count() == 1


def test_open_loans_are_counted_while_the_card_is_locked():
    """A loan changes the revision of its card, so it waits until the card is cancelled."""
    place = makers.county()
    card, by = makers.reader(place), makers.staff(place.hub)

    def lend_meanwhile(_person_id):
        with transaction.atomic():
            return ReaderCard.objects.select_for_update(nowait=True).get(pk=card.pk).pk

    def count(person_id):
        with ThreadPoolExecutor(1) as other_desk, pytest.raises(OperationalError):
            other_desk.submit(at_once, lend_meanwhile, [person_id]).result()
        return 0

    cancel_card(card, count_open_loans=count, node=place.hub, by=by, at=MONDAY)
    assert ReaderCard.objects.get(pk=card.pk).status == "cancelled"
