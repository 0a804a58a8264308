"""What a clerk does at a desk, and what stands on the shelves."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.running import Site

READER = "51200200000017"  # the card of the demo account `reader`


def scan_line(page: Page) -> Locator:
    return page.locator(".scan input[name=code]")


def open_desk(page: Page, branch: str) -> None:
    page.goto(f"/desk/{branch}/")
    expect(page.get_by_label("扫读者证或图书条码")).to_be_focused()


def scan(page: Page, text: str) -> str:
    """Scan as a scanner does: the characters, then Enter. Returns what the banner says."""
    scan_line(page).fill(text)
    return answer(page, lambda: page.keyboard.press("Enter"))


def answer(page: Page, act) -> str:
    """Do something that renews the board; the banner that comes."""
    page.locator("#board").evaluate("board => board.dataset.old = 'yes'")
    act()
    expect(page.locator("#board:not([data-old]) .banner")).to_be_visible()
    return banner(page)


def scan_plain(page: Page, text: str) -> str:
    """The same without scripts: the page is sent and a new one comes."""
    scan_line(page).fill(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return banner(page)


def banner(page: Page) -> str:
    return page.locator(".banner").inner_text()


def standing_at(site: Site, branch: str, number: int = 1) -> list[tuple[str, str, int]]:
    """(barcode, title, bib id) of copies at home on the shelf of `branch`, one a title.

    Nobody waits for any of them: a return would go to whoever does.
    """
    return site.rows(
        """SELECT min(c.barcode), b.title, b.id FROM holdings_copy c
        JOIN network_node n ON n.id = c.current_node_id
        JOIN catalogue_bibrecord b ON b.id = c.bib_id
        JOIN holdings_itemkind k ON k.id = c.kind_id
        WHERE n.code = ? AND c.home_node_id = n.id AND c.state = 'available' AND c.for_loan
        AND NOT c.adult_only AND NOT c.damaged AND NOT c.missing
        AND NOT c.withdrawal_proposed AND k.code = 'book'
        AND NOT EXISTS (SELECT 1 FROM holds_hold h WHERE h.bib_id = b.id AND h.ended_at IS NULL)
        GROUP BY b.id HAVING count(*) = 1 ORDER BY random() LIMIT ?""",
        branch, number,
    )  # fmt: skip


def lent_to_somebody_else(site: Site) -> str:
    """The barcode of a copy that a reader other than ours has at home."""
    return site.rows(
        """SELECT c.barcode FROM circulation_loan l JOIN holdings_copy c ON c.id = l.copy_id
        JOIN patrons_readercard r ON r.id = l.card_id
        WHERE l.returned_at IS NULL AND l.undone_at IS NULL AND r.number <> ? LIMIT 1""",
        READER,
    )[0][0]


def blocked_card(site: Site) -> str:
    """The card of an adult whom somebody has blocked."""
    return site.rows(
        """SELECT r.number FROM patrons_block b
        JOIN patrons_readercard r ON r.person_id = b.person_id
        WHERE b.lifted_at IS NULL AND r.status = 'active' LIMIT 1"""
    )[0][0]
