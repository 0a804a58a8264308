"""The local holdings field 905 (馆藏信息): a plan for the copies to make, never kept as truth.

Every supplier uses its subfields in its own way, so what they mean is a table the person
importing can change and preview.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from yanzhen.library.catalogue.marc.record import Field, Record

MEANINGS = (
    "site", "barcode", "location", "class_number", "book_number", "call_number", "volume", "count",
    "price",
)  # fmt: skip
DEFAULT_MAPPING = {
    "a": "site",
    "b": "barcode",
    "c": "location",
    "d": "class_number",
    "e": "book_number",
    "s": "call_number",
    "f": "count",
}
MOST_COPIES = 500  # of one field: a larger count is a misread number


@dataclass(frozen=True, slots=True)
class ProposedCopy:
    """A copy a record proposes; strings are "" where it is silent (a barcode too)."""

    site: str = ""
    barcode: str = ""
    location: str = ""
    call_number: str = ""
    price: str = ""


def proposed_copies(
    record: Record, mapping: Mapping[str, str] = DEFAULT_MAPPING, tag: str = "905"
) -> list[ProposedCopy]:
    """Copies told by all fields `tag`. `mapping` is subfield code -> one of MEANINGS."""
    return [copy for field in record.all(tag) for copy in _copies(field, mapping)]


def _copies(field: Field, mapping: Mapping[str, str]) -> list[ProposedCopy]:
    """One copy a barcode; a count beyond the barcodes adds copies without one."""
    told: dict[str, list[str]] = {meaning: [] for meaning in MEANINGS}
    for code, value in field.subfields:
        if code in mapping and value.strip():
            told[mapping[code]].append(value.strip())
    if not any(told.values()):
        return []
    barcodes = told["barcode"] + [""] * (_count(told["count"]) - len(told["barcode"]))
    site, location, price = (_first(told[m]) for m in ("site", "location", "price"))
    call_number = _first(told["call_number"]) or "/".join(
        filter(None, (_first(told["class_number"]), _first(told["book_number"])))
    )
    call_number = "/".join(filter(None, (call_number, _first(told["volume"]))))
    return [
        ProposedCopy(site, barcode, location, call_number, price) for barcode in barcodes or [""]
    ]


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _count(values: list[str]) -> int:
    digits = _first(values)
    return min(int(digits), MOST_COPIES) if digits.isascii() and digits.isdigit() else 0
