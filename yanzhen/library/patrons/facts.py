"""What happened to reader cards. Bodies are JSON values and name no reader."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CardIssued:
    card_id: int
    category: str
    node: str


@dataclass(frozen=True)
class CardReportedLost:
    card_id: int
    node: str


@dataclass(frozen=True)
class CardReplaced:
    card_id: int
    successor_id: int
    node: str


@dataclass(frozen=True)
class CardCancelled:
    card_id: int
    node: str
