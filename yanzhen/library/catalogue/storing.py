"""Stage two of an import: one batch matched against the catalogue and written."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from yanzhen.library.catalogue import bulk, history, matching
from yanzhen.library.catalogue.models import ImportRun, RecordChange
from yanzhen.library.catalogue.preparing import Batch, Prepared
from yanzhen.library.catalogue.reporting import Line, Outcome
from yanzhen.library.catalogue.titles import Title

_KEY = Title._fields.index("match_key")
_MARC = Title._fields.index("marc")


@dataclass(slots=True)
class Stored:
    """What became of a batch. `added` are (id, entry for the search index)."""

    added: list[tuple[int, Any]] = field(default_factory=list)
    matched: int = 0
    replaced: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def store(batch: Batch, run: ImportRun, *, source: str, at: dt.datetime) -> Stored:
    """Write the new titles of `batch`, in the current transaction."""
    matching.hold()
    stored = Stored()
    new, old = _parted(batch, matching.found(_keys(batch)), stored)
    ids = bulk.next_ids(len(new)) if new else ()
    bulk.insert(ids, [record[3] for record in new], source=source, at=at)
    for bib_id, (number, offset, note, _title, entry) in zip(ids, new, strict=True):
        stored.added.append((bib_id, entry))
        if note:
            stored.lines.append(Line(number, offset, Outcome.IMPERFECT, bib_id, note))
    if run.on_match == ImportRun.OnMatch.REPLACE:
        _replace(old, run, stored, at)
    return stored


def weigh(batch: Batch, seen: set[int]) -> Stored:
    """What `store` would do, for a dry run; `seen` remembers the keys of the file so far."""
    stored = Stored()
    fresh: list[Prepared] = []
    new, _old = _parted(batch, matching.found(_keys(batch)), stored)
    for record in new:
        mark = hash(record[3][_KEY])
        if mark in seen:
            stored.matched += 1
            stored.lines.append(Line(*record[:2], Outcome.TWICE))
        else:
            seen.add(mark)
            fresh.append(record)
    stored.added = [(0, None)] * len(fresh)
    stored.lines += [
        Line(number, offset, Outcome.IMPERFECT, None, note)
        for number, offset, note, *_rest in fresh
        if note
    ]
    return stored


def _keys(batch: Batch) -> set[str]:
    return {record[3][_KEY] for record in batch.records}


def _parted(
    batch: Batch, found: dict[str, int], stored: Stored
) -> tuple[list[Prepared], dict[int, Prepared]]:
    """The records that are new, and those in the catalogue already by id (the last one counts)."""
    new: list[Prepared] = []
    old: dict[int, Prepared] = {}
    here: set[str] = set()
    for record in batch.records:
        key = record[3][_KEY]
        if bib_id := found.get(key):
            old[bib_id] = record
            stored.lines.append(Line(*record[:2], Outcome.MATCHED, bib_id))
        elif key in here:
            stored.lines.append(Line(*record[:2], Outcome.TWICE))
        else:
            new.append(record)
            here.add(key)
    stored.matched = len(batch.records) - len(new)
    stored.lines += [Line(*fault[:2], Outcome.DAMAGED, None, fault[2]) for fault in batch.damaged]
    return new, old


def _replace(old: dict[int, Prepared], run: ImportRun, stored: Stored, at: dt.datetime) -> None:
    """Write over what stood there before this run and differs from the file."""
    before = [bib_id for bib_id in old if run.first_id is None or bib_id < run.first_id]
    kept = bulk.marc_of(before)
    stored.replaced = [bib_id for bib_id in before if kept[bib_id] != old[bib_id][3][_MARC]]
    history.ended(stored.replaced, how=RecordChange.How.IMPORTED, by_name=run.by_name, at=at)
    bulk.replace(stored.replaced, [old[bib_id][3] for bib_id in stored.replaced], at=at)
    changed = set(stored.replaced)
    stored.lines = [
        line._replace(outcome=Outcome.REPLACED) if line.bib_id in changed else line
        for line in stored.lines
    ]
