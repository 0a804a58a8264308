"""The desk's work through the API: what it does, and who may not."""

import datetime as dt

import pytest

from tests import county
from yanzhen.doors.api.shapes.circulation import (
    DayFigures,
    LoanLine,
    LoanMade,
    LoanRenewed,
    ReturnTaken,
    TransitLine,
)
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.tests.calling import refused, told
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.library.circulation.models import Loan, LoanRule, ReturnException
from yanzhen.network.models import Node


def order(copy, card) -> dict:
    return {"barcode": copy.barcode, "card_number": card.number}


@pytest.fixture
def copy(place):
    return county.copy(place, at=place.zhonghe)


@pytest.fixture
def loan(clerk, copy, card):
    """A loan just made by the clerk, as answered."""
    return told(clerk.post("/nodes/zhonghe/loans", order(copy, card)), LoanMade, 201)


def test_a_clerk_lends_a_copy(loan, copy, card, place):
    assert (loan["barcode"], loan["card_number"]) == (copy.barcode, card.number)
    assert (loan["reader_name"], loan["open_loans"], loan["max_loans"]) == ("张小禾", 1, 10)
    assert dt.date.fromisoformat(loan["due_on"]) >= clock.today() + dt.timedelta(days=30)
    stored = Loan.objects.get()
    assert (stored.pk, stored.lent_node, stored.copy) == (loan["id"], place.zhonghe, copy)
    assert AuditEntry.objects.get(action="copy.lent").by_name == "工作人员zhonghe"


def test_a_scan_in_full_width_and_lower_case_is_understood(clerk, copy, card):
    wide = copy.barcode.lower().translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
    sent = {"barcode": f" {wide} ", "card_number": f"{card.number}\t"}
    told(clerk.post("/nodes/zhonghe/loans", sent), LoanMade, 201)


def test_a_copy_on_loan_is_refused_in_words(loan, clerk, copy, card, place):
    again = clerk.post("/nodes/zhonghe/loans", order(copy, card))
    refused(again, 409, "copy-on-loan-to-same-reader")
    other = clerk.post("/nodes/zhonghe/loans", order(copy, county.reader(place, name="李四")))
    assert "另一位读者" in refused(other, 409, "copy-on-loan")["title"]
    assert Loan.objects.count() == 1


def test_a_clerk_of_another_branch_does_nothing_here(stranger, loan, copy, card):
    for path, body in (
        ("/nodes/zhonghe/loans", order(copy, card)),
        ("/nodes/zhonghe/returns", {"barcode": copy.barcode}),
        (f"/loans/{loan['id']}/cancellation", None),
    ):
        refused(stranger.post(path, body), 403, "not-your-branch")
    for path in ("/nodes/zhonghe/day", "/nodes/zhonghe/transits"):
        refused(stranger.get(path), 403, "not-your-branch")
    assert Loan.objects.open().count() == 1


def test_a_clerk_of_another_branch_does_not_undo_a_return(stranger, clerk, loan, copy):
    told(clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode}), ReturnTaken, 201)
    refused(stranger.post(f"/returns/{loan['id']}/cancellation"), 403, "not-your-branch")
    assert Loan.objects.open().count() == 0


def test_a_reader_is_no_clerk(reader, loan, copy, card):
    for path, body in (
        ("/nodes/zhonghe/loans", order(copy, card)),
        ("/nodes/zhonghe/returns", {"barcode": copy.barcode}),
        (f"/loans/{loan['id']}/renewal", None),
        (f"/loans/{loan['id']}/cancellation", None),
        (f"/returns/{loan['id']}/cancellation", None),
    ):
        refused(reader.post(path, body), 403, "no-permission")


def test_a_return_elsewhere_closes_the_loan_and_sends_the_copy_home(loan, stranger, clerk, copy):
    back = stranger.post("/nodes/danshan/returns", {"barcode": copy.barcode})
    taken = told(back, ReturnTaken, 201)
    assert taken["outcome"] == {"code": "returned", "label": "已还"}
    assert (taken["loan_id"], taken["overdue_days"]) == (loan["id"], 0)
    assert taken["goes_to"] == {"code": "zhonghe", "name": "中和镇分馆"}
    leaving = told(stranger.get("/nodes/danshan/transits?direction=out"), Page[TransitLine])
    arriving = told(clerk.get("/nodes/zhonghe/transits?direction=in"), Page[TransitLine])
    assert leaving["items"] == arriving["items"]
    assert (leaving["total"], leaving["items"][0]["barcode"]) == (1, copy.barcode)
    assert leaving["items"][0]["sent_at"].endswith("+08:00")
    assert told(clerk.get("/nodes/zhonghe/transits?direction=out"), Page[TransitLine])["total"] == 0


