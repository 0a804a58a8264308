"""An order as a sheet for the supplier: XLSX, or CSV in UTF-8 or GB18030."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook

from yanzhen.library.acquisitions.amounts import yuan
from yanzhen.library.acquisitions.models import OrderLine

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(lines: Iterable[OrderLine]) -> list[list[str]]:
    """Head and rows; the words of the head are those the import knows again."""
    head = ["ISBN", _("书名"), _("作者"), _("出版社"), _("出版年"), _("定价"), _("实价"), _("册数"),
            _("分配去向")]  # fmt: skip
    return [head, *([harmless(cell) for cell in _cells(line)] for line in lines)]


def _cells(line: OrderLine) -> list[str]:
    split = "；".join(f"{row.node.short_label} {row.quantity}" for row in line.allocations.all())
    return [
        line.isbn13, line.title, line.author, line.publisher, str(line.year or ""),
        yuan(line.list_fen).replace(",", ""), yuan(line.unit_fen).replace(",", ""),
        str(line.quantity), split,
    ]  # fmt: skip


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: a title may begin with = or +."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_excel(rows: list[list[str]]) -> bytes:
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(row)
        for cell in page[page.max_row]:
            cell.data_type = "s"  # text, whatever it looks like: an ISBN stays whole
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows: list[list[str]], encoding: str) -> bytes:
    """`encoding` is "utf-8-sig" (Excel wants the mark) or "gb18030"."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding, errors="replace")
