"""Orders, and the money they bind."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import amounts, funding, gathering, money, ordering, wishing
from yanzhen.library.acquisitions.models import Allocation, Fund, OrderLine, Wish
from yanzhen.library.acquisitions.tests.makers import DREAM, MONDAY, NAMELESS, draft, line, placed
from yanzhen.network.models import Node


def balance(fund) -> tuple[int, int, int]:
    row = money.with_balance(Fund.objects.filter(pk=fund.pk)).get()
    return row.encumbered, row.spent, row.balance


def test_a_draft_binds_nothing_and_a_placed_order_its_price(place, buyer):
    order = draft(buyer)
    line(buyer, order, {place.hub.pk: 2})
    assert balance(buyer.fund) == (0, 0, 100_000)
    ordering.place(order.pk, by=buyer.by, at=MONDAY)
    assert balance(buyer.fund) == (10_000, 0, 90_000)


def test_over_budget_is_stopped(place, buyer):
    """R39: and the sentence says which fund and by how much."""
    order = draft(buyer)
    line(buyer, order, {place.hub.pk: 21})
    with pytest.raises(Refused) as refused:
        ordering.place(order.pk, by=buyer.by, at=MONDAY)
    assert refused.value.code == "over-budget"
    assert "购书经费" in refused.value.message
    assert "超出 50.00 元" in refused.value.message
    order.refresh_from_db()
    assert order.is_draft


def test_the_last_yuan_can_be_ordered(place, buyer):
    placed(buyer, {place.hub.pk: 20})
    assert balance(buyer.fund) == (100_000, 0, 0)


def test_lines_of_one_order_are_weighed_together(place, buyer):
    order = draft(buyer)
    for title in (DREAM, NAMELESS):
        line(buyer, order, {place.hub.pk: 11}, title=title)
    with pytest.raises(Refused, match="over-budget"):
        ordering.place(order.pk, by=buyer.by, at=MONDAY)


def test_cancelling_frees_the_money(place, buyer):
    made = placed(buyer, {place.hub.pk: 2, place.zhonghe.pk: 1})
    ordering.cancel(made.order_id, reason="书商停业", by=buyer.by, at=MONDAY)
    assert balance(buyer.fund) == (0, 0, 100_000)
    with pytest.raises(Refused, match="order-not-placed"):
        ordering.cancel(made.order_id, reason="再来一次", by=buyer.by, at=MONDAY)


def test_a_cancelled_draft_lets_the_wishes_wait_again(place, buyer):
    wish = wishing.wish(DREAM, node=place.zhonghe, by=buyer.branch, at=MONDAY)
    order = draft(buyer)
    gathering.gather([wish.pk], order_id=order.pk, fund=buyer.fund, by=buyer.by, at=MONDAY)
    ordering.cancel(order.pk, reason="换书商", by=buyer.by, at=MONDAY)
    wish.refresh_from_db()
    assert wish.decided_at is None
    assert wish.line is None


def test_a_wish_made_again_meanwhile_is_the_one_that_waits(place, buyer):
    order = draft(buyer)
    for _again in range(2):
        wish = wishing.wish(DREAM, node=place.zhonghe, by=buyer.branch, at=MONDAY)
        gathering.gather(
            [wish.pk], order_id=order.pk, fund=buyer.fund, extra=[wish.pk], by=buyer.by, at=MONDAY
        )
    third = wishing.wish(DREAM, node=place.zhonghe, by=buyer.branch, at=MONDAY)
    ordering.cancel(order.pk, reason="换书商", by=buyer.by, at=MONDAY)
    assert list(Wish.objects.undecided()) == [third]
    assert Wish.objects.exclude(answer="").count() == 2


def test_removing_a_line_lets_the_wishes_wait_again(place, buyer):
    wish = wishing.wish(DREAM, node=place.zhonghe, by=buyer.branch, at=MONDAY)
    order = draft(buyer)
    made = gathering.gather([wish.pk], order_id=order.pk, fund=buyer.fund, by=buyer.by, at=MONDAY)
    ordering.remove_line(made[0].pk, by=buyer.by, at=MONDAY)
    wish.refresh_from_db()
    assert wish.decided_at is None
    assert not OrderLine.objects.exists()


def test_a_placed_order_is_not_changed(place, buyer):
    made = placed(buyer, {place.hub.pk: 1})
    with pytest.raises(Refused, match="order-not-draft"):
        line(buyer, made.order, {place.hub.pk: 1}, title=NAMELESS)
    with pytest.raises(Refused, match="order-not-draft"):
        ordering.remove_line(made.pk, by=buyer.by, at=MONDAY)


def test_an_order_without_lines_or_price_is_not_placed(place, buyer):
    order = draft(buyer)
    with pytest.raises(Refused, match="order-empty"):
        ordering.place(order.pk, by=buyer.by, at=MONDAY)
    line(buyer, order, {place.hub.pk: 1}, fen=0)
    with pytest.raises(Refused, match="price-missing"):
        ordering.place(order.pk, by=buyer.by, at=MONDAY)


def test_revising_moves_the_split_and_the_sum_with_it(place, buyer):
    made = line(buyer, draft(buyer), {place.hub.pk: 1, place.zhonghe.pk: 1})
    ordering.revise_line(
        made.pk, fund=buyer.fund, list_fen=4001, discount=7500,
        shares={place.danshan.pk: 3, place.zhonghe.pk: 0}, by=buyer.by, at=MONDAY,
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.quantity, made.unit_fen) == (3, 3001)
    assert [a.node.code for a in made.allocations.all()] == ["danshan"]


@pytest.mark.parametrize("status", ["closed", "planned"])
def test_an_allocation_goes_to_an_open_branch(place, buyer, status):
    order = draft(buyer)
    line(buyer, order, {place.zhonghe.pk: 1})
    Node.objects.filter(pk=place.zhonghe.pk).update(status=status)
    with pytest.raises(Refused, match="branch-gone"):
        ordering.place(order.pk, by=buyer.by, at=MONDAY)


def test_the_database_holds_received_within_ordered(place, buyer):
    made = line(buyer, draft(buyer), {place.hub.pk: 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.filter(line=made).update(received=1, given_up=1)


def test_the_database_holds_the_price_to_list_less_discount(place, buyer):
    made = line(buyer, draft(buyer), {place.hub.pk: 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(pk=made.pk).update(unit_fen=1)


def contract(buyer, first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31)):
    return funding.add_contract(
        supplier=buyer.supplier, number="馆配2026-1", discount=7500, valid_from=first,
        valid_to=last, by=buyer.by, at=MONDAY,
    )  # fmt: skip


def test_a_contract_gives_its_discount(place, buyer):
    order = ordering.open_order(
        supplier=buyer.supplier, contract=contract(buyer), by=buyer.by, at=MONDAY
    )
    assert line(buyer, order, {place.hub.pk: 1}, fen=9999).unit_fen == 7499


def test_a_contract_out_of_force_opens_no_order(place, buyer):
    old = contract(buyer, last=dt.date(2026, 1, 31))
    with pytest.raises(Refused, match="contract-not-in-force"):
        ordering.open_order(supplier=buyer.supplier, contract=old, by=buyer.by, at=MONDAY)


def test_a_contract_with_another_supplier_is_refused(place, buyer):
    other = funding.add_supplier(name="别家", by=buyer.by, at=MONDAY)
    with pytest.raises(Refused, match="contract-of-another"):
        ordering.open_order(supplier=other, contract=contract(buyer), by=buyer.by, at=MONDAY)


def test_money_taken_out_again_stays_above_nothing(place, buyer):
    placed(buyer, {place.hub.pk: 10})
    with pytest.raises(Refused, match="over-budget"):
        funding.appropriate(buyer.fund.pk, fen=-60_000, voucher="调减", by=buyer.by, at=MONDAY)
    funding.appropriate(buyer.fund.pk, fen=-50_000, voucher="调减", by=buyer.by, at=MONDAY)
    assert balance(buyer.fund)[2] == 0


def test_names_are_new_and_nothing_is_nameless(place, buyer):
    with pytest.raises(Refused, match="name-taken"):
        funding.add_supplier(name="演示书店", by=buyer.by, at=MONDAY)
    with pytest.raises(Refused, match="field-missing"):
        funding.add_supplier(name=" ", by=buyer.by, at=MONDAY)
    with pytest.raises(Refused, match="field-missing"):
        funding.appropriate(buyer.fund.pk, fen=1, voucher="", by=buyer.by, at=MONDAY)


def test_a_branch_places_no_order(place, buyer):
    order = draft(buyer)
    with pytest.raises(Refused, match="not-your-branch|no-permission"):
        ordering.place(order.pk, by=county.staff(place.zhonghe), at=MONDAY)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("45", 4500), ("45.5", 4550), ("￥１,２３４.05 元", 123405), ("CNY45.00", 4500),
     ("45.005", None),
     ("-3", None), ("", None), ("免费", None), ("1e9", None)],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(text, fen):
    assert amounts.fen_of(text) == fen


def test_sums_are_said_in_yuan():
    assert [amounts.yuan(n) for n in (0, 5, 123456789, -50)] == [
        "0.00", "0.05", "1,234,567.89", "-0.50",
    ]  # fmt: skip
