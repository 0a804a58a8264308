import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.issuing import give_password
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.replacing import (
    cancel_card,
    replace_card,
    report_lost,
    withdraw_loss_report,
)
from yanzhen.people.signing_in import account_named


@pytest.fixture
def acts(place):
    """What every act takes: the desk of 临江, though the reader is at home in the hub."""
    clerk = makers.staff(place.linjiang, "culture_officer")
    return {"node": place.linjiang, "by": clerk, "at": MONDAY}


@pytest.fixture
def card(place):
    return makers.reader(place)


def no_loans(_person_id):
    return 0


def status(card):
    return ReaderCard.objects.get(pk=card.pk).status


def test_a_loss_is_reported_at_any_desk(card, acts):
    report_lost(card, **acts)
    assert (status(card), card.status) == ("lost", "lost")
    assert AuditEntry.objects.get(action="card.reported_lost").place == "linjiang"
    assert Fact.objects.get().kind == "CardReportedLost"


def test_a_loss_is_reported_once(card, acts):
    report_lost(card, **acts)
    with pytest.raises(Refused, match="card-not-active"):
        report_lost(card, **acts)
    assert Fact.objects.count() == 1


def test_a_stale_page_does_not_bring_a_card_back(card, acts):
    old_page = ReaderCard.objects.get(pk=card.pk)
    cancel_card(card, count_open_loans=no_loans, **acts)
    with pytest.raises(Refused, match="card-not-active"):
        report_lost(old_page, **acts)
    assert status(card) == "cancelled"


def test_a_card_that_turned_up_works_again(card, acts):
    report_lost(card, **acts)
    withdraw_loss_report(card, **acts)
    assert status(card) == "active"
    with pytest.raises(Refused, match="card-not-lost"):
        withdraw_loss_report(card, **acts)


@pytest.mark.parametrize("first_lost", [True, False])
def test_a_replacement_has_a_new_number_and_names_the_old_one(card, acts, first_lost):
    if first_lost:
        report_lost(card, **acts)
    fresh = replace_card(card, district="512002", **acts)
    assert status(card) == "replaced"
    assert (fresh.status, fresh.replaces, fresh.person) == ("active", card, card.person)
    assert (fresh.category, fresh.home_node) == (card.category, card.home_node)
    assert int(fresh.number) > int(card.number)
    body = Fact.objects.get(kind="CardReplaced").body
    assert body == {"card_id": card.pk, "successor_id": fresh.pk, "node": "linjiang"}


def test_pressing_replace_twice_makes_one_new_card(card, acts):
    replace_card(card, district="512002", **acts)
    with pytest.raises(Refused, match="card-not-current"):
        replace_card(card, district="512002", **acts)
    assert ReaderCard.objects.filter(person=card.person).count() == 2


def test_a_replaced_card_signs_nobody_in(place, card, acts):
    give_password(card, **acts)
    fresh = replace_card(card, district="512002", **acts)
    assert account_named(card.number) is None
    assert account_named(fresh.number).person == card.person
    cancel_card(fresh, count_open_loans=no_loans, **acts)
    assert account_named(fresh.number) is None


def test_a_printed_card_replaces_too(card, acts):
    fresh = replace_card(card, district="512002", number="51200200070000", **acts)
    assert fresh.number == "51200200070000"


def test_a_card_with_open_loans_is_not_cancelled(card, acts):
    with pytest.raises(Refused, match="loans-open"):
        cancel_card(card, count_open_loans=lambda _person_id: 1, **acts)
    assert status(card) == "active"
    cancel_card(card, count_open_loans=no_loans, **acts)
    assert status(card) == "cancelled"


@pytest.mark.parametrize("kind", ["inspector", "culture_cadre", "agency"])
def test_cards_are_the_business_of_registering_desks(place, card, acts, kind):
    acts["by"] = makers.staff(place.hub, kind)
    for act in (
        lambda: report_lost(card, **acts),
        lambda: withdraw_loss_report(card, **acts),
        lambda: replace_card(card, district="512002", **acts),
        lambda: cancel_card(card, count_open_loans=no_loans, **acts),
        lambda: give_password(card, **acts),
    ):
        with pytest.raises(Refused, match="no-permission"):
            act()
    assert status(card) == "active"


def test_every_change_moves_the_revision_that_lending_watches(card, acts):
    before = card.revision
    report_lost(card, **acts)
    assert ReaderCard.objects.get(pk=card.pk).revision == before + 1
