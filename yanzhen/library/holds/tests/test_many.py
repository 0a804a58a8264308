"""A title with 500 holds and a reader with 400 loans cost no more queries than any other."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import county as makers
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holds.models import Hold, HoldRule, HoldStep

AT = makers.MONDAY
MANY_HOLDS, MANY_LOANS = 500, 400


def waiting(place, title, count: int) -> None:
    rule = HoldRule.objects.get(category=None)
    cards = [makers.reader(place, name=f"读者{n}") for n in range(count)]
    holds = Hold.objects.bulk_create(
        Hold(
            person=card.person, card=card, bib=title, pickup_node=place.zhonghe, place=n,
            rule=rule, pickup_days=7, placed_at=AT, placed_by="王",
        )
        for n, card in enumerate(cards, start=1)
    )  # fmt: skip
    HoldStep.objects.bulk_create(
        HoldStep(hold=hold, state="waiting", at=AT, by_name="王") for hold in holds
    )


def at_home(place, card, count: int) -> None:
    title = makers.bib("别的书")
    copies = [makers.copy(place, title=title, state="on_loan") for _ in range(count)]
    Loan.objects.bulk_create(
        Loan(
            copy=copy, person=card.person, card=card, category_code="adult", age_band="35-59",
            lent_node=place.hub, lent_at=AT, lent_by="王", due_on=AT.date(), rule=place.rule,
            governing_node=place.hub, max_renewals=1, loan_days=30,
        )
        for copy in copies
    )  # fmt: skip


def cost(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@pytest.fixture
def desk(place):
    place.rule.max_loans = MANY_LOANS + 5
    place.rule.save()
    return {"node": place.zhonghe, "by": makers.staff(place.zhonghe), "at": AT}


def test_a_title_with_500_holds(place, desk):
    costs = []
    for count in (1, MANY_HOLDS):
        title, card = makers.bib(f"书{count}"), makers.reader(place)
        lent, back = (makers.copy(place, at=place.zhonghe, title=title) for _ in range(2))
        lend(barcode=back.barcode, card_number=card.number, **desk)
        waiting(place, title, count)
        told = {"barcode": lent.barcode, "card_number": card.number, **desk}
        costs.append(
            (
                cost(lambda told=told: lend(**told)),
                cost(lambda back=back: take_back(barcode=back.barcode, **desk)),
            )
        )
    assert costs[0] == costs[1]


def test_a_reader_with_400_loans(place, desk):
    costs = []
    for count in (0, 0, MANY_LOANS):  # the first fills what is kept in memory
        card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
        at_home(place, card, count)
        told = {"barcode": copy.barcode, "card_number": card.number, **desk}
        later = desk | {"at": AT + dt.timedelta(hours=1)}
        costs.append(
            (
                cost(lambda told=told: lend(**told)),
                cost(lambda copy=copy, later=later: take_back(barcode=copy.barcode, **later)),
            )
        )
    assert costs[1] == costs[2]
