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
class CopyFlagged:
    """A copy was found damaged, mended, missing or seen again (`FlagChange.Kind`)."""

    copy_id: int
    bib_id: int
    node: str
    kind: str


@dataclass(frozen=True)
class CopyTransferred:
    """A copy has another owner; where it shelves is as before."""

    copy_id: int
    bib_id: int
    from_node: str
    to_node: str


@dataclass(frozen=True)
class CopyMoved:
    """The copy shelves at another node from now on."""

    copy_id: int
    bib_id: int
    from_node: str
    to_node: str
