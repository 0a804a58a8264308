"""What happened to copies. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CopyAdded:
    copy_id: int
    bib_id: int
    node: str


@dataclass(frozen=True)
class TransitBegan:
    copy_id: int
    bib_id: int
    from_node: str
    to_node: str
    reason: str


@dataclass(frozen=True)
class TransitEnded:
    copy_id: int
    bib_id: int
    node: str
    ending: str


@dataclass(frozen=True)
class CopyMoved:
    """A copy belongs to another node from now on."""

    copy_id: int
    bib_id: int
    from_node: str
    to_node: str
