"""What the background worker does, round by round."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings

from yanzhen.config.subscriptions import SUBSCRIPTIONS
from yanzhen.groundwork import audit, idempotency, outbox
from yanzhen.library.catalogue import taking_in
from yanzhen.library.discovery import indexing

Chore = Callable[[dt.datetime], int]


def _spread(at: dt.datetime) -> int:
    return outbox.spread(SUBSCRIPTIONS, at=at)


def _deliver(at: dt.datetime) -> int:
    return outbox.deliver_due(SUBSCRIPTIONS, at=at)


def _seal(at: dt.datetime) -> int:
    return audit.seal()


def _index(at: dt.datetime) -> int:
    """Heal the search index if it needs it, then bring it up to date."""
    if not indexing.ensure(settings.SEARCH_INDEX):
        return 0
    try:
        return indexing.catch_up(settings.SEARCH_INDEX)
    except indexing.Busy:
        return 0


def _settle_imports(at: dt.datetime) -> int:
    return taking_in.settle_abandoned(at=at)


def _sweep(at: dt.datetime) -> int:
    return outbox.sweep(at) + idempotency.sweep(at)


CHORES: tuple[Chore, ...] = (_spread, _deliver, _seal, _index, _settle_imports, _sweep)


def round_of_chores(at: dt.datetime) -> int:
    """Do every chore once; return how much there was to do (0: the worker may rest)."""
    return sum(chore(at) for chore in CHORES)
