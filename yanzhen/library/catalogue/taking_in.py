"""Taking a file of MARC records into the catalogue."""

import datetime as dt
import io
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.catalogue import access, rules, storing
from yanzhen.library.catalogue.aside import Died, batches_aside
from yanzhen.library.catalogue.facts import RecordsAdded, RecordsReplaced
from yanzhen.library.catalogue.models import ImportRun
from yanzhen.library.catalogue.opening import unreadable
from yanzhen.library.catalogue.preparing import Batch, Entry, batches
from yanzhen.library.catalogue.reporting import Report
from yanzhen.people.roles import Actor

ASIDE = 4_000_000  # bytes: a smaller file is read before another process would have started
PATIENCE = 1_000  # records that may be unreadable at the start before the file is no MARC file
SPREAD = 20_000  # titles one fact tells of at most
SILENCE = dt.timedelta(minutes=10)  # after which a run that has not ended is over

Add = Callable[[int, Any], object]
Feed = AbstractContextManager[Add]


def take_in(
    file: Path | BinaryIO,
    *,
    file_name: str,
    encoding: str = "auto",
    dry_run: bool = False,
    on_match: str = ImportRun.OnMatch.KEEP,
    by: Actor,
    at: dt.datetime,
    progress: Callable[[int], None] | None = None,
    entry: Entry | None = None,
    feed: Feed | None = None,
) -> ImportRun:
    """Take in the records of `file`, ISO 2709 or MARCXML, batch by batch; return what came of it.

    Each batch is its own transaction, so an interruption keeps all before it, and the same file
    taken in again adds what is missing. A title the catalogue has (by `match_key`) is kept or
    replaced, as `on_match` says. `encoding` is one of rules.ENCODINGS. `progress` hears how many
    bytes were read. `entry` makes of a title what the search index wants (in the reading process:
    it must be picklable), and `feed` is entered to hand those over with their ids; when it leaves
    without error the index has them all.

    Raises Refused when nothing could be read, or reading stopped on the way.
    """
    access.require_cataloguing(by)
    refuse_first(
        rules.an_encoding_is_known(encoding), unreadable(file) if isinstance(file, Path) else None
    )
    feeding = ExitStack()
    add = feeding.enter_context(feed) if feed and not dry_run else None
    run = ImportRun.objects.create(
        file_name=file_name[:200],
        by_name=by.name[:80],
        dry_run=dry_run,
        on_match=on_match,
        began_at=at,
        moved_at=at,
    )
    taking = _Taking(run, by, progress)
    try:
        with feeding:
            for batch in _batches(file, encoding, entry if add else None):
                taking.take(batch, add)
    except BaseException as trouble:
        taking.end(indexed=False, fault=_fault(trouble))
        raise _refusal(trouble, run) from trouble
    taking.end(indexed=add is not None)
    refuse_first(rules.a_file_holds_records(run))
    return run


def settle_abandoned(*, at: dt.datetime) -> int:
    """End the runs whose process was killed, so that the search index hears of their titles.

    Returns how many there were.
    """
    silent = ImportRun.objects.filter(ended_at=None, moved_at__lt=at - SILENCE)
    count = 0
    for run in silent:
        with transaction.atomic():
            fault = _("导入中断了；再导入一次同一个文件就能接着完成。")
            count += silent.filter(pk=run.pk).update(ended_at=at, fault=fault)
            _tell(run, indexed=False, at=at)
    return count


class _Taking:
    """One run under way."""

    def __init__(self, run: ImportRun, by: Actor, progress: Callable[[int], None] | None):
        self.run, self.by, self.progress = run, by, progress
        self.report = Report(run)
        self.seen: set[int] = set()
        self.started = time.monotonic()

    def now(self) -> dt.datetime:
        """When the run began and how long it has gone on."""
        return self.run.began_at + dt.timedelta(seconds=time.monotonic() - self.started)

    def take(self, batch: Batch, add: Add | None) -> None:
        """Store one batch, then hand its titles to the index."""
        run, at = self.run, self.now()
        with transaction.atomic():
            if run.dry_run:
                stored = storing.weigh(batch, self.seen)
            else:
                stored = storing.store(batch, run, source=run.file_name[:80], at=at)
            self._count(batch, stored)
            self.report.add(stored.lines)
            if stored.replaced:
                outbox.record(RecordsReplaced(stored.replaced), at=at)
            run.moved_at = at
            run.save()
        if add:
            for bib_id, entry in stored.added:
                add(bib_id, entry)
        if self.progress:
            self.progress(run.position)
        if run.damaged >= PATIENCE:
            refuse_first(rules.a_file_holds_records(run))

    def _count(self, batch: Batch, stored: storing.Stored) -> None:
        run = self.run
        run.position = batch.position
        run.added += len(stored.added)
        run.matched += stored.matched
        run.replaced += len(stored.replaced)
        run.damaged += len(batch.damaged)
        run.imperfect += sum(1 for line in stored.lines if line.outcome == "imperfect")
        for name, count in batch.encodings.items():
            run.encodings[name] = run.encodings.get(name, 0) + count
        if stored.added and not run.dry_run:
            run.first_id = run.first_id or stored.added[0][0]
            run.last_id = stored.added[-1][0]

    def end(self, *, indexed: bool, fault: str = "") -> None:
        """Close the run: the audit line and the facts, in one transaction."""
        run, at = self.run, self.now()
        with transaction.atomic():
            run.moved_at = run.ended_at = at
            run.fault = fault
            run.save()
            audit.write(
                by=self.by,
                at=at,
                action="records.imported",
                subject=f"import:{run.pk}",
                file=run.file_name,
                dry_run=run.dry_run,
                added=run.added,
                matched=run.matched,
                replaced=run.replaced,
                damaged=run.damaged,
            )
            _tell(run, indexed=indexed, at=at)


def _tell(run: ImportRun, *, indexed: bool, at: dt.datetime) -> None:
    if run.first_id is None or run.last_id is None:
        return
    for first in range(run.first_id, run.last_id + 1, SPREAD):
        last = min(first + SPREAD - 1, run.last_id)
        outbox.record(RecordsAdded(first, last, indexed), at=at)


def _batches(file: Path | BinaryIO, encoding: str, entry: Entry | None) -> Iterator[Batch]:
    if not isinstance(file, Path):
        yield from batches(file, encoding, entry)
    elif file.stat().st_size > ASIDE:
        yield from batches_aside(file, encoding, entry)
    else:
        with io.BytesIO(file.read_bytes()) as whole:
            yield from batches(whole, encoding, entry)


def _fault(trouble: BaseException) -> str:
    """What the run remembers of the trouble that stopped it."""
    return trouble.message if isinstance(trouble, Refused) else repr(trouble)[:500]


def _refusal(trouble: BaseException, run: ImportRun) -> BaseException:
    if not isinstance(trouble, OSError | Died):
        return trouble
    return Refused(
        "import-interrupted",
        _("读到 %(position)d 字节时中断了；前面新增的 %(added)d 种都已保存。")
        % {"position": run.position, "added": run.added},
        _("请检查文件或磁盘，然后再导入一次同一个文件，已有的不会重复。"),
    )
