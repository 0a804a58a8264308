"""What happened in circulation. Bodies are JSON values and name no reader."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LoanMade:
    copy_id: int
    bib_id: int
    node: str
    category: str


@dataclass(frozen=True)
class LoanReturned:
    copy_id: int
    bib_id: int
    node: str
    lent_node: str


@dataclass(frozen=True)
class LoanRenewed:
    copy_id: int
    bib_id: int
    due_on: str


@dataclass(frozen=True)
class LoanUndone:
    copy_id: int
    bib_id: int
    node: str
    what: str


@dataclass(frozen=True)
class CopyLost:
    copy_id: int
    bib_id: int
    node: str
