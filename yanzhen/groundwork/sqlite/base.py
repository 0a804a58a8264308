"""SQLite with writers that stand in line instead of crowding.

SQLite answers a second writer with "busy" and lets it sleep and try again: under load the
unlucky wait for seconds. Every transaction here first stands in line: an exclusive `flock` on
`<database>.line` lets one in after the other, threads and processes alike, woken by the kernel;
the one in front tries the lock on `<database>.queue`, which the writer holds, whenever the pipe
`<database>.bell` rings, until it is free or the patience of `OPTIONS["timeout"]` is at its end.
See docs/decisions/0006-sqlite-writers-queue.md.
"""

import fcntl
import os
import select
import time
from contextlib import suppress
from typing import NamedTuple

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PATIENCE = 5.0  # seconds; SQLite's own where settings name none
LONGEST_WAIT = 0.01  # seconds: a writer that died has let go of the lock without ringing


class _Files(NamedTuple):
    """Descriptors of the files beside the database."""

    line: int
    queue: int
    bell: int


class DatabaseWrapper(base.DatabaseWrapper):
    _files: _Files | None = None
    _queued = False

    def _queue_files(self) -> _Files | None:
        name = str(self.settings_dict["NAME"])
        if self._files is None and not self.is_in_memory_db():
            with suppress(FileExistsError):
                os.mkfifo(f"{name}.bell", 0o600)
            self._files = _Files(
                _opened(f"{name}.line"),
                _opened(f"{name}.queue"),
                os.open(f"{name}.bell", os.O_RDWR | os.O_NONBLOCK),
            )
        return self._files

    def _enter_queue(self) -> None:
        files = self._queue_files()
        if files is not None and not self._queued:
            patience = self.settings_dict["OPTIONS"].get("timeout", PATIENCE)
            _stand_in_line(files, until=time.monotonic() + patience)
            self._queued = True

    def _leave_queue(self) -> None:
        if self._queued and self._files is not None:
            fcntl.flock(self._files.queue, fcntl.LOCK_UN)
            self._queued = False
            with suppress(BlockingIOError):  # full of rings: whoever waits will hear one
                os.write(self._files.bell, b"!")

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave_queue()
            for file in self._files or ():
                os.close(file)
            self._files = None


def _stand_in_line(files: _Files, *, until: float) -> None:
    """Hold `queue` when this returns. Raises OperationalError once the moment `until` is past."""
    fcntl.flock(files.line, fcntl.LOCK_EX)
    try:
        while not _taken(files.queue):
            if time.monotonic() > until:
                raise OperationalError("database is locked")
            _listen(files.bell)
    finally:
        fcntl.flock(files.line, fcntl.LOCK_UN)


def _listen(bell: int) -> None:
    """Wait for a ring; an old one only makes for one try too many."""
    ears = select.poll()
    ears.register(bell, select.POLLIN)
    if ears.poll(1000 * LONGEST_WAIT):
        with suppress(BlockingIOError):
            os.read(bell, 65536)


def _opened(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
