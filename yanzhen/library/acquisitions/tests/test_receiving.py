"""What comes: accepted, damaged, too much, out of print, for a branch that is gone; and paid."""

import pytest

from tests import county
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import claiming, invariants, money, ordering, paying, receiving
from yanzhen.library.acquisitions.barcode_runs import barcodes_for
from yanzhen.library.acquisitions.models import Accession, Allocation, Fund, Receipt
from yanzhen.library.acquisitions.receiving import Came
from yanzhen.library.acquisitions.tests.makers import MONDAY, NAMELESS, draft, line, placed
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node

DAY = MONDAY.date()


def receive(place, buyer, made, came, barcodes, **more):
    rows = {a.node_id: a.pk for a in made.allocations.all()}
    return receiving.receive(
        made.pk,
        {rows[node.pk]: Came(*counts) for node, counts in came.items()},
        barcodes=barcodes, kind=place.book, at_node=place.hub, by=buyer.by, at=MONDAY, **more,
    )  # fmt: skip


def test_copies_are_made_and_those_for_a_branch_set_out(place, buyer):
    made = placed(buyer, {place.hub.pk: 1, place.zhonghe.pk: 2})
    copies = receive(
        place, buyer, made, {place.hub: (1,), place.zhonghe: (2,)}, ["N1", "N2", "N3"],
        call_number="I242.4/1",
    )  # fmt: skip
    assert [(c.owning_node.code, c.state) for c in copies] == [
        ("main-library", "available"), ("zhonghe", "in_transit"), ("zhonghe", "in_transit"),
    ]  # fmt: skip
    journeys = Transit.objects.on_the_road().values_list("from_node__code", "to_node__code")
    assert set(journeys) == {("main-library", "zhonghe")}
    assert set(Transit.objects.values_list("reason", flat=True)) == {"delivery"}
    accession = Accession.objects.get(copy__barcode="N2")
    assert accession.receipt.allocation.line.fund == buyer.fund
    copy = Copy.objects.get(barcode="N2")
    assert (copy.current_node, copy.price) == (place.hub, 50)


def test_a_title_not_in_the_catalogue_gets_a_brief_record(place, buyer):
    made = placed(buyer, {place.hub.pk: 1}, title=NAMELESS)
    receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    bib = BibRecord.objects.get()
    assert (bib.title, bib.author, bib.year) == ("雁江民歌集", "演示编写组", 2025)
    made.refresh_from_db()
    assert made.bib == bib


def test_a_title_catalogued_since_is_found_again(place, buyer):
    made = placed(buyer, {place.hub.pk: 1})
    bib = county.bib("红楼梦", isbn13=made.isbn13)
    assert receive(place, buyer, made, {place.hub: (1,)}, ["N1"])[0].bib == bib


def test_received_stays_within_ordered(place, buyer):
    made = placed(buyer, {place.hub.pk: 2})
    receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    with pytest.raises(Refused, match="more-than-ordered"):
        receive(place, buyer, made, {place.hub: (2,)}, ["N2", "N3"])
    receive(place, buyer, made, {place.hub: (1,)}, ["N2"])
    assert Allocation.objects.get().outstanding == 0


def test_a_desk_that_read_before_the_other_wrote_takes_in_nothing(place, buyer, monkeypatch):
    """The rule sees old numbers; the conditional UPDATE does not."""
    made = placed(buyer, {place.hub.pk: 1})
    receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    monkeypatch.setattr(receiving, "_fits", lambda row, came: None)
    with pytest.raises(Refused, match="more-than-ordered"):
        receive(place, buyer, made, {place.hub: (1,)}, ["N2"])
    assert Copy.objects.count() == 1


def test_damaged_copies_stay_outstanding(place, buyer):
    made = placed(buyer, {place.hub.pk: 2})
    receive(place, buyer, made, {place.hub: (1, 1)}, ["N1"])
    assert Allocation.objects.get().outstanding == 1
    assert Receipt.objects.get().damaged == 1
    claiming.claim(made.pk, note="换书", by=buyer.by, at=MONDAY)


def test_out_of_print_closes_the_rest_and_frees_its_money(place, buyer):
    made = placed(buyer, {place.hub.pk: 3})
    receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    receiving.give_up(made.pk, reason="out_of_print", by=buyer.by, at=MONDAY)
    fund = money.with_balance(Fund.objects.all()).get()
    assert (fund.encumbered, fund.balance) == (5000, 95_000)
    for again in (
        lambda: receiving.give_up(made.pk, reason="out_of_print", by=buyer.by, at=MONDAY),
        lambda: claiming.claim(made.pk, by=buyer.by, at=MONDAY),
    ):
        with pytest.raises(Refused, match="nothing-outstanding"):
            again()


def test_a_branch_that_is_gone_loses_no_book(place, buyer):
    """dp2#60: a line was marked received though no item could be made."""
    made = placed(buyer, {place.zhonghe.pk: 2})
    Node.objects.filter(pk=place.zhonghe.pk).update(status="closed")
    with pytest.raises(Refused, match="branch-gone"):
        receive(place, buyer, made, {place.zhonghe: (2,)}, ["N1", "N2"])
    assert Allocation.objects.get().received == 0
    receiving.redirect(made.allocations.get().pk, to_node=place.danshan, by=buyer.by, at=MONDAY)
    assert [(a.node.code, a.quantity) for a in made.allocations.all()] == [("danshan", 2)]
    receive(place, buyer, made, {place.danshan: (2,)}, ["N1", "N2"])
    assert list(invariants.allocations_of_a_line_sum_to_its_quantity()) == []


