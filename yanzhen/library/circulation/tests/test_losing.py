"""A declared loss, and the book of the stock that goes with it."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import queries
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.losing import declare_lost
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.accessioning import add_copy
from yanzhen.library.holdings.models import Copy, StockEvent, Transit

AT = makers.MONDAY
LATER = AT + dt.timedelta(hours=3)


def lose(copy, node, note="读者说丢在车上"):
    return declare_lost(copy_id=copy.pk, note=note, by=makers.staff(node), at=LATER)


def stock_of(node):
    return StockEvent.objects.filter(node=node).aggregate(n=Sum("change", default=0))["n"]


def test_a_loss_closes_the_loan_and_leaves_the_stock(place):
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    by = makers.staff(place.zhonghe)
    lend(barcode=copy.barcode, card_number=card.number, node=place.zhonghe, by=by, at=AT)
    lose(copy, place.zhonghe)
    assert Copy.objects.get().state == "lost"
    assert Loan.objects.get().lost_at == LATER
    assert queries.day_at(place.zhonghe, LATER).returned == 0
    assert stock_of(place.zhonghe) == 0
    taken = take_back(barcode=copy.barcode, node=place.zhonghe, by=by, at=LATER)
    assert (taken.outcome, stock_of(place.zhonghe)) == ("found", 1)
    assert list(invariants.broken()) == []


def test_a_loss_ends_the_journey(place):
    copy = makers.copy(place, at=place.zhonghe)
    linjiang = place.linjiang
    take_back(barcode=copy.barcode, node=linjiang, by=makers.staff(linjiang), at=AT)
    lose(copy, linjiang)
    assert Transit.objects.get().ending == "loss"
    assert list(invariants.broken()) == []


def test_only_what_is_in_stock_is_lost(place):
    copy = makers.copy(place)
    lose(copy, place.hub)
    with pytest.raises(Refused, match="copy-not-in-stock"):
        lose(copy, place.hub)


def test_a_loss_has_a_reason(place):
    with pytest.raises(Refused, match="loss-reason-missing"):
        lose(makers.copy(place), place.hub, note=" ")


def test_another_branch_declares_no_loss(place):
    with pytest.raises(Refused, match="not-your-branch"):
        lose(makers.copy(place, at=place.zhonghe), place.linjiang)


def test_an_accession_is_an_event(place):
    copy = add_copy(
        bib=makers.bib(), barcode="YJ777", kind=place.book, node=place.hub,
        by=makers.staff(place.hub), at=AT,
    )  # fmt: skip
    assert copy.stock_events.get().kind == "accession"
    with pytest.raises(IntegrityError), transaction.atomic():
        StockEvent.objects.create(
            copy=copy, kind="accession", change=1, node=place.hub, item_kind=place.book, at=AT
        )


def test_a_copy_is_never_deleted_and_an_event_never_changed(place):
    copy = makers.copy(place)
    for act in (
        lambda: Copy.objects.filter(pk=copy.pk)._raw_delete("default"),
        lambda: StockEvent.objects.all()._raw_delete("default"),
        lambda: StockEvent.objects.update(note="改过"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_state_without_its_event_is_seen(place):
    makers.copy(place)
    Copy.objects.update(state="lost")
    assert {name for name, _line in invariants.broken()} == {
        "stock_is_the_sum_of_its_events", "a_branch_holds_what_its_events_say",
    }  # fmt: skip