@pytest.mark.parametrize("barcode", ["NOBODY1", "📚🐼", "'); DROP TABLE--"])
def test_what_nobody_knows_is_taken_in_and_noted(clerk, barcode):
    taken = told(clerk.post("/nodes/zhonghe/returns", {"barcode": barcode}), ReturnTaken, 201)
    assert (taken["outcome"]["code"], taken["title"]) == ("unknown", "")
    assert ReturnException.objects.get().barcode == barcode


def test_an_unknown_card_and_an_unknown_copy_are_told_apart(clerk, copy, card):
    def lend(barcode, number):
        return clerk.post("/nodes/zhonghe/loans", {"barcode": barcode, "card_number": number})

    refused(lend(copy.barcode, "51200299999999"), 404, "card-unknown")
    refused(lend(copy.barcode, "🦢"), 404, "card-unknown")
    refused(lend("NOBODY1", card.number), 404, "copy-unknown")
    assert not Loan.objects.exists()


@pytest.mark.parametrize("code", ["nowhere", "x" * 10_000])
def test_an_unknown_node_is_said(clerk, code):
    refused(clerk.post(f"/nodes/{code}/returns", {"barcode": "A1"}), 404, "node-unknown")
    refused(clerk.get(f"/nodes/{code}/day"), 404, "node-unknown")


def test_a_node_of_the_culture_tree_lends_nothing(librarian, place, copy, card):
    Node.objects.create(
        code="culture-centre",
        name="文化馆",
        short_name="文化馆",
        site=place.hub.site,
        tree="culture",
        level="hub",
        path="culture-centre.",
        status="open",
    )
    response = librarian.post("/nodes/culture-centre/loans", order(copy, card))
    refused(response, 404, "node-unknown")


def test_a_clerk_renews_a_loan_once_and_no_more(loan, clerk):
    path = f"/loans/{loan['id']}/renewal"
    renewed = told(clerk.post(path), LoanRenewed, 201)
    assert [each["document"] for each in renewed["explain"]] == ["默认规则", "默认规则"]
    assert renewed["due_on"] > loan["due_on"]
    assert (renewed["renewals"], renewed["renewals_left"]) == (1, 0)
    said = refused(clerk.post(path), 409, "renewal-limit-reached")
    assert [(each["name"], each["value"]) for each in said["explain"]] == [("max_renewals", 1)]


def test_a_refused_loan_says_which_row_refused_it(place, clerk, card):
    LoanRule.objects.update(max_loans=0)
    copy = county.copy(place, at=place.zhonghe)
    order = {"barcode": copy.barcode, "card_number": card.number}
    said = refused(clerk.post("/nodes/zhonghe/loans", order), 409, "loan-limit-reached")
    assert said["explain"] == [
        {"name": "max_loans", "value": 0, "rule_id": place.rule.pk, "document": "默认规则"}
    ]


def test_what_rests_on_a_law_names_it(place, clerk):
    child = county.reader(place, category=place.child, born_on=dt.date(2018, 1, 1))
    copy = county.copy(place, at=place.zhonghe, adult_only=True)
    order = {"barcode": copy.barcode, "card_number": child.number}
    said = refused(clerk.post("/nodes/zhonghe/loans", order), 409, "copy-adult-only")
    assert said["explain"][0]["rule_id"] is None
    assert "公共图书馆法" in said["explain"][0]["document"]


def test_a_lending_is_undone(loan, clerk):
    undone = told(clerk.post(f"/loans/{loan['id']}/cancellation"), LoanLine, 201)
    assert undone["undone_at"]
    assert not Loan.objects.open().exists()
    refused(clerk.post(f"/loans/{loan['id']}/cancellation"), 409, "not-the-last-action")


def test_a_return_is_undone(loan, clerk, copy):
    clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode})
    reopened = told(clerk.post(f"/returns/{loan['id']}/cancellation"), LoanLine, 201)
    assert reopened["returned_at"] is None
    assert Loan.objects.open().count() == 1


@pytest.mark.parametrize(
    "what", ["loans/{}/renewal", "loans/{}/cancellation", "returns/{}/cancellation"]
)
@pytest.mark.parametrize("number", [0, 987654321, 10**30])
def test_a_loan_that_does_not_exist_is_said(clerk, what, number):
    refused(clerk.post(f"/{what.format(number)}"), 404, "loan-unknown")


def test_the_day_counts_what_was_done(loan, clerk, copy):
    clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode})
    day = told(clerk.get("/nodes/zhonghe/day"), DayFigures)
    assert day == {
        "node": "zhonghe", "date": clock.today().isoformat(), "lent": 1, "returned": 1,
        "arriving": 0, "leaving": 0, "exceptions": 0,
    }  # fmt: skip
