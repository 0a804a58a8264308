"""Sums of money in whole 分: read, said, discounted."""

import re
import unicodedata

_YUAN = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")
WHOLE = 10_000  # a discount of 10000 is the full list price, 7500 is 七五折


def fen_of(text: str) -> int | None:
    """The 分 in what a clerk types or a list says: 45.00, ￥１,２３４.５ 元, CNY45; None when it is
    no such sum."""
    plain = unicodedata.normalize("NFKC", str(text)).upper()
    plain = re.sub(r"[\s,¥元]|CNY|RMB", "", plain)
    found = _YUAN.fullmatch(plain)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def yuan(fen: int) -> str:
    """1234.50 for 123450 分."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def net(list_fen: int, discount: int) -> int:
    """The agreed price of one copy, to the nearest 分, half a 分 upwards."""
    return (list_fen * discount + WHOLE // 2) // WHOLE
