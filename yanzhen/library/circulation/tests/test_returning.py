import datetime as dt

import pytest

from tests import county as makers
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan, ReturnException
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.models import Copy, Transit

AT = makers.MONDAY
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def lent(place):
    """A copy of 中和, lent at 中和."""
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    lend(
        barcode=copy.barcode,
        card_number=card.number,
        node=place.zhonghe,
        by=makers.staff(place.zhonghe),
        at=AT,
    )
    return copy


def bring(copy, node, at=AT + HOUR):
    return take_back(barcode=copy.barcode, node=node, by=makers.staff(node), at=at)


def test_returned_elsewhere_a_copy_travels_home(place, lent):
    taken = bring(lent, place.linjiang)
    assert (taken.outcome, taken.goes_to) == ("returned", place.zhonghe)
    loan = Loan.objects.get()
    assert (loan.returned_node, loan.returned_by) == (place.linjiang, "王馆员")
    journey = Transit.objects.get()
    assert (journey.from_node, journey.to_node, journey.reason) == (
        place.linjiang,
        place.zhonghe,
        "home",
    )
    assert bring(lent, place.zhonghe).outcome == "received"
    lent.refresh_from_db()
    assert (lent.state, lent.current_node) == ("available", place.zhonghe)


def test_a_third_branch_records_the_stop_and_sends_it_on(place, lent):
    bring(lent, place.linjiang)
    taken = bring(lent, place.danshan, AT + 2 * HOUR)
    assert (taken.outcome, taken.goes_to) == ("sent_on", place.zhonghe)
    first, second = Transit.objects.order_by("pk")
    assert (first.ending, first.ended_node) == ("stopover", place.danshan)
    assert (second.from_node, second.to_node, second.ended_at) == (
        place.danshan,
        place.zhonghe,
        None,
    )


def test_scanned_twice_a_return_counts_once(place, lent):
    bring(lent, place.linjiang)
    assert bring(lent, place.linjiang).outcome == "still_leaving"
    assert Transit.objects.count() == 1
    assert not ReturnException.objects.exists()


def test_a_late_return_says_how_late(place, lent):
    assert bring(lent, place.zhonghe, AT + dt.timedelta(days=33)).overdue_days == 3


@pytest.mark.parametrize("state", ["lost", "withdrawn", "available"])
def test_a_return_is_never_refused(place, state):
    copy = makers.copy(place, at=place.zhonghe, state=state)
    taken = bring(copy, place.danshan)
    assert taken.outcome in {"found", "withdrawn", "not_on_loan"}
    assert ReturnException.objects.get().copy == copy


def test_an_unknown_item_is_taken_and_listed_once(place):
    for _ in range(2):
        taken = take_back(
            barcode="外区-0001 '\"); DROP", node=place.hub, by=makers.staff(place.hub), at=AT
        )
        assert taken.outcome == "unknown"
    assert ReturnException.objects.count() == 1


def test_a_missing_copy_that_turns_up_is_no_longer_missing(place):
    copy = makers.copy(place, at=place.zhonghe, missing=True)
    bring(copy, place.zhonghe)
    assert not Copy.objects.get().missing


def test_a_branch_user_does_not_take_back_at_another_branch(place, lent):
    with pytest.raises(Refused, match="not-your-branch"):
        take_back(
            barcode=lent.barcode,
            node=place.linjiang,
            by=makers.staff(place.zhonghe, "culture_officer"),
            at=AT,
        )
