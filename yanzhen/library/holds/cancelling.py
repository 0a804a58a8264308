"""Ending a hold before it is fetched, and changing where it will be fetched.

Neither moves a copy. A copy on the road stays on it until a scan; a copy on the hold shelf stands
there until a scan; the branch of that scan decides where it goes. The copy's revision moves on, so
that a loan that is being made at this moment reads again.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import access, queueing, rules, targeting
from yanzhen.library.holds.facts import HoldCancelled
from yanzhen.library.holds.models import CAPTURED, LIVE, Hold
from yanzhen.library.holds.queries import is_pickup_node
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor, in_own_affairs


def cancel_hold(*, hold_id: int, by: Actor, at: dt.datetime, note: str = "") -> Hold:
    """End a hold in whatever state it lives. Raises Refused."""
    with transaction.atomic():
        hold = locked_hold(hold_id, by, at)
        queueing.enter(
            hold,
            Hold.State.CANCELLED,
            by_name=in_own_affairs(by, hold.person_id).name,
            at=at,
            note=note.strip()[:200],
        )
        targeting.assign(hold.bib_id, at=at)
        _write("hold.cancelled", hold, by, at)
        outbox.record(HoldCancelled(hold.pk, hold.bib_id), at=at)
    return hold


def change_pickup(*, hold_id: int, pickup: Node | None, by: Actor, at: dt.datetime) -> Hold:
    """Fetch it elsewhere. What is ready goes there from the next scan on. Raises Refused."""
    with transaction.atomic():
        hold = locked_hold(hold_id, by, at)
        refuse_first(rules.a_book_is_fetched_where_there_is_a_desk(is_pickup_node(pickup)))
        assert pickup is not None
        if pickup.pk == hold.pickup_node_id:
            return hold
        hold.pickup_node, hold.target, hold.targeted_at = pickup, None, None
        if hold.state == Hold.State.READY:
            hold.pickup_until = None
            queueing.enter(
                hold, Hold.State.ON_ITS_WAY, by_name=in_own_affairs(by, hold.person_id).name, at=at
            )
        hold.save()
        targeting.assign(hold.bib_id, at=at)
        _write("hold.pickup_changed", hold, by, at)
    return hold


def locked_hold(hold_id: int, by: Actor, at: dt.datetime) -> Hold:
    """The live hold as it stands now, its copy and its queue kept to this transaction."""
    seen = Hold.objects.filter(pk=hold_id).first()
    seen = access.require_hold(by, seen, local_day(at))
    if seen.copy_id:
        Copy.objects.select_for_update().get(pk=seen.copy_id)
    queueing.lock(seen.bib_id)
    hold = Hold.objects.select_related("bib", "pickup_node", "person").get(pk=hold_id)
    refuse_first(rules.only_a_live_hold_is_changed(hold.state, hold.state in LIVE))
    if hold.state in CAPTURED:
        Copy.objects.filter(pk=hold.copy_id or 0).update(revision=F("revision") + 1)
    return hold


def _write(action: str, hold: Hold, by: Actor, at: dt.datetime) -> None:
    audit.write(
        by=in_own_affairs(by, hold.person_id),
        at=at,
        action=action,
        subject=f"bib:{hold.bib_id}",
        place=hold.pickup_node.code,
        hold=hold.pk,
    )
