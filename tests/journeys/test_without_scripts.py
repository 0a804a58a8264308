"""Searching, renewing, lending, returning, registering: all of it without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import READER, scan_plain, standing_at


def test_search_and_suggestions_are_only_a_form(page_as):
    page = page_as(js=False, width=360)
    page.goto("/")
    page.get_by_role("searchbox").fill("hlm")
    page.get_by_role("button", name="找一找").click()
    expect(page.locator("#results")).to_contain_text("找到")
    page.get_by_role("link", name="筛选", exact=True).click()
    page.get_by_role("link", name=re.compile("现在在架")).first.click()
    expect(page.locator("#results")).to_contain_text("都在架上")


def test_renewing(page_as):
    page = page_as("elder", js=False)
    page.goto("/me/")
    page.locator("form[action*=renewal] button").first.click()
    expect(page.locator(".notice.tone-done")).to_contain_text("续好了")


# More than once: with two processes the sentence must not depend on which of them answers.
@pytest.mark.parametrize("time", [1, 2, 3])
def test_lending_and_returning(page_as, site, time):
    ((barcode, _title, _bib),) = standing_at(site, "zhonghe")
    page = page_as("zhonghe", js=False)
    page.goto("/desk/zhonghe/")
    assert "请扫要借的书" in scan_plain(page, READER)
    assert "已借出" in scan_plain(page, barcode)
    assert "办完了" in scan_plain(page, "")
    assert "已还 · 放回书架" in scan_plain(page, barcode)
    with page.expect_navigation():
        page.locator(".banner").get_by_role("button", name="撤销").click()
    expect(page.locator(".banner")).to_contain_text("已撤销还书")
    scan_plain(page, barcode)


def test_registering(page_as):
    page = page_as("zhonghe", js=False)
    page.goto("/desk/zhonghe/readers/")
    page.get_by_label("姓名", exact=True).fill("演示无脚本")
    page.get_by_role("textbox", name="出生日期").fill("1990")
    page.get_by_role("button", name="办证").click()
    expect(page.locator(".notice.tone-done")).to_contain_text("办好了")


def test_the_elder_view(page_as):
    page = page_as(js=False)
    page.goto("/catalogue/?q=红楼梦")
    page.get_by_role("link", name="长辈版").first.click()
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    assert page.url.endswith("q=%E7%BA%A2%E6%A5%BC%E6%A2%A6")
