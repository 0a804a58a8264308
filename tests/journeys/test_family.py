"""One's own page: renewing one's loans, and a child's."""

from playwright.sync_api import Page, expect


def renew_one(page: Page, shelf) -> None:
    """Renew the first loan of a shelf that may be renewed; the page says until when."""
    button = shelf.locator("form[action*=renewal] button").first
    button.click()
    expect(page.locator(".notice.tone-done")).to_contain_text("续好了")


def test_a_reader_renews(page_as, site):
    page = page_as("reader")
    page.goto("/me/")
    ((name,),) = site.rows(
        """SELECT p.name FROM people_person p JOIN people_account a ON a.person_id = p.id
        WHERE a.username = 'reader'"""
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    shelf = page.locator("section[aria-labelledby^=shelf-]").first
    form = shelf.locator("form[action*=renewal]").first
    address = form.get_attribute("action")
    loan_id = int(address.split("/loans/")[1].split("/")[0])
    ((left,),) = site.rows(
        "SELECT max_renewals - renewals FROM circulation_loan WHERE id = ?", loan_id
    )
    same = shelf.locator(f"form[action='{address}']")
    for _time in range(left):
        expect(same).to_have_count(1)
        same.locator("button").click()
        expect(page.locator(".notice.tone-done")).to_contain_text("续好了")
    expect(same).to_have_count(0)
    expect(shelf).to_contain_text("不能再续了")


def test_a_guardian_renews_the_childs_loan(page_as):
    page = page_as("guardian")
    page.goto("/me/")
    child = page.locator("section[aria-labelledby^=shelf-]").nth(1)
    expect(child.get_by_role("heading", level=2)).to_contain_text("借的书")
    renew_one(page, child)


def test_ones_own_card_is_shown(page_as):
    page = page_as("reader", width=360)
    page.goto("/me/")
    page.get_by_role("link", name="出示我的证").click()
    expect(page.get_by_role("img", name="51200200000017")).to_be_visible()


def test_nobody_renews_for_a_stranger(page_as, site):
    page = page_as("elder")
    ((loan,),) = site.rows(
        """SELECT l.id FROM circulation_loan l JOIN patrons_readercard r ON r.id = l.card_id
        WHERE r.number = '51200200000017' AND l.returned_at IS NULL LIMIT 1"""
    )
    page.goto("/me/")
    page.locator("form[action*=renewal]").first.evaluate(
        "(form, address) => { form.action = address; form.submit(); }", f"/me/loans/{loan}/renewal/"
    )
    expect(page.locator(".notice.tone-done")).to_have_count(0)
    expect(page.get_by_text("没有找到这条借阅")).to_be_visible()
