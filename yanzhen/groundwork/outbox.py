"""Facts travel upwards: recorded with the act, delivered afterwards by the worker.

A fact is a frozen dataclass of JSON values. `record` stores it in the transaction of the
use-case; `spread` makes one delivery for each listener named in the subscriptions;
`deliver_due` claims deliveries one by one with a conditional UPDATE and calls the listener.
A listener may be called twice for one fact (a crash between its work and our note of it)
and must therefore be idempotent.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from yanzhen.groundwork import chain
from yanzhen.groundwork.chain import Step
from yanzhen.groundwork.models import Delivery, Fact

log = logging.getLogger(__name__)

Listener = Callable[[dict[str, Any]], None]
Subscriptions = Mapping[type, Sequence[Listener]]

KEPT = dt.timedelta(days=30)
CLAIM = dt.timedelta(minutes=2)
LONGEST_WAIT = dt.timedelta(hours=6)


def record(fact: Any, *, at: dt.datetime) -> None:
    """Store a fact (a dataclass of JSON values) in the current transaction."""
    chain.run([step(fact, at=at)])


def step(fact: Any, *, at: dt.datetime) -> Step:
    """The same record as a step of a chain of writes."""
    return Step(
        "recorded",
        f"INSERT INTO {Fact._meta.db_table} (kind, body, at) SELECT %s, %s, %s WHERE {{given}}",
        (type(fact).__name__, vars(fact), at),
    )


def spread(subscriptions: Subscriptions, *, at: dt.datetime, limit: int = 500) -> int:
    """Make the deliveries of facts not yet spread; return how many facts were handled."""
    listeners = {
        kind.__name__: [address(each) for each in who] for kind, who in subscriptions.items()
    }
    with transaction.atomic():
        facts = list(Fact.objects.select_for_update().filter(spread_at=None).order_by("id")[:limit])
        Delivery.objects.bulk_create(
            [
                Delivery(fact=fact, listener=listener, due_at=at)
                for fact in facts
                for listener in listeners.get(fact.kind, ())
            ],
            ignore_conflicts=True,
        )
        Fact.objects.filter(pk__in=[fact.pk for fact in facts]).update(spread_at=at)
    return len(facts)


def deliver_due(subscriptions: Subscriptions, *, at: dt.datetime, limit: int = 500) -> int:
    """Deliver what is due; return how many listeners were called."""
    listeners = {address(each): each for who in subscriptions.values() for each in who}
    due = Delivery.objects.filter(done_at=None, due_at__lte=at).select_related("fact")
    called = 0
    for delivery in due.order_by("id")[:limit]:
        if _claim(delivery, at):
            _call(delivery, listeners.get(delivery.listener), at)
            called += 1
    return called


def sweep(at: dt.datetime, limit: int = 1000) -> int:
    """Forget facts older than a month that every listener has heard; return how many."""
    waiting = Delivery.objects.filter(fact=OuterRef("pk"), done_at=None)
    old = Fact.objects.filter(~Exists(waiting), at__lt=at - KEPT, spread_at__isnull=False)
    # In the order of ids the old ones come first: no index to keep up with every loan.
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    Fact.objects.filter(pk__in=ids).delete()
    return len(ids)


def address(listener: Listener) -> str:
    """The name a listener is stored under."""
    return f"{listener.__module__}.{listener.__qualname__}"


def _claim(delivery: Delivery, at: dt.datetime) -> bool:
    claimed = Delivery.objects.filter(pk=delivery.pk, done_at=None, due_at=delivery.due_at)
    return bool(claimed.update(due_at=at + CLAIM, attempts=delivery.attempts + 1))


def _call(delivery: Delivery, listener: Listener | None, at: dt.datetime) -> None:
    try:
        if listener is None:
            raise LookupError("no listener is subscribed under this name")
        with transaction.atomic():
            listener(delivery.fact.body)
            Delivery.objects.filter(pk=delivery.pk).update(done_at=at, trouble="")
    except Exception as trouble:  # one listener's trouble must not stop the others
        log.exception("listener %s failed", delivery.listener)
        due_at = at + _wait(delivery.attempts + 1)
        Delivery.objects.filter(pk=delivery.pk).update(due_at=due_at, trouble=repr(trouble))


def _wait(attempts: int) -> dt.timedelta:
    """2, 4, 8 seconds and so on after the first, second, third attempt; six hours at most."""
    return min(dt.timedelta(seconds=2 ** min(attempts, 20)), LONGEST_WAIT)
