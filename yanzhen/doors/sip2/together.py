"""Loans and returns of several machines, side by side.

What comes in while others are being served goes abreast in the next turn: their questions travel
together, and one commit holds what all of them write (`groundwork/abreast.py`). Each machine hears
its answer after the commit that holds its act.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from yanzhen.groundwork.abreast import ALONE, Errand, Otherwise, abreast, alone

Begin = Callable[[], Errand[bytes]]
Outcome = bytes | Exception | Otherwise
Told = asyncio.Future[bytes]

MOST = 32  # in one turn: nobody waits long for those before
TURNS = 1  # at a time: while one waits for the database, the other thinks


class Together:
    """What waits for the next turn. `run` calls something in a thread with a connection."""

    def __init__(self, run: Callable[..., Awaitable[Any]]) -> None:
        self._run = run
        self._waiting: list[tuple[Begin, Told]] = []
        self._turns = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def done(self, begin: Begin) -> bytes:
        """What the errand says, once its writes are committed. Raises what it raises."""
        told: Told = asyncio.get_running_loop().create_future()
        self._waiting.append((begin, told))
        if self._turns < TURNS:
            self._turns += 1
            self._start(self._take_turns())
        return await told

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take_turns(self) -> None:
        try:
            while self._waiting:
                await self._take_turn()
        finally:
            self._turns -= 1

    async def _take_turn(self) -> None:
        now, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            outcomes = await self._run(served, [begin for begin, _told in now])
        except Exception as trouble:  # no thread, no connection: every machine tries again
            outcomes = [trouble] * len(now)
        for (begin, told), outcome in zip(now, outcomes, strict=True):
            if outcome is ALONE:
                self._start(self._go_alone(begin, told))
            else:
                _tell(told, outcome)

    async def _go_alone(self, begin: Begin, told: Told) -> None:
        """Whoever cannot share is nobody else's delay."""
        try:
            _tell(told, await self._run(lambda: alone(begin())))
        except Exception as trouble:
            _tell(told, trouble)


def served(begins: Sequence[Begin]) -> list[Outcome]:
    return abreast([begin() for begin in begins])


def _tell(told: Told, outcome: Any) -> None:
    if told.done():  # its machine has hung up
        return
    if isinstance(outcome, Exception):
        told.set_exception(outcome)
    else:
        told.set_result(outcome)
