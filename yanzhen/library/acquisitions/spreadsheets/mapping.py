"""Which column is what: guessed from the heads, remembered per supplier, changed by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.groundwork.text.folding import fold
from yanzhen.library.acquisitions.amounts import fen_of
from yanzhen.library.acquisitions.described import Title, told

FIELDS = {
    "title": (_("书名"), ("书名", "题名", "正题名", "品名", "title")),
    "isbn": ("ISBN", ("isbn", "书号", "标准书号", "条码")),
    "author": (_("作者"), ("作者", "著者", "责任者", "author")),
    "publisher": (_("出版社"), ("出版社", "出版者", "publisher")),
    "year": (_("出版年"), ("出版年", "出版日期", "出版时间", "year")),
    "price": (_("定价"), ("定价", "单价", "价格", "price")),
    "quantity": (_("册数"), ("册数", "数量", "复本", "订数", "quantity")),
}

Columns = dict[str, int]  # field → column, counted from 0 without the row number


@dataclass(frozen=True)
class Read:
    """One row made out: its number in the file, and a title or what is wrong with it."""

    number: int
    title: Title | None
    fen: int
    quantity: int
    problem: Refused | None


def guessed(head: Sequence[str], remembered: Mapping[str, str]) -> Columns:
    """The columns by their heads: as this supplier's list was read last time, else by name."""
    plain = [fold(cell).replace(" ", "") for cell in head]
    columns: Columns = {}
    for name, (_word, words) in FIELDS.items():
        wanted = [fold(remembered[name]).replace(" ", "")] if name in remembered else []
        wanted += [fold(word).replace(" ", "") for word in words]
        exact = [plain.index(word) for word in wanted if word in plain]
        near = [n for word in wanted for n, cell in enumerate(plain) if word and word in cell]
        free = [n for n in (*exact, *near) if n not in columns.values()]
        if free:
            columns[name] = free[0]
    return columns


def read_rows(rows: Sequence[Sequence[str]], columns: Mapping[str, int], *, at) -> list[Read]:
    """Every row after the head, read through `columns`; nothing is left out silently."""
    return [_read(row, columns, at) for row in rows[1:]]


def _read(row: Sequence[str], columns: Mapping[str, int], at) -> Read:
    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place + 1] if place is not None and place + 1 < len(row) else ""

    number, price, count = int(row[0]), cell("price"), cell("quantity")
    fen = fen_of(price) if price else 0
    year = cell("year")[:4]
    try:
        title = told(
            title=cell("title"), author=cell("author"), publisher=cell("publisher"),
            year=int(year) if year.isdecimal() else None, isbn=cell("isbn"), at=at,
        )  # fmt: skip
    except Refused as refused:
        return Read(number, None, 0, 0, refused)
    problem = None
    if fen is None:
        problem = Refused("money-unreadable", str(_("定价读不出来。")), "", status=422)
    elif count and not (count.isdecimal() and 1 <= int(count[:6]) <= 999):
        problem = Refused("quantity-unlikely", str(_("册数读不出来。")), "", status=422)
    return Read(number, title, fen or 0, int(count) if count.isdecimal() else 1, problem)
