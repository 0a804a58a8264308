"""What happened to merged titles. Bodies are JSON values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TitlesMerged:
    """Both titles look different now: the one that stayed first."""

    bib_ids: list[int]


@dataclass(frozen=True)
class MergeUndone:
    bib_ids: list[int]
