import datetime as dt

import pytest

from tests import county as makers
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.undoing import undo_lending, undo_return
from yanzhen.library.holdings.models import Copy, Transit

AT = makers.MONDAY
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def loan(place) -> Loan:
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    done = lend(
        barcode=copy.barcode, card_number=card.number, node=place.zhonghe,
        by=makers.staff(place.zhonghe), at=AT,
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
