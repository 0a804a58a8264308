"""A book wanted at 丹山, lent at 中和, handed in at 临江: it goes by box and is lent at 丹山."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.desk import READER, answer, open_desk, scan, standing_at
from tests.journeys.running import Site

WORKER = """SELECT r.number FROM patrons_readercard r
    JOIN people_account a ON a.person_id = r.person_id
    WHERE a.username = 'worker' AND r.status = 'active'"""


def test_a_wanted_book_comes_by_box(page_as, site):
    ((barcode, title, bib),) = standing_at(site, "zhonghe")
    ((card,),) = site.rows(WORKER)
    worker, zhonghe, linjiang, danshan = map(page_as, ("worker", "zhonghe", "hub", "danshan"))

    open_desk(zhonghe, "zhonghe")
    scan(zhonghe, READER)
    assert "已借出" in scan(zhonghe, barcode)

    worker.goto(f"/catalogue/{bib}/")
    worker.get_by_label("在哪里取").select_option("danshan")
    worker.get_by_role("button", name="预约这本书").click()
    mine = worker.locator("#holds li", has_text=title)
    expect(mine).to_contain_text("排在第 1 位")

    open_desk(linjiang, "linjiang")
    assert "去 丹山" in scan(linjiang, barcode)
    worker.reload()
    expect(mine).to_contain_text("正送往")

    number, listed = _hand_over(linjiang, site, barcode)
    _receive(danshan, site, number, listed)
    worker.reload()
    expect(mine).to_contain_text("丹山")
    expect(mine).to_contain_text("留到")
    danshan.goto("/desk/danshan/holds/")
    expect(danshan.get_by_role("main")).to_contain_text(title)

    open_desk(danshan, "danshan")
    scan(danshan, card)
    assert "已借出" in scan(danshan, barcode)
    worker.goto("/me/")
    expect(mine).to_have_count(0)
    expect(worker.get_by_role("main")).to_contain_text(title)
    answer(danshan, lambda: danshan.keyboard.press("Escape"))


def _hand_over(page: Page, site: Site, barcode: str) -> tuple[str, list[str]]:
    """Pack all that waits for 丹山 into a box and hand it over: its number and what is in it."""
    page.goto("/desk/linjiang/manifests/")
    way = page.locator("li", has_text="去 丹山")
    way.get_by_role("button", name="开交接单").click()
    expect(page.get_by_role("main")).to_contain_text(barcode)
    listed = page.locator("td[data-label=条码]").all_inner_texts()
    page.get_by_label("箱里数出来多少本").fill(str(len(listed)))
    page.get_by_role("button", name="数对了，交出").click()
    expect(page.get_by_role("main")).to_contain_text("已交出")
    (number,) = re.findall(r"JJ\d+", page.get_by_role("heading", level=1).inner_text())
    return number, listed


def _receive(page: Page, site: Site, number: str, listed: list[str]) -> None:
    """Open the box at 丹山 and scan what is in it, book by book."""
    page.goto("/desk/danshan/manifests/")
    page.get_by_label("扫箱签或单号").fill(number)
    page.get_by_role("button", name="打开").click()
    for barcode in listed:
        page.get_by_label("箱子到了，逐本扫一遍").fill(barcode)
        page.keyboard.press("Enter")
        expect(page.locator("tr", has_text=barcode)).to_contain_text("已收到")
    page.get_by_role("button", name="结单").click()
    expect(page.get_by_role("main")).to_contain_text("已结单")
