"""Finding a book: characters, pinyin, initials, traditional characters; suggestions by keyboard."""

import re

import pytest
from playwright.sync_api import expect


def titles(page, asked: str) -> set[tuple[str, str]]:
    """(title, address) of what a search finds on its first page."""
    page.goto("/")
    page.get_by_role("combobox", name="找书").fill(asked)
    page.get_by_role("button", name="找一找").click()
    expect(page.locator("#results")).to_be_visible()
    links = page.locator(".entry h2 a")
    return {(link.inner_text(), link.get_attribute("href")) for link in links.all()}


def test_the_same_titles_however_it_is_written(page_as):
    page = page_as()
    found = titles(page, "红楼梦")
    assert "红楼梦" in {title for title, _address in found}
    for asked in ("hlm", "hongloumeng", "紅樓夢", "ＨＬＭ", "hong lou meng"):
        assert titles(page, asked) == found, asked


def test_suggestions_by_keyboard(page_as):
    page = page_as()
    page.goto("/")
    line = page.get_by_role("combobox", name="找书")
    offers = page.locator(".suggest:not([hidden]) [role=option]")
    line.press_sequentially("hlm")
    expect(offers.first).to_contain_text("红楼梦")
    line.press("ArrowDown")
    expect(offers.first).to_have_attribute("aria-selected", "true")
    line.press("Escape")
    expect(offers).to_have_count(0)
    line.press_sequentially("e")
    line.press("Backspace")
    expect(offers.first).to_be_visible()
    line.press("ArrowDown")
    line.press("Enter")
    expect(page).to_have_url(re.compile("/catalogue/"))
    expect(page.locator("#results, h1:not(.unseen)").first).to_contain_text("红楼梦")


def test_a_filter_on_and_off_again(page_as):
    page = page_as()
    page.goto("/catalogue/?q=红楼梦")
    before = page.locator("#results").inner_text()
    page.get_by_role("link", name="现在在架").first.click()
    expect(page.locator("#results")).to_contain_text("都在架上")
    page.locator(".chips").get_by_role("link").first.click()
    expect(page.locator("#results")).to_have_text(before)


@pytest.mark.parametrize(
    "asked",
    ["", "   ", "'\"); DROP TABLE catalogue_bibrecord;--", "📚", "书" * 10_000, "*:*", "(("],
)
def test_strange_searches_get_a_page_with_a_next_step(page_as, asked):
    page = page_as()
    page.goto("/catalogue/")
    page.get_by_role("combobox", name="找书").fill(asked)  # the box itself takes 200 characters
    page.get_by_role("button", name="找一找").click()
    expect(page.locator("#results")).to_be_visible()
    expect(page.locator("main").get_by_role("link").first).to_be_visible()


def test_an_address_with_ten_thousand_characters(page_as):
    page = page_as()
    assert page.goto("/catalogue/?q=" + "hlm " * 2_500).status == 200
    expect(page.locator(".notice")).to_contain_text("200")
