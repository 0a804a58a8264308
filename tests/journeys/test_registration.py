"""A new reader at the desk: four fields, a card, the first book; a child with a guardian."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.desk import banner, open_desk, scan, standing_at


def fill_in(page: Page, name: str, born: str, phone: str = "") -> None:
    page.goto("/desk/zhonghe/readers/")
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_role("textbox", name="出生日期").fill(born)
    page.get_by_role("textbox", name="电话").first.fill(phone)


def register(page: Page) -> str:
    """Press the button; the new card's number."""
    page.get_by_role("button", name="办证").click()
    said = page.locator(".notice.tone-done").inner_text()
    return re.search(r"\d{14}", said).group()


def test_four_fields_and_the_first_book(page_as, site):
    ((barcode, title, _bib),) = standing_at(site, "zhonghe")
    page = page_as("zhonghe")
    fill_in(page, "演示新读者", "19580312", "139 0000 4321")
    number = register(page)
    open_desk(page, "zhonghe")
    assert "演示新读者" in scan(page, number)
    assert "已借出" in scan(page, barcode)
    expect(page.locator(".panel")).to_contain_text(title)


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(page_as):
    page = page_as("zhonghe")
    fill_in(page, "演示写错", "1958-13-40", "12")
    page.get_by_role("button", name="办证").click()
    summary = page.locator(".summary")
    expect(summary).to_be_visible()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("演示写错")
    expect(page.get_by_role("textbox", name="出生日期")).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").first.click()
    expect(page.get_by_role("textbox", name="出生日期")).to_be_focused()


def test_a_child_under_fourteen_needs_a_guardian(page_as):
    page = page_as("zhonghe")
    fill_in(page, "演示小读者", "2018-06-01")
    page.get_by_role("textbox", name="出生日期").press("Tab")
    expect(page.get_by_label("监护人姓名")).to_be_visible()
    page.get_by_role("button", name="办证").click()
    expect(page.locator(".summary")).to_contain_text("监护人")
    page.get_by_label("监护人姓名").fill("演示监护人")
    page.get_by_label("监护人电话").fill("13900005678")
    page.get_by_label("监护人已同意").check()
    number = register(page)
    open_desk(page, "zhonghe")
    scan(page, number)
    assert "演示小读者" in banner(page)
