"""The elder view: remembered, and measured against the rules of 2021 for elder-friendly apps.

工信部《移动互联网应用适老化通用设计规范》: main text at least 18 pt (24 px), lines at least 1.3
apart, main targets at least 60 x 60.
"""

import pytest
from playwright.sync_api import expect

PAGES = ("/", "/catalogue/?q=红楼梦", "/catalogue/1/", "/branches/zhonghe/", "/sign-in/", "/how/")

SMALL_TEXT = """() => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
        const skipped = "svg, script, style, template, .unseen, .skip, [hidden]";
        if (!text || one.closest(skipped) || !one.getClientRects().length) continue;
        const style = getComputedStyle(one), size = parseFloat(style.fontSize);
        const line = parseFloat(style.lineHeight) / size;
        if (size < 24 || line < 1.3 && text.length > 20)
            found.add(`${size}px x ${line.toFixed(2)}: ${text.slice(0, 40)}`);
    }
    return [...found];
}"""

SMALL_TARGETS = """() => {
    const main = ".button, .nav a, .tools a, .brand, .display a, .call a, .door, .facets a,"
        + " summary, .pages a, select, .foot li a,"
        + " input:not([type=hidden], [type=checkbox], [type=radio])";
    return [...document.querySelectorAll(main)].filter((one) => one.getClientRects().length)
        .map((one) => [one.getBoundingClientRect(), one])
        .filter(([box]) => box.width < 59.5 || box.height < 59.5)
        .map(([box, one]) => `${Math.round(box.width)}x${Math.round(box.height)}: `
            + one.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_text_lines_and_targets_are_large(page_as, width):
    page = page_as("reader", width=width, mode="elder")
    found = []
    for address in (*PAGES, "/me/"):
        page.goto(address)
        found += [f"{address} {each}" for each in page.evaluate(SMALL_TEXT)]
        found += [f"{address} {each}" for each in page.evaluate(SMALL_TARGETS)]
    assert not found, "\n".join(found)


def test_it_is_remembered_on_the_next_visit(page_as):
    page = page_as()
    page.goto("/elder/")
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    later = page.context.new_page()
    later.goto("/how/")
    expect(later.locator("html")).to_have_attribute("data-mode", "elder")
    later.get_by_role("link", name="回标准版").click()
    later.goto("/branches/")
    expect(later.locator("html")).to_have_attribute("data-mode", "standard")


def test_dark_and_back_without_a_new_page(page_as):
    page = page_as()
    page.goto("/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("link", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(ground) != light
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
