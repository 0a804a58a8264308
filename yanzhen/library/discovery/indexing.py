"""Writing the index: building it anew, catching up with changes, healing it when it is gone.

One writer at a time, by a lock on a file beside the index; whoever finds it taken is `Busy`.
"""

import fcntl
import logging
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import tantivy
from django.db import connection

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.discovery.documents import Entry, Row, document_of, entry_of
from yanzhen.library.discovery.feed import changes_after, last_change, missing
from yanzhen.library.discovery.index import (
    Current,
    NoIndex,
    open_build,
    read_current,
    write_current,
)
from yanzhen.library.discovery.rows import living_rows, rows_of
from yanzhen.library.discovery.schema import VERSION, schema

log = logging.getLogger(__name__)

Progress = Callable[[int], None]

AT_ONCE = 20_000  # titles that are indexed while a person waits; more than that in the background
_MEMORY = 256_000_000
_LITTLE_MEMORY = 32_000_000
_STEP = 1_000


class Busy(Exception):
    """Somebody else is writing the index."""


def rebuild(root: Path, progress: Progress | None = None) -> int:
    """Build the index anew from the database and put it in force; return how many titles it holds.

    Readers keep the old one until the new one is complete. What changes meanwhile is behind the
    cursor taken before the first row was read, and comes with the next `catch_up`. `progress` is
    called with the number of titles done so far. Raises Busy.
    """
    count = 0
    with adding(root, fresh=True) as add:
        for count, row in enumerate(living_rows(), 1):
            add(row)
            if progress and count % _STEP == 0:
                progress(count)
    if progress:
        progress(count)
    return count


@contextmanager
def adding(root: Path, *, fresh: bool = False) -> Iterator[Callable[[Row], object]]:
    """Give a function that adds one title; see `adding_entries`."""
    with adding_entries(root, fresh=fresh) as add:
        yield lambda row: add(row.id, entry_of(row))


@contextmanager
def adding_entries(root: Path, *, fresh: bool = False) -> Iterator[Callable[[int, Entry], object]]:
    """Give a function that adds a title by its id and entry; all become visible at the end.

    For bulk work: titles must not be in the index yet. `fresh` begins an empty index and throws
    the old one away at the end. When the block raises, nothing has happened. Raises Busy.
    """
    with _writing(root):
        before = _current_or_none(root)
        current = _begun(root, before) if fresh or before is None else before
        writer = open_build(root, current, writing=True).writer(_MEMORY, 2)
        try:
            yield lambda bib_id, entry: writer.add_json(document_of(bib_id, entry))
            _finish(writer, root, current)
        except BaseException:
            writer.wait_merging_threads()  # ends the writer; what is not committed is forgotten
            if current is not before:
                shutil.rmtree(root / current.folder, ignore_errors=True)
            raise
        _sweep(root, current.folder)


def catch_up(root: Path) -> int:
    """Apply the changes after the cursor; return how many titles were written again.

    Applying a change twice does no harm. Raises Busy, and NoIndex when there is nothing to add to.
    """
    with _writing(root):
        current = read_current(root)
        changes = changes_after(current.cursor)
        if not changes:
            return 0
        build = open_build(root, current, writing=True)
        bib_ids = {change.bib_id for change in changes if change.added_until is None}
        for change in changes:
            if change.added_until is not None:
                bib_ids.update(missing(build, change.bib_id, change.added_until))
        writer = build.writer(_LITTLE_MEMORY, 1)
        for bib_id in bib_ids:
            writer.delete_documents_by_term("id", bib_id)
        for row in rows_of(bib_ids):
            writer.add_json(document_of(row.id, entry_of(row)))
        _finish(writer, root, replace(current, cursor=changes[-1].pk))
        return len(bib_ids)


def ensure(root: Path) -> bool:
    """Heal an index that is missing, damaged or of another version; tell whether it can be read.

    A small catalogue is indexed on the spot. A large one is indexed in the background: until then
    the answer is False.
    """
    if is_readable(root):
        return True
    log.warning("the search index at %s cannot be read; building it anew", root)
    if BibRecord.objects.living().count() > AT_ONCE:
        threading.Thread(target=_rebuild_in_background, args=(root,), daemon=True).start()
        return False
    try:
        rebuild(root)
    except Busy:
        return is_readable(root)
    return True


def is_readable(root: Path) -> bool:
    """Whether there is an index that opens and that belongs to this database."""
    current = _current_or_none(root)
    return current is not None and current.cursor <= last_change()


def _rebuild_in_background(root: Path) -> None:
    try:
        rebuild(root)
    except Busy:
        log.info("the search index is already being built")
    finally:
        connection.close()


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise Busy(str(root)) from taken
        yield


def _current_or_none(root: Path) -> Current | None:
    try:
        current = read_current(root)
        open_build(root, current)
    except NoIndex:
        return None
    return current


def _begun(root: Path, before: Current | None) -> Current:
    """A new empty folder, with the place in the change feed it starts from."""
    cursor = last_change(waiting=True)
    number = before.generation if before else 0
    current = Current(f"build-{uuid.uuid4().hex[:12]}", VERSION, cursor, number)
    (root / current.folder).mkdir()
    tantivy.Index(schema(), str(root / current.folder), reuse=False)
    return current


def _finish(writer: tantivy.IndexWriter, root: Path, current: Current) -> None:
    """Commit, let merges end, then tell the readers."""
    writer.commit()
    writer.wait_merging_threads()
    write_current(root, replace(current, generation=current.generation + 1))


def _sweep(root: Path, kept: str) -> None:
    for folder in root.glob("build-*"):
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)