def test_redirecting_keeps_what_came_before(place, buyer):
    made = placed(buyer, {place.zhonghe.pk: 2, place.danshan.pk: 1})
    receive(place, buyer, made, {place.zhonghe: (1,)}, ["N1"])
    row = made.allocations.get(node=place.zhonghe)
    receiving.redirect(row.pk, to_node=place.danshan, by=buyer.by, at=MONDAY)
    split = {a.node.code: (a.quantity, a.received) for a in made.allocations.all()}
    assert split == {"zhonghe": (1, 1), "danshan": (2, 0)}
    with pytest.raises(Refused, match="nothing-outstanding"):
        receiving.redirect(row.pk, to_node=place.hub, by=buyer.by, at=MONDAY)


def test_nothing_is_taken_in_of_a_draft_or_a_cancelled_order(place, buyer):
    made = line(buyer, draft(buyer), {place.hub.pk: 1})
    with pytest.raises(Refused, match="order-not-placed"):
        receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    ordering.place(made.order_id, by=buyer.by, at=MONDAY)
    ordering.cancel(made.order_id, reason="不要了", by=buyer.by, at=MONDAY)
    with pytest.raises(Refused, match="order-not-placed"):
        receive(place, buyer, made, {place.hub: (1,)}, ["N1"])


@pytest.mark.parametrize(
    ("counts", "barcodes", "code"),
    [((2,), ["N1"], "barcodes-do-not-fit"), ((0, 0), [], "nothing-received"),
     ((-1, 2), [], "nothing-received"), ((2,), ["N1", "N1"], "barcode-taken"),
     ((1,), ["条码"], "barcode-unreadable")],
)  # fmt: skip
def test_a_bad_receipt_changes_nothing(place, buyer, counts, barcodes, code):
    made = placed(buyer, {place.hub.pk: 3})
    with pytest.raises(Refused, match=code):
        receive(place, buyer, made, {place.hub: counts}, barcodes)
    assert Allocation.objects.get().received == 0
    assert not Copy.objects.exists()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("text", "copies", "expected"),
    [("YJ0099", 3, ["YJ0099", "YJ0100", "YJ0101"]), ("A1 B2", 2, ["A1", "B2"]),
     ("ABC", 2, ["ABC"]), ("A1", 1, ["A1"]), ("", 2, [])],
)  # fmt: skip
def test_one_barcode_starts_a_run(text, copies, expected):
    assert barcodes_for(text, copies) == expected


def pay(buyer, made, copies, fen, number="F1"):
    return paying.book_invoice(
        made.order_id, {made.pk: (copies, fen)}, number=number, voucher="记-1", day=DAY,
        by=buyer.by, at=MONDAY,
    )  # fmt: skip


def test_what_was_accepted_is_paid_and_no_more(place, buyer):
    made = placed(buyer, {place.hub.pk: 3})
    receive(place, buyer, made, {place.hub: (2,)}, ["N1", "N2"])
    with pytest.raises(Refused, match="more-than-received"):
        pay(buyer, made, 3, 15_000)
    pay(buyer, made, 2, 10_000)
    fund = money.with_balance(Fund.objects.all()).get()
    assert (fund.encumbered, fund.spent, fund.balance) == (5000, 10_000, 85_000)


def test_an_invoice_is_booked_once_and_reversed_once(place, buyer):
    made = placed(buyer, {place.hub.pk: 2})
    receive(place, buyer, made, {place.hub: (2,)}, ["N1", "N2"])
    invoice = pay(buyer, made, 1, 4000)
    with pytest.raises(Refused, match="invoice-exists"):
        pay(buyer, made, 1, 4000)
    contra = paying.reverse(invoice.pk, by=buyer.by, at=MONDAY)
    fund = money.with_balance(Fund.objects.all()).get()
    assert (fund.encumbered, fund.spent) == (10_000, 0)
    for each in (invoice, contra):
        with pytest.raises(Refused, match="invoice-reversed"):
            paying.reverse(each.pk, by=buyer.by, at=MONDAY)
    assert paying.unpaid(made) == 2


def test_an_invoice_above_the_agreed_price_needs_the_difference(place, buyer):
    made = placed(buyer, {place.hub.pk: 20})
    receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    with pytest.raises(Refused, match="over-budget"):
        pay(buyer, made, 1, 5001)
    pay(buyer, made, 1, 5000)


def test_reversing_a_cheap_invoice_needs_the_agreed_price_again(place, buyer):
    made = placed(buyer, {place.hub.pk: 20})
    receive(place, buyer, made, {place.hub: (1,)}, ["N1"])
    cheap = pay(buyer, made, 1, 4000)
    placed(buyer, {place.hub.pk: 1}, title=NAMELESS, fen=1000)
    with pytest.raises(Refused, match="over-budget"):
        paying.reverse(cheap.pk, by=buyer.by, at=MONDAY)
    assert list(invariants.no_fund_is_overdrawn()) == []


@pytest.mark.parametrize("check", invariants.INVARIANTS, ids=lambda each: each.__name__)
def test_every_invariant_holds_over_a_whole_life(place, buyer, check):
    made = placed(buyer, {place.hub.pk: 1, place.zhonghe.pk: 2})
    receive(place, buyer, made, {place.zhonghe: (1,)}, ["N1"])
    pay(buyer, made, 1, 5000)
    assert list(check()) == []
