"""What somebody sees of a copy, the way to repair and back, owners, old barcodes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.losing import declare_lost
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings import aliasing, disputing, flagging, transferring
from yanzhen.library.holdings.models import Copy, FlagChange, StockEvent, Transit
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.library.rotation.queries import directions_from, loose_journeys

AT = makers.MONDAY
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def copy(place):
    return makers.copy(place, at=place.zhonghe)


def told(copy, desk, hours=1, **more):
    return {"copy_id": copy.pk, "by": makers.staff(desk), "at": AT + hours * HOUR, **more}


def scan(copy, node, hours):
    return take_back(barcode=copy.barcode, node=node, by=makers.staff(node), at=AT + hours * HOUR)


def test_flags_are_said_and_taken_back(place, copy):
    flagging.mark_damaged(**told(copy, place.zhonghe, note="封面掉了"))
    flagging.mark_missing(**told(copy, place.zhonghe, note="找了两遍"))
    copy.refresh_from_db()
    assert (copy.damaged, copy.missing, copy.state) == (True, True, "available")
    flagging.mend(**told(copy, place.zhonghe))
    flagging.mark_seen(**told(copy, place.zhonghe))
    copy.refresh_from_db()
    assert (copy.damaged, copy.missing) == (False, False)
    kinds = FlagChange.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["damaged", "missing", "mended", "seen"]


@pytest.mark.parametrize("use_case", [flagging.mark_damaged, flagging.mark_missing])
def test_what_is_wrong_with_a_copy_is_said(place, copy, use_case):
    with pytest.raises(Refused, match="flag-reason-missing"):
        use_case(**told(copy, place.zhonghe, note=" "))
    with pytest.raises(IntegrityError), transaction.atomic():
        FlagChange.objects.create(
            copy=copy, kind="damaged", node=place.zhonghe, at=AT, by_name="x", note=""
        )


def test_another_branch_changes_nothing(place, copy):
    for act in (
        lambda: flagging.mark_damaged(**told(copy, place.linjiang, note="破")),
        lambda: flagging.send_to_repair(**told(copy, place.linjiang, note="破")),
        lambda: transferring.transfer(
            **told(copy, place.zhonghe, to_node=place.linjiang, document="8号")
        ),
    ):
        with pytest.raises(Refused, match="not-your-branch"):
            act()


def test_what_is_on_loan_is_not_missing(place, copy):
    card = makers.reader(place)
    by = makers.staff(place.zhonghe)
    lend(barcode=copy.barcode, card_number=card.number, node=place.zhonghe, by=by, at=AT)
    with pytest.raises(Refused, match="copy-not-on-shelf"):
        flagging.mark_missing(**told(copy, place.zhonghe, note="架上没有"))


def test_to_repair_and_back(place, copy):
    """Mended at the main library; until then no van takes it and nobody gets it."""
    flagging.send_to_repair(**told(copy, place.zhonghe, note="散页"))
    assert list(loose_journeys(place.zhonghe, place.hub))
    assert scan(copy, place.hub, 3).outcome == "in_repair"
    assert scan(copy, place.hub, 4).outcome == "in_repair"
    assert not loose_journeys(place.hub, place.zhonghe)
    assert directions_from(place.hub) == []
    assert list(invariants.broken()) == []
    flagging.mend(**told(copy, place.hub, hours=5))
    assert [way.node for way in directions_from(place.hub)] == [place.zhonghe]
    assert scan(copy, place.zhonghe, 6).outcome == "received"
    assert Copy.objects.get().state == "available"
    assert set(Transit.objects.values_list("reason", flat=True)) == {"repair"}
    assert list(invariants.broken()) == []


def test_the_workshop_is_elsewhere(place):
    copy = makers.copy(place)
    with pytest.raises(Refused, match="repair-is-here"):
        flagging.send_to_repair(**told(copy, place.hub, note="散页"))


def test_a_transfer_changes_the_owner_and_both_books(place, copy):
    by = told(copy, place.hub)
    transferring.transfer(**by, to_node=place.linjiang, document="雁图〔2026〕8号")
    copy.refresh_from_db()
    assert (copy.owning_node, copy.home_node) == (place.linjiang, place.zhonghe)
    events = StockEvent.objects.exclude(kind="accession").order_by("pk")
    assert list(events.values_list("kind", "node__code", "document")) == [
        ("transfer_out", "zhonghe", "雁图〔2026〕8号"),
        ("transfer_in", "linjiang", "雁图〔2026〕8号"),
    ]
    assert list(invariants.broken()) == []


@pytest.mark.parametrize(
    ("to", "document", "code"),
    [("zhonghe", "8号", "transfer-to-itself"), ("linjiang", " ", "transfer-document-missing")],
)
def test_a_transfer_names_another_owner_and_its_document(place, copy, to, document, code):
    with pytest.raises(Refused, match=code):
        transferring.transfer(
            **told(copy, place.hub, to_node=getattr(place, to), document=document)
        )


def test_what_is_lost_is_not_transferred(place, copy):
    declare_lost(copy_id=copy.pk, note="丢了", by=makers.staff(place.zhonghe), at=AT)
    with pytest.raises(Refused, match="copy-not-in-stock"):
        transferring.transfer(**told(copy, place.hub, to_node=place.linjiang, document="8号"))


def test_an_old_barcode_means_one_copy_at_its_branch(place, copy):
    other = makers.copy(place, at=place.zhonghe)
    alias = aliasing.add_alias(**told(copy, place.zhonghe, node=place.zhonghe, barcode="old1"))
    again = aliasing.add_alias(**told(copy, place.zhonghe, node=place.zhonghe, barcode="OLD1"))
    assert again == alias
    assert copy_scanned("old1", place.zhonghe) == copy
    assert copy_scanned("old1", place.linjiang) is None
    for barcode, code in (("OLD1", "alias-taken"), (copy.barcode, "barcode-taken"),
                          ("旧", "barcode-unreadable")):  # fmt: skip
        with pytest.raises(Refused, match=code):
            aliasing.add_alias(**told(other, place.zhonghe, node=place.zhonghe, barcode=barcode))


def test_a_dispute_from_either_end_ends_with_a_scan(place, copy):
    scan(copy, place.linjiang, 1)
    with pytest.raises(Refused, match="not-your-branch"):
        disputing.dispute(**told(copy, place.danshan))
    disputing.dispute(**told(copy, place.zhonghe))
    with pytest.raises(Refused, match="flag-unchanged"):
        disputing.dispute(**told(copy, place.linjiang))
    assert list(invariants.broken()) == []
    scan(copy, place.zhonghe, 2)
    copy.refresh_from_db()
    assert not copy.in_dispute
    with pytest.raises(Refused, match="copy-not-on-the-road"):
        disputing.dispute(**told(copy, place.zhonghe))
