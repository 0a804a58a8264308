"""A county that buys books: a fund, a supplier, somebody at headquarters."""

from types import SimpleNamespace

from tests import county as makers
from yanzhen.library.acquisitions import funding, ordering
from yanzhen.library.acquisitions.described import Title
from yanzhen.library.acquisitions.models import OrderLine

MONDAY = makers.MONDAY
ISBNS = ("9787020002207", "9787020008728", "9787020008735", "9787020008742")
DREAM = Title("红楼梦", "曹雪芹", "人民文学出版社", 2008, ISBNS[0])
NAMELESS = Title("雁江民歌集", "演示编写组", "", 2025)


def buying(place, *, yuan: int = 1000) -> SimpleNamespace:
    """`.fund`, `.supplier`, `.by` (headquarters), `.branch` (a clerk of 中和)."""
    by = makers.staff(place.hub)
    fund = funding.open_fund(
        name="购书经费", source="district", year=2026, purpose="新书", by=by, at=MONDAY
    )
    funding.appropriate(fund.pk, fen=yuan * 100, voucher="拨2026-1", by=by, at=MONDAY)
    supplier = funding.add_supplier(name="演示书店", by=by, at=MONDAY)
    branch = makers.staff(place.zhonghe, "culture_officer", name="中和文旅专干")
    return SimpleNamespace(fund=fund, supplier=supplier, by=by, branch=branch)


def draft(buyer):
    return ordering.open_order(supplier=buyer.supplier, by=buyer.by, at=MONDAY)


def line(buyer, order, shares, *, title=DREAM, fen=5000, extra=()) -> OrderLine:
    return ordering.add_line(
        order.pk, title, fund=buyer.fund, shares=shares, list_fen=fen, extra=extra, by=buyer.by,
        at=MONDAY,
    )  # fmt: skip


def placed(buyer, shares, **fields) -> OrderLine:
    """A line of an order that was sent."""
    order = draft(buyer)
    made = line(buyer, order, shares, **fields)
    ordering.place(order.pk, by=buyer.by, at=MONDAY)
    return made
