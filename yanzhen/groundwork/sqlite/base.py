"""SQLite with writers that queue in the kernel instead of polling.

SQLite answers a second writer with "busy" and lets it sleep and try again: under load the
unlucky wait for seconds. Every transaction here first takes an exclusive `flock` on a file
beside the database, so waiting writers (threads and processes alike) are woken in turn.
See docs/decisions/0006-sqlite-writers-queue.md.
"""

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _queue: int | None = None
    _queued = False

    def _queue_file(self) -> int | None:
        name = str(self.settings_dict["NAME"])
        if self._queue is None and not self.is_in_memory_db():
            self._queue = os.open(f"{name}.queue", os.O_RDWR | os.O_CREAT, 0o644)
        return self._queue

    def _enter_queue(self) -> None:
        handle = self._queue_file()
        if handle is not None and not self._queued:
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._queued = True

    def _leave_queue(self) -> None:
        if self._queued and self._queue is not None:
            fcntl.flock(self._queue, fcntl.LOCK_UN)
            self._queued = False

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
            if self._queue is not None:
                os.close(self._queue)
                self._queue = None
