"""What happened to proposals of withdrawal. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WithdrawalProposed:
    """A copy stands on a submitted list: no longer on the shelf for readers."""

    copy_id: int
    bib_id: int
    node: str


@dataclass(frozen=True)
class WithdrawalRefused:
    """The main library keeps the copy."""

    copy_id: int
    bib_id: int
    node: str


@dataclass(frozen=True)
class CopyWithdrawn:
    """A copy left the stock by an approved list; `document` is the list's number."""

    copy_id: int
    bib_id: int
    node: str
    document: str


@dataclass(frozen=True)
class CopyRestored:
    """A withdrawal was undone in time."""

    copy_id: int
    bib_id: int
    node: str
    document: str
