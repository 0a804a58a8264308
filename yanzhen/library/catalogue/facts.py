"""What happened to titles. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordSaved:
    bib_id: int


@dataclass(frozen=True)
class RecordDeleted:
    bib_id: int


@dataclass(frozen=True)
class RecordsAdded:
    """New titles from `first_id` to `last_id`; `indexed` when the search index has them already."""

    first_id: int
    last_id: int
    indexed: bool


@dataclass(frozen=True)
class RecordsReplaced:
    bib_ids: list[int]


@dataclass(frozen=True)
class ProposalMade:
    proposal_id: int
    node: str


@dataclass(frozen=True)
class ProposalDecided:
    proposal_id: int
    node: str
    state: str
