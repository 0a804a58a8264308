"""Loans and returns of several machines, side by side.

What comes in while others are being served goes abreast in the next turn: their questions travel
together, and one commit holds what all of them write (`groundwork/abreast.py`). Each machine hears
its answer after the commit that holds its act.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from yanzhen.groundwork.abreast import ALONE, Errand, Otherwise, abreast, alone

Begin = Callable[[], Errand[bytes]]
Outcome = bytes | Exception | Otherwise
Tell = Callable[[Any], None]

MOST = 32  # in one turn: nobody waits long for those before


class Together:
    """What waits for the next turn. `run` calls something in a thread with a connection and then,
    here, `tell` with what it returned or raised.

    With `turns` two, a second turn begins when it would be as large as the first: one thinks
    while the other waits for the database. Smaller turns would only share less.
    """

    def __init__(self, run: Callable[[Callable[[], Any], Tell], None], turns: int = 1) -> None:
        self._run, self._turns = run, turns
        self._waiting: list[tuple[Begin, Tell]] = []
        self._under_way: list[int] = []  # how many in each turn

    def join(self, begin: Begin, tell: Tell) -> None:
        """`tell` what the errand says, once its writes are committed, or what it raises."""
        self._waiting.append((begin, tell))
        self._take_turn()

    def _take_turn(self) -> None:
        enough = max(self._under_way, default=1)
        if len(self._under_way) < self._turns and len(self._waiting) >= enough:
            now, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            self._under_way.append(len(now))
            begins = [begin for begin, _tell in now]
            self._run(lambda: served(begins), lambda outcome: self._over(now, outcome))

    def _over(self, now: Sequence[tuple[Begin, Tell]], outcome: Any) -> None:
        if isinstance(outcome, Exception):  # no thread, no connection: every machine tries again
            outcome = [outcome] * len(now)
        self._under_way.remove(len(now))
        self._take_turn()  # the database works while we tell
        for (begin, tell), each in zip(now, outcome, strict=True):
            if each is ALONE:  # whoever cannot share is nobody else's delay
                self._run(partial(_by_itself, begin), tell)
            else:
                tell(each)


def _by_itself(begin: Begin) -> bytes:
    return alone(begin())


def served(begins: Sequence[Begin]) -> list[Outcome]:
    return abreast([begin() for begin in begins])
