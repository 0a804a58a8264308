"""What is odd about the ISBNs of a record. Wrong numbers are printed in real books, so it is only
advice."""

from collections.abc import Iterator
from typing import NamedTuple

from yanzhen.groundwork.text.isbn import check_digit, normalise
from yanzhen.library.catalogue.marc.flavour import CNMARC, flavour_of
from yanzhen.library.catalogue.marc.record import SUBFIELD, Record

UNREAD, CHECK_DIGIT, TEN = "unread", "check-digit", "ten"


class IsbnAdvice(NamedTuple):
    """`what` is one of the above; `name` the input of the form it stands in.

    `better` is the number in 13 digits (TEN), or the last digit it ought to have (CHECK_DIGIT).
    """

    what: str
    name: str
    printed: str
    better: str


def isbn_advice(record: Record) -> Iterator[IsbnAdvice]:
    tag = "010" if flavour_of(record) == CNMARC else "020"
    for number, line in enumerate(record.lines):
        if line.startswith(tag):
            for place, part in enumerate(line.split(SUBFIELD)[1:]):
                if part[:1] == "a" and part[1:].strip():
                    yield from _advice(f"s{number}.{place}", part[1:].strip())


def _advice(name: str, printed: str) -> Iterator[IsbnAdvice]:
    number = normalise(printed)
    digits = "".join(char for char in printed if char.isalnum())
    if number is None:
        yield IsbnAdvice(UNREAD, name, printed, "")
    elif not number.valid:
        yield IsbnAdvice(CHECK_DIGIT, name, printed, _last(number.digits))
    elif len(digits) == 10:
        yield IsbnAdvice(TEN, name, printed, _hyphened(printed, number.digits))


def _last(digits: str) -> str:
    if len(digits) == 13:
        return check_digit(digits[:12]) if digits[:3] in ("978", "979") else ""
    rest = -sum(
        weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False)
    )
    return "X" if rest % 11 == 10 else str(rest % 11)


def _hyphened(printed: str, digits: str) -> str:
    """The 13 digits parted as the ten were: 7-02-000220-8 -> 978-7-02-000220-7."""
    return f"978-{printed[:-1]}{digits[-1]}" if "-" in printed else digits
