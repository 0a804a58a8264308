"""Stage one in processes of its own, so that all cores read while one process stores."""

import io
import multiprocessing
import os
import pickle
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path

from yanzhen.groundwork.garbage import never_collect
from yanzhen.library.catalogue.marc.reading import is_xml
from yanzhen.library.catalogue.preparing import Batch, Share, batches

_MOST_READERS = 3  # more would wait for the one who stores
_WORTH_ANOTHER = 16_000_000  # bytes for each further reader, which has to start first
_AHEAD = 2  # batches of each that may wait to be stored
_LOOK = 5.0  # seconds between two looks whether the process still lives


class Died(Exception):
    """A process that reads the file is gone."""


def batches_aside(path: Path, encoding: str, entry: Callable | None) -> Iterator[Batch]:
    """As `preparing.batches` of the file at `path`, by several readers. Raises Died, OSError."""
    readers = []
    try:
        for which in range(how_many := _readers(path)):
            readers.append(_begun(path, encoding, entry, (which, how_many)))
        for process, ready in cycle(readers):
            batch = _next(ready, process)
            if batch is None:
                return
            yield batch
    finally:
        for process, ready in readers:
            process.terminate()
            process.join()
            ready.close()


def _readers(path: Path) -> int:
    """How many share the reading. XML is cut and read in one, so there is nothing to share."""
    with path.open("rb") as file:
        if is_xml(file):
            return 1
    worth = 1 + path.stat().st_size // _WORTH_ANOTHER
    return min(_MOST_READERS, len(os.sched_getaffinity(0)), worth)


def _begun(
    path: Path, encoding: str, entry: Callable | None, share: Share
) -> tuple[BaseProcess, Queue]:
    spawning = multiprocessing.get_context("spawn")
    ready: Queue = spawning.Queue(_AHEAD)
    process = spawning.Process(
        target=_read, args=(ready, str(path), encoding, pickle.dumps(entry), share), daemon=True
    )
    process.start()
    return process, ready


def _read(ready: Queue, path: str, encoding: str, entry: bytes, share: Share) -> None:
    """What a process does: its batches, then None; or the error that stopped it.

    Nothing here needs Django, which would take longer to start than 10,000 records to read.
    """
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    never_collect()
    with suppress(KeyboardInterrupt):
        try:
            with open(path, "rb") as file:
                for batch in batches(file, encoding, pickle.loads(entry), share=share):  # noqa: S301
                    ready.put(_packed(batch))
            ready.put(None)
        except OSError as trouble:
            ready.put(trouble)
        ready.close()
        ready.join_thread()
        os._exit(0)  # without taking apart a million remembered strings first


def _packed(batch: Batch) -> bytes:
    """Pickled in half the usual time: no string is remembered in case it comes again."""
    packed = io.BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump(batch)
    return packed.getvalue()


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
        return item and pickle.loads(item)  # noqa: S301
