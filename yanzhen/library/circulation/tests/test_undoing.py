import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import HistoryChoice, Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.undoing import undo_lending, undo_return
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.patrons.models import ReaderCard

AT = makers.MONDAY
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def loan(place) -> Loan:
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    done = lend(
        barcode=copy.barcode,
        card_number=card.number,
        node=place.zhonghe,
        by=makers.staff(place.zhonghe),
        at=AT,
    )
    return Loan.objects.get(pk=done.loan_id)


def bring(loan, node, at):
    return take_back(barcode=loan.copy.barcode, node=node, by=makers.staff(node), at=at)


def test_an_undone_loan_never_counted(place, loan):
    undo_lending(loan_id=loan.pk, by=makers.staff(place.zhonghe), at=AT + MINUTE)
    assert Copy.objects.get().state == "available"
    assert not Loan.objects.counted().exists()
    assert not Loan.objects.open().exists()


def test_an_undone_return_reopens_the_loan_and_ends_its_journey(place, loan):
    bring(loan, place.linjiang, AT + MINUTE)
    undo_return(loan_id=loan.pk, by=makers.staff(place.linjiang), at=AT + 2 * MINUTE)
    assert Loan.objects.open().get() == loan
    assert Copy.objects.get().state == "on_loan"
    assert Transit.objects.get().ending == "abort"
    bring(loan, place.zhonghe, AT + 3 * MINUTE)
    assert Copy.objects.get().state == "available"


def test_only_a_fresh_action_is_undone(place, loan):
    with pytest.raises(Refused, match="too-late-to-undo"):
        undo_lending(loan_id=loan.pk, by=makers.staff(place.zhonghe), at=AT + 45 * MINUTE)


def test_only_the_last_action_is_undone(place, loan):
    by = makers.staff(place.hub)
    bring(loan, place.linjiang, AT + MINUTE)
    with pytest.raises(Refused, match="not-the-last-action"):
        undo_lending(loan_id=loan.pk, by=by, at=AT + MINUTE)
    bring(loan, place.danshan, AT + 2 * MINUTE)
    with pytest.raises(Refused, match="not-the-last-action"):
        undo_return(loan_id=loan.pk, by=by, at=AT + 3 * MINUTE)


def test_only_the_desk_that_did_it_undoes_it(place, loan):
    clerk = makers.staff(place.danshan, "culture_officer")
    with pytest.raises(Refused, match="not-your-branch"):
        undo_lending(loan_id=loan.pk, by=clerk, at=AT + MINUTE)


def test_an_unknown_loan_is_not_undone(place):
    with pytest.raises(Refused, match="loan-unknown"):
        undo_return(loan_id=999_999, by=makers.staff(place.hub), at=AT)


def test_undoing_a_loan_made_away_from_home_sends_the_copy_home(place):
    copy, card = makers.copy(place, at=place.danshan), makers.reader(place)
    by = makers.staff(place.zhonghe)
    done = lend(barcode=copy.barcode, card_number=card.number, node=place.zhonghe, by=by, at=AT)
    undo_lending(loan_id=done.loan_id, by=by, at=AT + MINUTE)
    journey = Transit.objects.on_the_road().get()
    assert (journey.from_node, journey.to_node) == (place.zhonghe, place.danshan)
    assert Copy.objects.get().state == "in_transit"


def test_a_cancelled_card_gets_no_loan_back(place, loan):
    bring(loan, place.zhonghe, AT + MINUTE)
    ReaderCard.objects.update(status="cancelled")
    with pytest.raises(Refused, match="card-cancelled-since"):
        undo_return(loan_id=loan.pk, by=makers.staff(place.zhonghe), at=AT + 2 * MINUTE)


def test_a_forgotten_loan_is_not_reopened(place):
    copy, card = makers.copy(place), makers.reader(place)
    HistoryChoice.objects.create(person=card.person, days=0, chosen_at=AT)
    by = makers.staff(place.hub)
    lend(barcode=copy.barcode, card_number=card.number, node=place.hub, by=by, at=AT)
    take_back(barcode=copy.barcode, node=place.hub, by=by, at=AT)
    with pytest.raises(Refused, match="history-forgotten"):
        undo_return(loan_id=Loan.objects.get().pk, by=by, at=AT)
    again = lend(barcode=copy.barcode, card_number=card.number, node=place.hub, by=by, at=AT)
    assert again.open_loans == 1


@pytest.mark.parametrize("values", [{"person": None, "card": None}, {"person": None}])
def test_only_a_closed_loan_names_nobody(place, values):
    copy, card = makers.copy(place), makers.reader(place)
    lend(
        barcode=copy.barcode, card_number=card.number, node=place.hub,
        by=makers.staff(place.hub), at=AT,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.update(**values)
