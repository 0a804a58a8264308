"""What happened in a contest. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoundAnnounced:
    """The programme of a round is public."""

    round_id: int
    entries: int


@dataclass(frozen=True)
class RoundPublished:
    """A result is public; above version 1 it replaces an earlier one."""

    round_id: int
    version: int
    digest: str


@dataclass(frozen=True)
class SheetChanged:
    """A judge's sheet was changed late."""

    round_id: int
    sheet_id: int
    version: int
    reason: str


@dataclass(frozen=True)
class JudgeWithdrawn:
    """A judge stepped back; the sheets of this judge count no more."""

    round_id: int
    judge_id: int
    reason: str
