"""Several threads' chains in one commit, for SQLite, where writers go one at a time.

A commit waits for its place in the line and for the disk. Whoever comes to the front takes along
what the other threads of the process have ready by then, and each goes on with its own answer.
See docs/decisions/0006-sqlite-writers-queue.md.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

log = logging.getLogger(__name__)
Work = TypeVar("Work")
Said = TypeVar("Said")


@dataclass(eq=False)
class _Part(Generic[Work, Said]):
    """What one thread wants written, and what came of it."""

    work: Work
    said: Said | None = None
    trouble: Exception | None = None
    over: bool = False


class Company(Generic[Work, Said]):
    """`do` writes one thread's work within a transaction and says what came of it, never None;
    `alone` does the same in a transaction of its own, when what befell the common one must be
    sorted out."""

    def __init__(self, do: Callable[[Work], Said], alone: Callable[[Work], Said]) -> None:
        self._do, self._alone = do, alone
        self._waiting: deque[_Part[Work, Said]] = deque()
        self._in_front = threading.Lock()

    def write(self, work: Work) -> Said:
        """What came of the work, once it is committed. Raises what `alone` raises, and the error
        of whoever stood in line in vain."""
        mine: _Part[Work, Said] = _Part(work)
        self._waiting.append(mine)
        with self._in_front:
            if not mine.over:
                self._write_all(mine)
        if mine.trouble:
            raise mine.trouble
        return self._alone(work) if mine.said is None else mine.said

    def _write_all(self, mine: _Part[Work, Said]) -> None:
        taken: list[_Part[Work, Said]] = []
        try:
            with transaction.atomic():
                taken = self._everybody()
                said = [self._do(each.work) for each in taken]
        except Exception as trouble:
            if len(taken) > 1:
                log.info("a common commit failed, one by one: %r", trouble)
            else:  # who waits behind one that never came to the front has stood in line with them
                taken = taken or self._everybody()
                for part in taken:
                    part.trouble = trouble
        else:
            for part, each in zip(taken, said, strict=True):
                part.said = each
        finally:
            if not taken:  # interrupted in line
                self._waiting.remove(mine)
            for part in taken:
                part.over = True

    def _everybody(self) -> list[_Part[Work, Said]]:
        return [self._waiting.popleft() for _part in range(len(self._waiting))]
