"""Everybody can use it: axe, reflow on a narrow phone, the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.desk import open_desk, scan
from tests.journeys.tour import BY_WHOM, addresses

AXE = Axe()
BAD = {"serious", "critical"}
TOURS = [
    ("", 1280, "standard", "light"), ("", 360, "elder", "light"), ("", 360, "standard", "dark"),
    ("", 1280, "contrast", "light"), ("reader", 360, "standard", "light"),
    ("reader", 360, "elder", "dark"), ("hub", 1280, "standard", "light"),
    ("hub", 360, "elder", "light"), ("hub", 1280, "standard", "dark"),
]  # fmt: skip


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    found = AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{page.url} {each['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for each in found
        if each["impact"] in BAD
        for node in each["nodes"][:2]
    ]


@pytest.mark.parametrize(("username", "width", "mode", "theme"), TOURS)
def test_axe_finds_nothing_serious(page_as, site, username, width, mode, theme):
    page = page_as(username, width=width, mode=mode, theme=theme)
    found = []
    for address in addresses(site, username):
        page.goto(address)
        found += serious(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_serious_in_what_appears_later(page_as):
    clerk = page_as("zhonghe")
    open_desk(clerk, "zhonghe")
    scan(clerk, "LZ99000003")
    found = serious(clerk)
    clerk.goto("/desk/zhonghe/readers/")
    clerk.get_by_role("button", name="办证").click()
    expect(clerk.locator(".summary")).to_be_visible()
    found += serious(clerk)
    visitor = page_as()
    visitor.goto("/")
    visitor.get_by_role("combobox", name="找书").press_sequentially("hlm")
    expect(visitor.locator(".suggest [role=option]").first).to_be_visible()
    found += serious(visitor)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("username", BY_WHOM)
@pytest.mark.parametrize(("width", "mode"), [(320, "standard"), (360, "elder")])
def test_nothing_scrolls_sideways(page_as, site, username, width, mode):
    page = page_as(username, width=width, mode=mode)
    wide = []
    for address in addresses(site, username):
        page.goto(address)
        needs = page.evaluate("document.documentElement.scrollWidth")
        if needs > width:
            wide.append(f"{address} needs {needs} px of {width}")
    assert not wide, "\n".join(wide)


FOCUS_IS_SEEN = """() => {
    const seen = (one) => { const s = getComputedStyle(one);
        return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
    const at = document.activeElement;
    return at === document.body || seen(at) || Boolean(at.parentElement && seen(at.parentElement));
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; every stop on the way must show where one is."""
    for _stop in range(60):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(FOCUS_IS_SEEN), f"the focus cannot be seen at {where}"
    raise AssertionError(f"60 times Tab did not lead to {target}")


def test_signing_in_and_renewing_with_the_keyboard_alone(page_as):
    page = page_as()
    page.goto("/sign-in/")
    tab_to(page, page.get_by_label("用户名或读者证号"))
    page.keyboard.type("worker-unknown")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, page.get_by_label("用户名或读者证号"))
    page.keyboard.press("Control+a")
    page.keyboard.type("guardian")
    tab_to(page, page.get_by_role("textbox", name="密码"))
    page.keyboard.type("yanzhen-demo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    tab_to(page, page.locator("form[action*=renewal] button").first)
    page.keyboard.press("Enter")
    expect(page.locator(".notice.tone-done")).to_contain_text("续好了")


def test_searching_with_the_keyboard_alone(page_as):
    page = page_as()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="直接看正文")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("combobox", name="找书"))
    page.keyboard.type("红楼梦")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_contain_text("找到")
    tab_to(page, page.locator(".entry h2 a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("红楼梦")
