"""Suppliers' lists in every dress, and bad ones; orders out."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import queries
from yanzhen.library.acquisitions.models import OrderLine, SupplierList
from yanzhen.library.acquisitions.spreadsheets import reading, taking, writing
from yanzhen.library.acquisitions.tests.makers import DREAM, MONDAY, draft, line

TEXT = (
    "书号,书名,作者,出版社,出版日期,定价(元),数量\r\n"
    "978-7-02-000220-7,红楼梦,曹雪芹,人民文学出版社,2008-07,￥59.70,2\r\n"
    ",,,,,,\r\n"
    "9787,坏书号,某,某社,2020,10,1\r\n"
    "9787020008728,三国演义,罗贯中,人民文学出版社,1998,面议,1\r\n"
    "9787020002207,红楼梦,曹雪芹,人民文学出版社,2008,59.70,1\r\n"
    ",雁江民歌集,演示,,2025,30,1\r\n"
)


def excel(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(buyer, content, name="书目.csv"):
    return taking.upload(draft(buyer).pk, name=name, content=content, by=buyer.by, at=MONDAY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_looked_at_row_by_row_and_then_taken(place, buyer, encoding):
    kept = uploaded(buyer, TEXT.encode(encoding))
    columns = taking.columns_for(kept)
    assert columns == {
        "isbn": 0, "title": 1, "author": 2, "publisher": 3, "year": 4, "price": 5, "quantity": 6,
    }  # fmt: skip
    reads = taking.looked_at(kept, columns, place.hub, at=MONDAY)
    problems = {read.number: read.problem.code for read in reads if read.problem}
    assert problems == {4: "isbn-wrong", 5: "money-unreadable", 6: "line-exists"}
    assert not OrderLine.objects.exists()
    outcome = taking.take(kept.pk, columns, fund=buyer.fund, node=place.hub, by=buyer.by, at=MONDAY)
    assert outcome.added == 2
    made = OrderLine.objects.get(isbn13=DREAM.isbn13)
    assert (made.quantity, made.list_fen, made.year) == (2, 5970, 2008)
    with pytest.raises(Refused, match="order-not-draft"):
        taking.take(kept.pk, columns, fund=buyer.fund, node=place.hub, by=buyer.by, at=MONDAY)


def test_columns_are_remembered_per_supplier(place, buyer):
    kept = uploaded(buyer, "甲,乙\n红楼梦,59.7\n".encode())
    assert taking.columns_for(kept) == {}
    taking.take(
        kept.pk, {"title": 0, "price": 1}, fund=buyer.fund, node=place.hub, by=buyer.by, at=MONDAY
    )
    again = uploaded(buyer, "乙,甲\n59.7,三国演义\n".encode())
    again.supplier.refresh_from_db()
    assert taking.columns_for(again) == {"title": 1, "price": 0}


def test_excel_numbers_stay_isbns(place, buyer):
    kept = uploaded(buyer, excel([["ISBN", "书名"], [9787020002207.0, "红楼梦"]]), "书目.xlsx")
    read = taking.looked_at(kept, taking.columns_for(kept), place.hub, at=MONDAY)[0]
    assert read.title.isbn13 == "9787020002207"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\xff\xff", b"PK\x03\x04broken", b"\x00\x01\x02", "书名\n".encode(),
     b"a,b\n" * (reading.MOST_ROWS + 1), b"x" * (reading.MOST_BYTES + 1)],
    ids=["empty", "encoding", "zip", "binary", "head only", "rows", "bytes"],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words(buyer, content):
    with pytest.raises(Refused) as refused:
        uploaded(buyer, content)
    assert refused.value.code == "list-unreadable"
    assert refused.value.remedy


def test_a_cell_is_never_a_formula(place, buyer):
    order = draft(buyer)
    made = line(buyer, order, {place.hub.pk: 1})
    OrderLine.objects.filter(pk=made.pk).update(title='=HYPERLINK("http://x")', author="+1")
    rows = writing.sheet(queries.lines())
    assert rows[1][1].startswith("'=")
    page = load_workbook(io.BytesIO(writing.as_excel(rows))).active
    assert [page.cell(2, n).data_type for n in (1, 2, 3)] == ["s", "s", "s"]
    assert page.cell(2, 1).value == DREAM.isbn13
    assert "'+1" in writing.as_csv(rows, "gb18030").decode("gb18030")


def test_what_goes_out_comes_in_again(place, buyer):
    line(buyer, draft(buyer), {place.hub.pk: 2})
    kept = uploaded(buyer, writing.as_csv(writing.sheet(queries.lines()), "gb18030"))
    read = taking.looked_at(kept, taking.columns_for(kept), place.zhonghe, at=MONDAY)[0]
    assert (read.title, read.fen, read.quantity) == (DREAM, 5000, 2)


def test_a_list_nobody_took_is_forgotten_after_two_days(place, buyer):
    days = dt.timedelta(days=1)
    uploaded(buyer, TEXT.encode())
    taken = uploaded(buyer, TEXT.encode())
    columns = taking.columns_for(taken)
    taking.take(taken.pk, columns, fund=buyer.fund, node=place.hub, by=buyer.by, at=MONDAY)
    assert taking.forget_unconfirmed(MONDAY + 2 * days) == 0
    assert taking.forget_unconfirmed(MONDAY + 3 * days) == 1
    assert list(SupplierList.objects.all()) == [taken]
