"""What goes wrong at a desk: each a clear sentence with what to do, none an error page."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import (
    READER,
    answer,
    blocked_card,
    lent_to_somebody_else,
    open_desk,
    scan,
    standing_at,
)
from tests.journeys.visiting import fill_in, sign_in


@pytest.fixture
def clerk(page_as):
    page = page_as("zhonghe")
    open_desk(page, "zhonghe")
    return page


def test_an_unknown_barcode_is_kept_aside_and_never_refused(clerk):
    assert "不认识这个条码" in scan(clerk, "LZ99000001")
    clerk.get_by_role("link", name="待核对").first.click()
    expect(clerk.get_by_role("row", name="LZ99000001")).to_be_visible()


def test_an_unknown_barcode_is_not_lent(clerk):
    scan(clerk, READER)
    assert "不在馆藏里" in scan(clerk, "LZ99000002")
    expect(clerk.locator(".panel")).to_be_visible()


def test_an_unknown_card(clerk):
    said = scan(clerk, "51200299999999")
    assert "没有找到读者证" in said
    assert "姓名、电话" in said


def test_the_price_barcode_is_scanned(clerk):
    said = scan(clerk, "9787020002207")
    assert "ISBN" in said
    assert "馆藏条码" in said


def test_a_blocked_reader(clerk, site):
    ((barcode, _title, _bib),) = standing_at(site, "zhonghe")
    scan(clerk, blocked_card(site))
    said = scan(clerk, barcode)
    assert "停借" in said
    assert "还书照常收" in said


def test_a_copy_lent_to_another_reader(clerk, site):
    scan(clerk, READER)
    said = scan(clerk, lent_to_somebody_else(site))
    assert "另一位读者名下" in said
    assert "先扫一次还书" in said


def test_ten_thousand_characters(clerk):
    box = clerk.get_by_label("扫读者证或图书条码")
    box.evaluate("(box, text) => box.value = text", "书" * 10_000)
    assert "太长" in answer(clerk, lambda: clerk.keyboard.press("Enter"))


@pytest.mark.parametrize("text", ["📚🐦", "'\"); DROP TABLE copy_1;--", "%00", "<b>1</b>"])
def test_nonsense(clerk, text):
    assert "不认识这个条码" in scan(clerk, text)
    expect(clerk.locator(".banner b")).to_have_count(0)


def test_what_is_no_barcode_and_nobodys_name(clerk):
    clerk.get_by_label("扫读者证或图书条码").fill("'\"); DROP TABLE holdings_copy;--")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(re.compile(r"/readers/\?q="))
    expect(clerk.locator("#found")).to_contain_text("没有找到")


def test_an_empty_enter(clerk):
    assert "请扫读者证，或一本书" in scan(clerk, "")


def test_a_name_looks_readers_up(clerk, site):
    ((name,),) = site.rows(
        """SELECT p.name FROM people_person p JOIN patrons_readercard r ON r.person_id = p.id
        WHERE r.number = ?""",
        READER,
    )  # fmt: skip
    clerk.get_by_label("扫读者证或图书条码").fill(name)
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(re.compile(r"/readers/\?q="))
    clerk.get_by_role("article").filter(has_text=READER).get_by_role("link", name="借还").click()
    expect(clerk.locator(".panel")).to_contain_text(name)
    expect(clerk.locator(".banner")).to_contain_text(name)


def test_the_network_fails_and_the_scan_is_not_lost(clerk, visits):
    clerk.context.set_offline(True)
    clerk.get_by_label("扫读者证或图书条码").fill("YJ00000000")
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".banner")).to_contain_text("没有送出去")
    expect(clerk.get_by_label("扫读者证或图书条码")).to_have_value("YJ00000000")
    clerk.context.set_offline(False)
    expected = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    visits.troubles[:] = [
        each for each in visits.troubles if not any(word in each for word in expected)
    ]


def test_another_branchs_desk_is_closed_in_plain_words(page_as):
    page = page_as("zhonghe")
    refused = page.goto("/desk/danshan/")
    assert refused.status == 403
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".lede")).not_to_be_empty()
    expect(page.get_by_role("link", name="回首页")).to_be_visible()


def test_a_reader_does_not_come_behind_the_desk(page_as):
    page = page_as("reader")
    assert page.goto("/desk/zhonghe/").status == 403
    expect(page.get_by_role("heading", level=1)).to_contain_text("不在您的工作范围里")


def test_an_address_that_does_not_exist(page_as):
    page = page_as()
    for address in ("/nowhere/", "/catalogue/999999999/", "/branches/nowhere/", "/desk/nowhere/"):
        page = page_as("hub") if "desk" in address else page
        assert page.goto(address).status == 404
        expect(page.get_by_role("link", name="回首页")).to_be_visible()
    assert page.goto("/nowhere").status == 404
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有找到这个页面")


def test_a_wrong_password_ten_times(page_as):
    page = page_as()
    page.goto("/sign-in/")
    for attempt in range(10):
        fill_in(page, "worker", f"not the password {attempt}")
        expect(page.get_by_role("alert")).to_be_visible()
    fill_in(page, "worker")
    expect(page.get_by_role("alert")).to_contain_text("锁住")
    expect(page.get_by_label("用户名或读者证号")).to_have_value("worker")
    other = page_as()
    sign_in(other, "elder")
    expect(other.get_by_role("heading", level=1)).to_contain_text("您好")
