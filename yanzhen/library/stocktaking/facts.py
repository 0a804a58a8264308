"""What happened in stocktaking. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CopyMissed:
    """A count closed without seeing the copy: it is marked missing."""

    copy_id: int
    bib_id: int
    node: str


@dataclass(frozen=True)
class MissingCopySeen:
    """A copy marked missing was counted on its shelf."""

    copy_id: int
    bib_id: int
    node: str
