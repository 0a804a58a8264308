"""Reading the fixture files and settling rows by their unique fields."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from django.db.models import Model

from yanzhen.groundwork import audit

Row = TypeVar("Row", bound=Model)
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a fixture file, every value as text."""
    with (FIXTURES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day_or_none(text: str) -> dt.date | None:
    """An ISO date; nothing for an empty cell."""
    return dt.date.fromisoformat(text) if text else None


def settle(rows: Iterable[Row], *, by: Sequence[str], change: Sequence[str]) -> list[Row]:
    """Insert rows, or bring those with the same `by` fields up to date; return them with keys."""
    rows = list(rows)
    if not rows:
        return []
    return type(rows[0])._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=list(by), update_fields=list(change)
    )


def note_in_trail(what: str, count: int, at: dt.datetime) -> None:
    """One audit line a loaded file: no person did it, but it is known when and how many rows."""
    audit.write(
        by=audit.System(), at=at, action="network.loaded", subject=f"network:{what}", rows=count
    )
