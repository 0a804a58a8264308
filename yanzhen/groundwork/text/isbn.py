"""International Standard Book Numbers (ISO 2108) as they stand in records and on covers."""

import re
import unicodedata
from typing import NamedTuple

_LEADING = re.compile(r"[0-9][0-9 \-‐‑‒–—−]*[0-9Xx]")
_TWELVE_ZEROS = 6 * 48 + 3 * 6 * 48
_NOT_DIGIT = re.compile(r"[^0-9X]")


class Isbn(NamedTuple):
    """A number found: 13 digits when `valid`, else the 10 or 13 as printed.

    Wrong numbers are printed in real books, so they are kept; never match records on them.
    """

    digits: str
    valid: bool


def check_digit(first_twelve: str) -> str:
    """Check digit of an ISBN-13 from its first twelve digits."""
    codes = first_twelve.encode("ascii")  # of a digit: 48 more than it is worth
    return str((_TWELVE_ZEROS - sum(codes[::2]) - 3 * sum(codes[1::2])) % 10)


def normalise(raw: str) -> Isbn | None:
    """Read the number at the start of `raw`: hyphens, full width, "ISBN", "(精装)" are passed over.

    None when there is no number of 10 or 13 digits (binding and price only, 统一书刊号).
    """
    if len(raw) == 13 and raw.isascii() and raw.isdigit():
        return _thirteen(raw)
    found = _LEADING.search(unicodedata.normalize("NFKC", raw))
    if not found:
        return None
    digits = _NOT_DIGIT.sub("", found.group().upper())
    if len(digits) == 13 and "X" not in digits:
        return _thirteen(digits)
    if len(digits) == 10 and "X" not in digits[:9]:
        return _ten(digits)
    return None


def _thirteen(digits: str) -> Isbn:
    valid = digits[:3] in ("978", "979") and check_digit(digits[:12]) == digits[12]
    return Isbn(digits, valid)


def _ten(digits: str) -> Isbn:
    values = [10 if d == "X" else int(d) for d in digits]
    if sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11:
        return Isbn(digits, False)
    twelve = "978" + digits[:9]
    return Isbn(twelve + check_digit(twelve), True)
