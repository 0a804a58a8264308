"""What happened in purchasing. Bodies are JSON values and name no reader."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WishDecided:
    wish_id: int
    ordered: bool


@dataclass(frozen=True)
class OrderPlaced:
    order_id: int
    lines: int
    fen: int


@dataclass(frozen=True)
class BooksReceived:
    line_id: int
    bib_id: int
    node: str
    copies: int


@dataclass(frozen=True)
class InvoiceBooked:
    invoice_id: int
    fen: int
