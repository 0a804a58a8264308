"""What the background worker does, round by round."""

import datetime as dt
from collections.abc import Callable

from yanzhen.config.subscriptions import SUBSCRIPTIONS
from yanzhen.groundwork import audit, outbox

Chore = Callable[[dt.datetime], int]


def _spread(at: dt.datetime) -> int:
    return outbox.spread(SUBSCRIPTIONS, at=at)


def _deliver(at: dt.datetime) -> int:
    return outbox.deliver_due(SUBSCRIPTIONS, at=at)


def _seal(at: dt.datetime) -> int:
    return audit.seal()


CHORES: tuple[Chore, ...] = (_spread, _deliver, _seal)


def round_of_chores(at: dt.datetime) -> int:
    """Do every chore once; return how much there was to do (0: the worker may rest)."""
    return sum(chore(at) for chore in CHORES)
