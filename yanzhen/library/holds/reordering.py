"""Changing the order of a queue: headquarters alone, with a reason that stays."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holds import access, queueing, rules
from yanzhen.library.holds.models import Hold, QueueChange
from yanzhen.people.roles import Actor


def move_hold(*, hold_id: int, position: int, reason: str, by: Actor, at: dt.datetime) -> Hold:
    """Bring somebody who waits to another place of the queue. Raises Refused."""
    with transaction.atomic():
        access.require_ordering(by)
        seen = Hold.objects.filter(pk=hold_id).first()
        if seen is None:
            raise access.hold_unknown()
        queueing.lock(seen.bib_id)
        hold = Hold.objects.get(pk=hold_id)
        refuse_first(
            rules.only_who_waits_is_moved(hold.place is not None),
            rules.a_change_of_the_queue_has_a_reason(reason),
            rules.a_place_must_be_in_the_queue(position, queueing.length(hold.bib_id)),
        )
        before = hold.position or 0
        if before == position:
            return hold
        queueing.move(hold, before, position)
        QueueChange.objects.create(
            hold=hold,
            before=before,
            after=position,
            at=at,
            by_name=by.name,
            reason=reason.strip()[:200],
        )
        audit.write(
            by=by,
            at=at,
            action="hold.moved",
            subject=f"bib:{hold.bib_id}",
            hold=hold.pk,
            before=before,
            after=position,
            reason=reason.strip()[:200],
        )
        hold.refresh_from_db()
        queueing.forget_position(hold)
    return hold
