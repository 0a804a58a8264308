"""Loans and returns of several machines in one commit, where the database has one writer.

On SQLite every commit waits for the disk, one after the other. What comes in while one commit is
under way is done in the next one together; each machine hears its answer after the commit that
holds its act. PostgreSQL gathers commits itself, so there every frame goes its own way.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable

from django.db import connection, transaction

Act = Callable[[], bytes]
Outcome = bytes | Exception
log = logging.getLogger("yanzhen.sip2")

MOST = 32  # acts in one commit: nobody waits long for those before
# Checking a PIN takes a tenth of a second: nobody else's commit waits for that.
_WITH_PIN = re.compile(rb"\|AD[^|]")


def fits_with_others(raw: bytes) -> bool:
    """Whether this frame may share a commit: loans and returns without a PIN, on SQLite."""
    return (
        raw[:2] in (b"09", b"11")
        and connection.vendor == "sqlite"
        and not _WITH_PIN.search(raw)
    )  # fmt: skip


class Together:
    """What waits for the next commit. `run` calls something in a thread with a connection."""

    def __init__(self, run: Callable[..., Awaitable[list[Outcome]]]) -> None:
        self._run = run
        self._waiting: list[tuple[Act, asyncio.Future[bytes]]] = []
        self._working: asyncio.Task[None] | None = None

    async def done(self, act: Act) -> bytes:
        """What `act` says, once it is committed. Raises what `act` raises."""
        told: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append((act, told))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await told

    async def _work(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                outcomes = await self._run(in_one_commit, [act for act, _told in now])
            except Exception as trouble:  # no thread, no connection: every machine tries again
                outcomes = [trouble] * len(now)
            for (_act, told), outcome in zip(now, outcomes, strict=True):
                if told.done():  # its machine has hung up
                    continue
                if isinstance(outcome, Exception):
                    told.set_exception(outcome)
                else:
                    told.set_result(outcome)


def in_one_commit(acts: list[Act]) -> list[Outcome]:
    """Do them all in one transaction; if that comes to nothing, each in its own."""
    if len(acts) > 1:
        try:
            with transaction.atomic():
                outcomes = [_outcome(act) for act in acts]
                if transaction.get_rollback():  # Django would roll back without a word
                    raise transaction.TransactionManagementError("an act has spoilt it")
            return outcomes
        except Exception as trouble:
            log.warning("sip2: together failed, one by one: %r", trouble)
    return [_outcome(act) for act in acts]


def _outcome(act: Act) -> Outcome:
    """What it says or raises. What an act that raises had begun is undone by the act itself: every
    use-case has a transaction of its own, which in here is a savepoint."""
    try:
        return act()
    except Exception as trouble:
        return trouble
