"""The check digit of a Chinese identity number (GB 11643-1999)."""

import datetime as dt
import re

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "10X98765432"


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True)
    )
    return _DIGITS[total % 11]


def is_valid(number: str) -> bool:
    """Eighteen characters, a birth date that exists, and the right check digit."""
    if not _SHAPE.fullmatch(number) or check_digit(number[:17]) != number[17]:
        return False
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return True
