"""The number a person says on the telephone, and the code that opens an order without an account.

Both are worked out from the row's id and never stored: the number by a permutation, so that nobody
counts our orders by it; the code by a keyed digest, so that whoever reads the database cannot open
an order with it. A new SECRET_KEY makes new codes.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

_SIZE = 900_000  # six digits, the first no zero; enough for a county's orders of centuries
_FIRST = 100_000
_STEP = 524_287  # a prime that shares no factor with _SIZE
_BACK = pow(_STEP, -1, _SIZE)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that sounds or looks like another
_LENGTH = 8


def number_of(order_id: int) -> str:
    """Six digits, e.g. 624287."""
    return str(_FIRST + order_id * _STEP % _SIZE)


def id_of(number: str) -> int | None:
    """The order's id; None for what is no such number."""
    digits = "".join(number.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6 and digits[0] != "0"):
        return None
    return (int(digits) - _FIRST) * _BACK % _SIZE


def code_of(order_id: int) -> str:
    """Eight letters and digits, the same for the same order."""
    digest = salted_hmac("yanzhen.tours.order", str(order_id), algorithm="sha256").digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_LENGTH])


def fits(order_id: int, code: str) -> bool:
    """Whether this code opens this order; small letters and a gap in the middle are fine."""
    typed = "".join(char for char in code.upper() if char.isalnum())
    return typed.isascii() and constant_time_compare(typed, code_of(order_id))
