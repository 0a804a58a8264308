"""Stage one in a process of its own, so that reading and storing use a core each."""

import multiprocessing
import os
import pickle
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path

import django

from yanzhen.groundwork.garbage import seldom_collected
from yanzhen.library.catalogue.preparing import Batch, batches

_AHEAD = 3  # batches that may wait to be stored
_LOOK = 5.0  # seconds between two looks whether the process still lives


class Died(Exception):
    """The process that reads the file is gone."""


def batches_aside(path: Path, encoding: str, entry: Callable | None) -> Iterator[Batch]:
    """As `preparing.batches` of the file at `path`. Raises Died, OSError."""
    spawning = multiprocessing.get_context("spawn")
    ready: Queue = spawning.Queue(_AHEAD)
    process = spawning.Process(
        target=_read, args=(ready, str(path), encoding, pickle.dumps(entry)), daemon=True
    )
    process.start()
    try:
        while (batch := _next(ready, process)) is not None:
            yield batch
    finally:
        process.terminate()
        process.join()
        ready.close()


def _read(ready: Queue, path: str, encoding: str, entry: bytes) -> None:
    """What the process does: batches, then None; or the error that stopped it."""
    django.setup()  # the entry of the search index may come from a package with models
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    with seldom_collected(), suppress(KeyboardInterrupt):
        try:
            with open(path, "rb") as file:
                for batch in batches(file, encoding, pickle.loads(entry)):  # noqa: S301
                    ready.put(batch)
            ready.put(None)
        except OSError as trouble:
            ready.put(trouble)


def _leave_with_the_parent() -> None:
    """A parent that was killed takes no more batches; nobody else would end this process."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _next(ready: Queue, process: BaseProcess) -> Batch | None:
    while True:
        try:
            item = ready.get(timeout=_LOOK)
        except queue.Empty:
            if not process.is_alive():
                raise Died(f"exit code {process.exitcode}") from None
            continue
        if isinstance(item, Exception):
            raise item
        return item
