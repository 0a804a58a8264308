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
Run = Callable[[Callable[[], Any], Tell], None]
Later = Callable[[float, Callable[[], None]], Any]

MOST = 32  # in one turn: nobody waits long for those before
PATIENCE = 0.001  # seconds a turn waits for those who were there a moment ago


class Together:
    """What waits for the next turn. `run` calls something in a thread with a connection and then,
    here, `tell` with what it returned or raised; so does `apart` for whoever goes alone, which no
    turn waits for. `later` calls something after some seconds.

    Small turns share little: so a turn waits a moment for all who were there a moment ago.
    """

    def __init__(self, run: Run, apart: Run, later: Later) -> None:
        self._run, self._apart, self._later = run, apart, later
        self._waiting: list[tuple[Begin, Tell]] = []
        self._under_way = 0
        self._lately = 1  # how many were waiting or under way
        self._patient = False

    def join(self, begin: Begin, tell: Tell) -> None:
        """`tell` what the errand says, once its writes are committed, or what it raises."""
        self._waiting.append((begin, tell))
        self._lately = max(self._lately, len(self._waiting) + self._under_way)
        self._take_turn()

    def _take_turn(self) -> None:
        if self._under_way or not self._waiting:
            return
        if len(self._waiting) >= min(self._lately, MOST):
            self._begin()
        elif not self._patient:
            self._patient = True
            self._later(PATIENCE, self._no_longer)

    def _no_longer(self) -> None:
        """Whoever has not come by now is not counted on."""
        self._patient = False
        if self._waiting and not self._under_way:
            self._lately = len(self._waiting)
            self._begin()

    def _begin(self) -> None:
        now, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        self._under_way = len(now)
        begins = [begin for begin, _tell in now]
        self._run(lambda: served(begins), lambda outcome: self._over(now, outcome))

    def _over(self, now: Sequence[tuple[Begin, Tell]], outcome: Any) -> None:
        if isinstance(outcome, Exception):  # no thread, no connection: every machine tries again
            outcome = [outcome] * len(now)
        self._under_way = 0
        self._take_turn()  # the database works while we tell
        for (begin, tell), each in zip(now, outcome, strict=True):
            if each is ALONE:  # whoever cannot share is nobody else's delay
                self._apart(partial(_by_itself, begin), tell)
            else:
                tell(each)


def _by_itself(begin: Begin) -> bytes:
    return alone(begin())


def served(begins: Sequence[Begin]) -> list[Outcome]:
    return abreast([begin() for begin in begins])
