"""Wishes and purchasing through the pages, without scripts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import county
from yanzhen.library.acquisitions import funding, queries, wishing
from yanzhen.library.acquisitions.models import Order, OrderLine, Wish
from yanzhen.library.acquisitions.tests import makers
from yanzhen.library.acquisitions.tests.makers import DREAM, MONDAY, buying, placed
from yanzhen.library.holdings.models import Copy
from yanzhen.network.models import Node


@pytest.fixture
def buyer(place):
    return buying(place)


@pytest.fixture
def headquarters(client, place):
    client.force_login(county.account("zong", place.hub, kind="librarian"))
    return client


def at(name, *arguments):
    return reverse(f"desk:{name}", args=["main-library", *arguments])


def said(answer) -> str:
    return answer.content.decode()


def test_a_branch_wishes_and_half_an_isbn_comes_back_with_what_was_typed(client, place):
    client.force_login(county.account("zhonghe", place.zhonghe))
    page = reverse("desk:wishes", args=["zhonghe"])
    told = {"title": "红楼梦", "isbn": "9787", "quantity": "2"}
    answer = client.post(page, told)
    assert answer.status_code == 422
    assert "少了数字" in said(answer)
    assert 'value="红楼梦"' in said(answer)
    answer = client.post(page, {**told, "isbn": DREAM.isbn13}, follow=True)
    assert "等总馆答复" in said(answer)
    wish = Wish.objects.get()
    client.post(reverse("desk:withdraw-wish", args=["zhonghe", wish.pk]))
    assert not Wish.objects.exists()


def test_from_two_wishes_to_a_copy_on_its_way_and_a_paid_invoice(headquarters, place, buyer):
    """The whole path of R39 through the pages."""
    for node, count in ((place.zhonghe, 2), (place.danshan, 1)):
        by = county.staff(node, "culture_officer")
        wishing.wish(DREAM, node=node, quantity=count, by=by, at=MONDAY)
    headquarters.post(at("open-order"), {"supplier": buyer.supplier.pk})
    order = Order.objects.get()
    assert "红楼梦" in said(headquarters.get(at("purchasing")))
    headquarters.post(
        at("gather"),
        {"wish": [w.pk for w in Wish.objects.all()], "order": order.pk, "fund": buyer.fund.pk},
    )
    line = OrderLine.objects.get()
    shares = {f"to-{a.node_id}": a.quantity for a in line.allocations.all()}
    assert sorted(shares.values()) == [1, 2]
    headquarters.post(
        at("revise-line", line.pk),
        {"price": "40.00", "discount": "75", "fund": buyer.fund.pk, **shares},
    )
    answer = headquarters.post(at("place-order", order.pk), follow=True)
    assert "订单已发出" in said(answer)
    scanned = headquarters.get(at("receiving"), {"code": "978-7-02-000220-7"})
    assert scanned["Location"] == at("receipt", line.pk)
    counts = {f"accepted-{a.pk}": a.quantity for a in line.allocations.all()}
    answer = headquarters.post(
        at("receipt", line.pk), {**counts, "barcodes": "N009", "kind": "book"}, follow=True
    )
    assert "收下 3 册" in said(answer)
    assert set(Copy.objects.values_list("barcode", flat=True)) == {"N009", "N010", "N011"}
    charge = {f"copies-{line.pk}": "3", f"sum-{line.pk}": "90"}
    headquarters.post(at("book-invoice", order.pk), {**charge, "number": "F1", "voucher": "记-7"})
    fund = queries.funds().get()
    assert (fund.encumbered, fund.spent, fund.balance) == (0, 9000, 91_000)
    page = said(headquarters.get(at("fund", fund.pk)))
    assert "记-7" in page
    assert "红楼梦" in page


def test_over_budget_is_said_on_the_page(headquarters, place, buyer):
    placed(buyer, {place.hub.pk: 20})
    wishing.wish(DREAM, node=place.zhonghe, by=buyer.branch, at=MONDAY)
    headquarters.post(at("open-order"), {"supplier": buyer.supplier.pk})
    order = Order.objects.drafts().get()
    wish = Wish.objects.get()
    headquarters.post(at("gather"), {"wish": wish.pk, "order": order.pk, "fund": buyer.fund.pk})
    line = order.lines.get()
    headquarters.post(
        at("revise-line", line.pk),
        {"price": "1", "discount": "100", "fund": buyer.fund.pk, f"to-{place.zhonghe.pk}": "1"},
    )
    answer = headquarters.post(at("place-order", order.pk), follow=True)
    assert "超出 1.00 元" in said(answer)


def test_a_refused_receipt_keeps_the_barcodes(headquarters, place, buyer):
    line = placed(buyer, {place.hub.pk: 2})
    row = line.allocations.get()
    answer = headquarters.post(
        at("receipt", line.pk), {f"accepted-{row.pk}": "2", "barcodes": "AB", "kind": "book"}
    )
    assert answer.status_code == 422
    assert ">AB</textarea>" in said(answer)


def test_a_closed_branch_is_shown_with_a_choice(headquarters, place, buyer):
    line = placed(buyer, {place.zhonghe.pk: 2})
    Node.objects.filter(pk=place.zhonghe.pk).update(status="closed")
    assert "要改送别处" in said(headquarters.get(at("receipt", line.pk)))
    headquarters.post(
        at("redirect-line", line.pk),
        {"allocation": line.allocations.get().pk, "to": place.danshan.pk},
    )
    assert line.allocations.get().node == place.danshan


def test_every_button_of_a_line_and_an_order(headquarters, place, buyer):
    line = placed(buyer, {place.hub.pk: 2})
    headquarters.post(at("line-claim", line.pk), {"note": "下周到"})
    assert "下周到" in said(headquarters.get(at("order", line.order_id)))
    headquarters.post(at("line-giving-up", line.pk))
    line.refresh_from_db()
    assert line.given_up_for == "out_of_print"
    answer = headquarters.post(at("cancel-order", line.order_id), {"reason": "换书商"}, follow=True)
    assert "已取消" in said(answer)


def test_an_empty_order_invites_to_tick_wishes_until_it_is_cancelled(headquarters, buyer):
    address = at("order", makers.draft(buyer).pk)
    assert "从采购意向里勾选" in said(headquarters.get(address))
    headquarters.post(at("cancel-order", Order.objects.get().pk), {"reason": "换书商"})
    page = said(headquarters.get(address))
    assert "从采购意向里勾选" not in page
    assert "这张订单取消时没有书" in page


@pytest.mark.parametrize(
    ("name", "told", "words"),
    [
        ("open-fund", {"name": "", "purpose": "新书"}, "还空着"),
        ("open-fund", {"name": "甲", "purpose": "新书", "sum": "十元", "voucher": "1"}, "不是金额"),
        ("add-supplier", {"name": "演示书店"}, "已经有了"),
    ],
)
def test_bad_input_is_answered_in_words(headquarters, buyer, name, told, words):
    assert words in said(headquarters.post(at(name), told, follow=True))


def test_a_bad_day_or_number_is_answered_in_words(headquarters, buyer):
    told = {"supplier": buyer.supplier.pk, "due_on": "2026-02-31"}
    assert "没有这一天" in said(headquarters.post(at("open-order"), told, follow=True))
    assert "册数要写数字" in said(headquarters.post(at("gather"), {"order": "x" * 50}))


def test_a_branch_sees_no_purchasing(client, place, buyer):
    client.force_login(county.account("danshan", place.danshan, kind="librarian"))
    assert client.get(reverse("desk:purchasing", args=["danshan"])).status_code == 403
    areas = client.get(reverse("desk:areas", args=["danshan"]))
    assert "采购意向" in said(areas)


def test_a_fund_takes_money_in_and_out(headquarters, buyer):
    page = at("fund", buyer.fund.pk)
    headquarters.post(page, {"way": "out", "sum": "100", "voucher": "调-1"})
    assert "-100.00" in said(headquarters.get(page))
    funding.appropriate(buyer.fund.pk, fen=1, voucher="拨-2", by=buyer.by, at=MONDAY)
    assert queries.funds().get().balance == 90_001


def test_a_list_is_previewed_taken_and_exported(headquarters, place, buyer):
    headquarters.post(at("open-order"), {"supplier": buyer.supplier.pk})
    order = Order.objects.get()
    text = "书名,定价\n红楼梦,59.7\n,3\n".encode("gb18030")
    file = SimpleUploadedFile("书目.csv", text)
    answer = headquarters.post(at("upload-list", order.pk), {"file": file}, follow=True)
    assert "第 3 行" in said(answer)
    assert not OrderLine.objects.exists()
    page = answer.redirect_chain[-1][0]
    told = {"title": "0", "price": "1", "fund": buyer.fund.pk}
    assert "加了 1 种，1 行没有加" in said(headquarters.post(page, told, follow=True))
    sheet = headquarters.get(at("order-csv", order.pk), {"encoding": "gb18030"})
    assert "红楼梦" in sheet.content.decode("gb18030")
    assert headquarters.get(at("order-xlsx", order.pk)).content[:2] == b"PK"
    answer = headquarters.post(at("upload-list", order.pk), follow=True)
    assert "文件是空的" in said(answer)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("open-fund", {"name": "购书经费", "purpose": "新书", "sum": "一万", "year": "2026"}),
        ("open-fund", {"name": "购书经费", "purpose": "新书", "year": "去年"}),
        ("add-contract", {"supplier": "", "number": "合同-7", "discount": "一折"}),
        ("open-order", {"supplier": "", "due_on": "2026-13-01"}),
    ],
)
def test_a_refused_form_of_the_board_comes_back_with_what_was_typed(
    headquarters, buyer, name, told
):
    told = {key: value or buyer.supplier.pk for key, value in told.items()}
    page = said(headquarters.post(at(name), told, follow=True))
    typed = [value for key, value in told.items() if key != "supplier"]
    assert [value for value in typed if f'value="{value}"' not in page] == []
    assert "<details open>" in page
    again = said(headquarters.get(at("purchasing")))
    assert "<details open>" not in again


def test_a_refused_appropriation_and_a_refused_line_keep_what_was_typed(headquarters, place, buyer):
    told = {"way": "out", "sum": "很多", "voucher": "减-1"}
    page = said(headquarters.post(at("fund", buyer.fund.pk), told, follow=True))
    assert 'value="很多"' in page
    assert 'value="减-1"' in page
    line = makers.line(buyer, makers.draft(buyer), {place.hub.pk: 1})
    box = f"to-{place.hub.pk}"
    told = {"fund": buyer.fund.pk, "price": "三十", "discount": "75", box: "7"}
    page = said(headquarters.post(at("revise-line", line.pk), told, follow=True))
    assert 'value="三十"' in page
    assert f'name="{box}" inputmode="numeric" value="7"' in page


def test_a_fund_is_planned_in_phases_and_exported_for_finance(headquarters, buyer):
    told = {"name": "上半年", "until": "2026-06-30", "planned": "三万", "target": "每馆 50 册"}
    page = said(headquarters.post(at("fund-phases", buyer.fund.pk), told, follow=True))
    assert 'value="三万"' in page
    told["planned"] = "30000"
    page = said(headquarters.post(at("fund-phases", buyer.fund.pk), told, follow=True))
    assert "还有 30,000.00 元" in page
    csv = headquarters.get(at("fund-plan-csv", buyer.fund.pk)).content.decode("utf-8-sig")
    assert csv.splitlines()[1] == "上半年,2026-06-30,每馆 50 册,30000.00,0.00,"
    ods = headquarters.get(at("fund-plan-ods", buyer.fund.pk))
    assert ods["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert ods.content.startswith(b"PK")
    phase = buyer.fund.phases.get()
    headquarters.post(at("fund-phases", buyer.fund.pk), {"drop": phase.pk})
    assert not buyer.fund.phases.exists()
