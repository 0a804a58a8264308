"""What happened to claims and resources. `reference` is the name the use has where it came from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ResourcesClaimed:
    """All that one use needs was claimed together."""

    reference: str
    claim_ids: list[int]


@dataclass(frozen=True)
class ClaimsConfirmed:
    """A draft became a live claim."""

    reference: str


@dataclass(frozen=True)
class ClaimsMoved:
    """Moments as ISO 8601."""

    reference: str
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class ClaimsReleased:
    reference: str


@dataclass(frozen=True)
class ResourceSwapped:
    """A substitute took over a claim."""

    reference: str
    claim_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class DraftExpired:
    reference: str


@dataclass(frozen=True)
class ResourceEntered:
    resource_id: int
    sort: str


@dataclass(frozen=True)
class ResourceChanged:
    resource_id: int
    sort: str
