"""What the worker does about time: holds not fetched, holds nobody could fill."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import capturing, queueing
from yanzhen.library.holds.facts import HoldExpired, PickupExpired
from yanzhen.library.holds.models import Hold

SYSTEM = audit.System()
A_ROUND = 200


def expire(at: dt.datetime) -> int:
    """End what has run out by the day of `at`; return how many holds were ended.

    The copy stays on the hold shelf until somebody takes it off and scans it there.
    """
    day = local_day(at)
    late = Hold.objects.ready().filter(pickup_until__lt=day)
    in_vain = Hold.objects.waiting().filter(wanted_until__lt=day)
    return sum(
        _expired(hold_id, copy_id, bib_id, at)
        for rows in (late, in_vain)
        for hold_id, copy_id, bib_id in rows.order_by("pk").values_list("pk", "copy", "bib")[
            :A_ROUND
        ]
    )


def recover(at: dt.datetime) -> int:
    """Holds whose copy was lost or withdrawn wait again, before all others; return how many."""
    gone = [Copy.State.LOST, Copy.State.WITHDRAWN]
    copies = Hold.objects.captured().filter(copy__state__in=gone).values_list("copy", flat=True)
    return sum(_recovered(copy_id, at) for copy_id in list(copies[:A_ROUND]))


def _recovered(copy_id: int, at: dt.datetime) -> int:
    with transaction.atomic():
        copy = Copy.objects.select_for_update().get(pk=copy_id)
        capturing.put_back(copy, by=SYSTEM, at=at, note=copy.get_state_display())
        audit.write(
            by=SYSTEM, at=at, action="hold.copy_gone", subject=f"copy:{copy_id}", state=copy.state
        )
    return 1


def _expired(hold_id: int, copy_id: int | None, bib_id: int, at: dt.datetime) -> int:
    with transaction.atomic():
        if copy_id:
            Copy.objects.select_for_update().get(pk=copy_id)
        queueing.lock(bib_id)
        hold = Hold.objects.select_related("pickup_node").get(pk=hold_id)
        fact: PickupExpired | HoldExpired
        if hold.state == Hold.State.READY and (hold.pickup_until or local_day(at)) < local_day(at):
            state, fact = (
                Hold.State.PICKUP_EXPIRED,
                PickupExpired(hold.pk, bib_id, hold.pickup_node.code),
            )
            Copy.objects.filter(pk=copy_id or 0).update(revision=F("revision") + 1)
        elif hold.state == Hold.State.WAITING and hold.wanted_until:
            state, fact = Hold.State.EXPIRED, HoldExpired(hold.pk, bib_id)
        else:
            return 0
        queueing.enter(hold, state, by_name=SYSTEM.name, at=at)
        audit.write(
            by=SYSTEM,
            at=at,
            action=f"hold.{state}",
            subject=f"bib:{bib_id}",
            place=hold.pickup_node.code,
            hold=hold.pk,
        )
        outbox.record(fact, at=at)
    return 1
