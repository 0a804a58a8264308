"""The main job: borrow anywhere, return anywhere."""

import re

from playwright.sync_api import expect

from tests.journeys.desk import READER, answer, banner, open_desk, scan, standing_at


def test_lent_at_one_branch_returned_at_another_and_home_again(page_as, site):
    ((barcode, title, bib),) = standing_at(site, "zhonghe")
    clerk, hub = page_as("zhonghe"), page_as("hub")

    open_desk(clerk, "zhonghe")
    assert "请扫要借的书" in scan(clerk, READER)
    said = scan(clerk, barcode)
    assert re.search(r"已借出 · .*前还", said)
    assert title in said
    expect(clerk.locator(".panel")).to_contain_text(title)
    expect(clerk.locator(".stream li").first).to_contain_text(barcode)

    open_desk(hub, "linjiang")
    assert "已还 · 去 中和" in scan(hub, barcode)

    for page, branch, way in ((hub, "linjiang", "leaving"), (clerk, "zhonghe", "arriving")):
        page.goto(f"/desk/{branch}/road/")
        expect(page.locator(f"section[aria-labelledby={way}] tr", has_text=barcode)).to_be_visible()

    clerk.goto(f"/catalogue/{bib}/")
    there = clerk.get_by_role("row", name=re.compile("中和镇分馆")).filter(has_text="在架")
    expect(there).to_have_count(0)

    open_desk(clerk, "zhonghe")
    assert "已签收 · 放回书架" in scan(clerk, barcode)
    clerk.goto("/desk/zhonghe/road/")
    expect(clerk.get_by_text(barcode)).to_have_count(0)
    clerk.goto(f"/catalogue/{bib}/")
    expect(there).to_have_count(1)


def test_a_slip_of_the_hand_is_undone(page_as, site):
    ((barcode, title, _bib),) = standing_at(site, "zhonghe")
    clerk = page_as("zhonghe")
    open_desk(clerk, "zhonghe")
    scan(clerk, READER)
    scan(clerk, barcode)
    said = answer(clerk, lambda: clerk.keyboard.press("Alt+z"))
    assert "已撤销借出" in said
    assert title in said
    expect(clerk.locator(".panel")).not_to_contain_text(title)

    scan(clerk, barcode)
    scan(clerk, "")
    scan(clerk, barcode)
    said = answer(clerk, lambda: clerk.locator(".banner").get_by_role("button").click())
    assert "已撤销还书" in said
    expect(clerk.locator(".stream li", has_text=barcode).get_by_role("button")).to_have_count(1)
    assert "已还" in scan(clerk, barcode)


def test_enter_pressed_twice_lends_once(page_as, site):
    ((barcode, _title, _bib),) = standing_at(site, "zhonghe")
    clerk = page_as("zhonghe")
    open_desk(clerk, "zhonghe")
    scan(clerk, READER)
    scan(clerk, barcode)
    assert "只记一次" in scan(clerk, barcode)
    open_loans = """SELECT count(*) FROM circulation_loan l JOIN holdings_copy c ON c.id = l.copy_id
        WHERE c.barcode = ? AND l.returned_at IS NULL AND l.undone_at IS NULL"""
    assert site.rows(open_loans, barcode) == [(1,)]
    scan(clerk, "")
    scan(clerk, barcode)


def test_two_keys_struck_in_one_breath_lend_once(page_as, site):
    """A bouncing Enter sends the form twice before the first answer is there."""
    ((barcode, _title, _bib),) = standing_at(site, "zhonghe")
    clerk = page_as("zhonghe")
    open_desk(clerk, "zhonghe")
    scan(clerk, READER)
    clerk.get_by_label("扫读者证或图书条码").fill(barcode)
    clerk.keyboard.press("Enter")
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".banner")).to_contain_text("已借出")
    expect(clerk.locator(".stream li", has_text=barcode)).to_have_count(1)
    assert "未" not in banner(clerk)
    scan(clerk, "")
    scan(clerk, barcode)


def test_the_reader_is_closed_by_escape(page_as):
    clerk = page_as("zhonghe")
    open_desk(clerk, "zhonghe")
    scan(clerk, READER)
    assert "办完了" in answer(clerk, lambda: clerk.keyboard.press("Escape"))
    expect(clerk.locator(".panel")).to_have_count(0)
    expect(clerk.get_by_label("扫读者证或图书条码")).to_be_focused()
