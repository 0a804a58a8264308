"""A reader's own affairs, and what a desk may look up."""

import datetime as dt

import pytest

from tests import county
from yanzhen.doors.api.shapes.circulation import CopyLine, LoanLine, LoanRenewed
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.shapes.readers import Me, ReaderFile
from yanzhen.doors.api.tests.calling import Caller, reader_account, refused, told
from yanzhen.groundwork.models import AuditEntry
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import BarcodeAlias
from yanzhen.library.patrons.models import Block


@pytest.fixture
def copy(place):
    return county.copy(place, at=place.zhonghe)


@pytest.fixture
def loan(clerk, copy, card):
    order = {"barcode": copy.barcode, "card_number": card.number}
    return clerk.post("/nodes/zhonghe/loans", order).json()


@pytest.fixture
def neighbour(place):
    """Another reader, with an account."""
    return Caller(reader_account(county.reader(place, name="李四").person, "neighbour"))


def test_a_reader_is_told_who_they_are(reader, card, loan):
    Block.objects.create(
        person=card.person,
        reason="staff",
        note="光盘未赔",
        placed_at=county.MONDAY,
        placed_by="馆长",
    )
    me = told(reader.get("/me"), Me)
    assert (me["name"], me["card"]["number"], me["open_loans"]) == ("张小禾", card.number, 1)
    assert me["blocks"][0]["note"] == "光盘未赔"
    assert me["roles"] == []


def test_staff_are_told_their_duties(clerk):
    me = told(clerk.get("/me"), Me)
    assert me["card"] is None
    kind = {"code": "culture_officer", "label": "文旅专干"}
    assert me["roles"] == [{"kind": kind, "node": "zhonghe"}]


def test_a_reader_sees_only_their_own_loans(reader, neighbour, loan):
    mine = told(reader.get("/me/loans"), Page[LoanLine])
    assert [item["id"] for item in mine["items"]] == [loan["id"]]
    assert told(neighbour.get("/me/loans"), Page[LoanLine])["total"] == 0


def test_history_holds_what_came_back(reader, neighbour, clerk, loan, copy):
    assert told(reader.get("/me/history"), Page[LoanLine])["total"] == 0
    clerk.post("/nodes/zhonghe/returns", {"barcode": copy.barcode})
    past = told(reader.get("/me/history"), Page[LoanLine])
    assert past["items"][0]["returned_node"]["code"] == "zhonghe"
    assert past["items"][0]["returned_at"].endswith("+08:00")
    assert told(neighbour.get("/me/history"), Page[LoanLine])["total"] == 0


def test_listing_loans_costs_the_same_however_many(
    reader, card, place, django_assert_max_num_queries
):
    copies = [county.copy(place) for _ in range(12)]
    for each in copies:
        Loan.objects.create(
            copy=each,
            person=card.person,
            card=card,
            category_code="adult",
            age_band="35-59",
            lent_node=place.hub,
            lent_at=county.MONDAY,
            lent_by="馆员",
            due_on=dt.date(2030, 1, 1),
            governing_node=place.hub,
            rule=place.rule,
            max_renewals=1,
            loan_days=30,
        )
    with django_assert_max_num_queries(5):
        assert told(reader.get("/me/loans?page_size=5"), Page[LoanLine])["total"] == 12


def test_a_reader_renews_their_own_loan_and_nobody_elses(reader, neighbour, librarian, loan):
    path = f"/me/loans/{loan['id']}/renewal"
    refused(neighbour.post(path), 404, "loan-unknown")
    refused(librarian.post(path), 404, "loan-unknown")
    assert told(reader.post(path), LoanRenewed, 201)["due_on"] > loan["due_on"]


def test_opening_a_readers_file_is_written_down(clerk, card, loan):
    file = told(clerk.get(f"/readers/{card.number}"), ReaderFile)
    assert (file["name"], file["card"]["status"]["code"]) == ("张小禾", "active")
    assert [each["id"] for each in file["loans"]] == [loan["id"]]
    read = AuditEntry.objects.get(action="person.read")
    assert (read.subject, read.by_name) == (f"person:{card.person_id}", "工作人员zhonghe")


def test_a_childs_file_asks_for_a_reason(clerk, place):
    child = county.reader(place, name="小豆", born_on=dt.date(2018, 6, 1))
    refused(clerk.get(f"/readers/{child.number}"), 409, "reason-missing")
    assert not AuditEntry.objects.filter(action="person.read").exists()
    told(clerk.get(f"/readers/{child.number}?reason=counter"), ReaderFile)
    assert AuditEntry.objects.get(action="person.read").detail == {"reason": "counter"}


def test_a_reader_opens_nobodys_file(reader, card):
    """Not even their own, and they do not learn which cards exist."""
    for number in (card.number, "51200299999999"):
        refused(reader.get(f"/readers/{number}"), 403, "no-permission")


@pytest.mark.parametrize("number", ["51200299999999", "🐼", "9" * 10_000, "a%00b", "%20"])
def test_an_unknown_card_is_said(clerk, number):
    refused(clerk.get(f"/readers/{number}"), 404, "card-unknown")


def test_a_copy_is_told_without_its_reader(clerk, copy, card, loan):
    line = told(clerk.get(f"/copies/{copy.barcode.lower()}"), CopyLine)
    assert (line["state"]["code"], line["due_on"]) == ("on_loan", loan["due_on"])
    assert card.number not in str(line)
    assert card.person.name not in str(line)


def test_a_copy_on_the_road_tells_its_journey(clerk, stranger, copy):
    stranger.post("/nodes/danshan/returns", {"barcode": copy.barcode})
    line = told(clerk.get(f"/copies/{copy.barcode}"), CopyLine)
    assert line["state"]["code"] == "in_transit"
    assert (line["transit"]["to_node"]["code"], line["due_on"]) == ("zhonghe", None)


def test_an_old_barcode_means_a_copy_at_its_own_branch(clerk, copy, place):
    BarcodeAlias.objects.create(node=place.zhonghe, barcode="OLD1", copy=copy)
    assert told(clerk.get("/copies/OLD1?node=zhonghe"), CopyLine)["barcode"] == copy.barcode
    refused(clerk.get("/copies/OLD1"), 404, "copy-unknown")
    refused(clerk.get("/copies/OLD1?node=nowhere"), 404, "node-unknown")


@pytest.mark.parametrize("barcode", ["NOBODY1", "🐼", "9" * 10_000, "a%00b"])
def test_an_unknown_barcode_is_said(clerk, place, barcode):
    refused(clerk.get(f"/copies/{barcode}"), 404, "copy-unknown")


def test_a_reader_looks_up_no_copy(reader, copy):
    refused(reader.get(f"/copies/{copy.barcode}"), 403, "no-permission")
