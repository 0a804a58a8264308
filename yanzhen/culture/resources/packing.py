"""Which unit for which quarter hours: values only.

Units of one resource are alike, so a wanted unit may be made up of several, one after the other.
That way a wish is refused only when at some quarter hour too few are left (peak within count).
"""

from collections.abc import Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """A unit for the quarters [first, last)."""

    unit: int
    first: int
    last: int


def pack(
    units: int, taken: Iterable[Piece], *, wanted: int, first: int, last: int
) -> list[Piece] | None:
    """The pieces that make up `wanted` units over [first, last), or None if there are too few.

    `units` is how many there are; `taken` what others have.
    """
    busy: dict[int, list[tuple[int, int]]] = {unit: [] for unit in range(1, units + 1)}
    for piece in taken:
        if piece.unit in busy:
            busy[piece.unit].append((piece.first, piece.last))
    found: list[Piece] = []
    for _number in range(wanted):
        at = first
        while at < last:
            unit, until = _longest(busy, at, last)
            if until <= at:
                return None
            found.append(Piece(unit, at, until))
            busy[unit].append((at, until))
            at = until
    return found


def _longest(busy: dict[int, list[tuple[int, int]]], at: int, last: int) -> tuple[int, int]:
    """The unit that stays free longest from `at` on, and until when; the lowest of equals."""
    return max(
        ((unit, _free_until(spans, at, last)) for unit, spans in busy.items()),
        key=lambda each: (each[1], -each[0]),
    )


def _free_until(spans: list[tuple[int, int]], at: int, last: int) -> int:
    if any(begin <= at < end for begin, end in spans):
        return at
    return min([begin for begin, _end in spans if begin > at] + [last])
