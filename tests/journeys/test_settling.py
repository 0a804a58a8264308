"""The exceptions of a desk are settled without a mouse, and stay to be read."""

from playwright.sync_api import Page, expect

from tests.journeys.desk import banner, open_desk, scan


def hand_in(page: Page, barcode: str) -> None:
    open_desk(page, "zhonghe")
    assert "不认识这个条码" in scan(page, barcode)
    page.goto("/desk/zhonghe/exceptions/")


def test_a_line_is_settled_with_the_keyboard_alone(page_as):
    page = page_as("zhonghe")
    hand_in(page, "KB00000001")
    page.get_by_label("处理办法 KB00000001").focus()
    page.keyboard.press("ArrowDown")  # an old barcode: of which copy is asked
    page.keyboard.press("Tab")
    page.keyboard.type("NIX")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "没有找到条码" in banner(page)
    page.get_by_label("处理办法 KB00000001").focus()
    page.keyboard.press("ArrowUp")  # given back; what was typed is still there
    page.keyboard.press("Tab")
    page.keyboard.press("Delete")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "处理好了" in banner(page)
    expect(page.get_by_label("处理办法 KB00000001")).to_have_count(0)
    page.goto("/desk/zhonghe/exceptions/settled/")
    expect(page.locator("tr", has_text="KB00000001")).to_contain_text("已退给读者")


def test_it_works_without_scripts(page_as):
    hand_in(page_as("zhonghe"), "KB00000002")
    page = page_as("zhonghe", width=360, js=False)
    page.goto("/desk/zhonghe/exceptions/")
    line = page.locator("tr", has_text="KB00000002")
    with page.expect_navigation():
        line.get_by_role("button", name="处理").click()
    assert "处理好了" in banner(page)
