"""What the background worker does, round by round."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.conf import settings

from yanzhen.config.subscriptions import SUBSCRIPTIONS
from yanzhen.culture.booking import expiring as booking_expiring
from yanzhen.culture.booking import forgetting as booking_forgetting
from yanzhen.culture.booking import releasing
from yanzhen.culture.courses import forgetting as course_forgetting
from yanzhen.culture.courses import grouping
from yanzhen.culture.planning import reminding
from yanzhen.culture.resources import expiring as claims
from yanzhen.groundwork import audit, idempotency, outbox
from yanzhen.library.acquisitions.spreadsheets import taking
from yanzhen.library.catalogue import taking_in
from yanzhen.library.circulation import forgetting
from yanzhen.library.discovery import indexing
from yanzhen.library.harvest import offering
from yanzhen.library.holds import expiring, targeting
from yanzhen.library.patrons import blocking

Chore = Callable[[dt.datetime], int]
HOUR = dt.timedelta(hours=1)


class Hourly:
    """A chore for the start and every hour after: on each round while it finds something to do."""

    def __init__(self, chore: Chore):
        self._chore = chore
        self._due: dt.datetime | None = None

    def __call__(self, at: dt.datetime) -> int:
        if self._due is not None and at < self._due:
            return 0
        done = self._chore(at)
        self._due = at if done else at + HOUR
        return done


def _spread(at: dt.datetime) -> int:
    return outbox.spread(SUBSCRIPTIONS, at=at)


def _deliver(at: dt.datetime) -> int:
    return outbox.deliver_due(SUBSCRIPTIONS, at=at)


def _seal(at: dt.datetime) -> int:
    return audit.seal()


def _seal_latecomers(at: dt.datetime) -> int:
    return audit.seal(thorough=True)


def _index(at: dt.datetime) -> int:
    """Heal the search index if it needs it, then bring it up to date."""
    if not indexing.ensure(settings.SEARCH_INDEX):
        return 0
    try:
        return indexing.catch_up(settings.SEARCH_INDEX)
    except indexing.Busy:
        return 0


def _offer(at: dt.datetime) -> int:
    """Bring what harvesters see up to date; a machine that stands still is tried again."""
    try:
        return offering.catch_up(seconds=2)
    except offering.TooSlow:
        return 0


def _settle_imports(at: dt.datetime) -> int:
    return taking_in.settle_abandoned(at=at)


def chores() -> tuple[Chore, ...]:
    """What one worker does in every round, in this order."""
    return (
        _spread, _deliver, _seal, _index, _offer, _settle_imports, claims.expire,
        booking_expiring.expire_due, releasing.release_due,
        Hourly(_seal_latecomers), Hourly(outbox.sweep), Hourly(idempotency.sweep),
        Hourly(forgetting.forget_due), Hourly(expiring.expire), Hourly(expiring.recover),
        Hourly(targeting.refresh), Hourly(blocking.lift_lapsed),
        Hourly(taking.forget_unconfirmed), Hourly(reminding.remind),
        Hourly(grouping.give_back_nameless), Hourly(booking_forgetting.forget_due),
        Hourly(course_forgetting.forget_due),
    )  # fmt: skip


def round_of_chores(todo: Iterable[Chore], at: dt.datetime) -> int:
    """Do every chore once; return how much there was to do (0: the worker may rest)."""
    return sum(chore(at) for chore in todo)
