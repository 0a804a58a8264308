"""Wishes and orders through the API, read only."""

import pytest

from tests import county
from yanzhen.doors.api.shapes.acquisitions import OrderHead, OrderTold, WishLine
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.tests.calling import refused, told
from yanzhen.library.acquisitions import receiving, wishing
from yanzhen.library.acquisitions.receiving import Came
from yanzhen.library.acquisitions.tests.makers import DREAM, MONDAY, buying, placed


@pytest.fixture
def line(place):
    """Two copies ordered, one for 中和; one has come to the main library."""
    buyer = buying(place)
    line = placed(buyer, {place.hub.pk: 1, place.zhonghe.pk: 1})
    receiving.receive(
        line.pk, {line.allocations.get(node=place.hub).pk: Came(1)}, barcodes=["N1"],
        kind=place.book, at_node=place.hub, by=buyer.by, at=MONDAY,
    )  # fmt: skip
    return line


def test_the_main_library_reads_its_orders(librarian, line, place):
    page = told(librarian.get("/purchasing/orders"), Page[OrderHead])
    (head,) = page["items"]
    assert (head["titles"], head["quantity"], head["outstanding"]) == (1, 2, 1)
    assert (head["state"]["code"], head["fen"]) == ("coming", 2 * line.unit_fen)
    order = told(librarian.get(f"/purchasing/orders/{head['id']}"), OrderTold)
    shares = {each["node"]["code"]: each["received"] for each in order["lines"][0]["shares"]}
    assert shares == {"main-library": 1, "zhonghe": 0}
    refused(librarian.get("/purchasing/orders/999"), 404, "not-found")


def test_a_branch_reads_its_own_wishes_and_no_orders(clerk, stranger, line, place):
    by = county.staff(place.zhonghe, "culture_officer")
    wishing.wish(DREAM, node=place.zhonghe, quantity=2, by=by, at=MONDAY)
    page = told(clerk.get("/nodes/zhonghe/wishes"), Page[WishLine])
    (wish,) = page["items"]
    assert (wish["title"], wish["quantity"], wish["suggested"]) == ("红楼梦", 2, False)
    assert wish["state"]["code"] == "waiting"
    refused(stranger.get("/nodes/zhonghe/wishes"), 403, "not-your-branch")
    assert clerk.get("/purchasing/orders").status_code == 403
    assert clerk.get(f"/purchasing/orders/{line.order_id}").status_code == 403


def test_a_reader_and_nobody_see_neither(reader, nobody, line):
    for path in ("/nodes/zhonghe/wishes", "/purchasing/orders"):
        assert reader.get(path).status_code == 403
        assert nobody.get(path).status_code == 401
