"""Moving places between channels, and changing the capacity under them."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yanzhen.culture.activities.models import Session
from yanzhen.culture.booking import access, ledger, rules
from yanzhen.culture.booking.models import Allotment, AllotmentTransfer, Channel
from yanzhen.culture.booking.promoting import promote
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor

# Who gives places up first when a session becomes smaller; whoever just comes, last.
GIVES_FIRST = (
    Channel.RESERVE, Channel.GROUP, Channel.COUNTER, Channel.TELEPHONE, Channel.ONLINE,
    Channel.WALK_IN,
)  # fmt: skip


def transfer(
    *,
    session_id: int,
    source: str,
    target: str,
    places: int,
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> AllotmentTransfer:
    """Move free places from one channel to another, never out of the walk-in places. Whoever waits
    there is served in the same transaction. Raises Refused."""
    with transaction.atomic():
        session = access.known_terms(session_id).session
        access.require_at(by, PLAN_ACTIVITIES, session)
        refuse_first(
            rules.walk_in_places_are_never_sold_online(source, target),
            rules.a_change_has_a_reason(reason),
            _unfit(source, target, places),
        )
        allotments = ledger.lock(session_id)
        giver, taker = allotments[source], allotments[target]
        if not ledger.shift(giver.pk, taker.pk, places):
            raise _not_so_many(giver.free)
        made = AllotmentTransfer.objects.create(
            session=session, source=giver, target=taker, places=places, at=at, by_name=by.name,
            reason=reason.strip()[:200],
        )  # fmt: skip
        promote(taker.pk, at=at)
        audit.write(
            by=by, at=at, action="booking.transferred", subject=f"session:{session_id}",
            place=session.site.code, source=source, target=target, places=places,
        )  # fmt: skip
    return made


def _unfit(source: str, target: str, places: int) -> Refused | None:
    if places >= 1 and source != target and {source, target} <= set(Channel.values):
        return None
    return Refused(
        "transfer-unfit", _("请选两个不同的渠道，写上要挪几个。"), _("至少挪 1 个。"), status=422
    )


def _not_so_many(free: int) -> Refused:
    return Refused(
        "not-so-many-free",
        _("那边只有 %(n)d 个没有约出去的名额。") % {"n": free},
        _("请少挪一些。"),
    )


def resize(*, session_id: int, capacity: int, by: Actor, at: dt.datetime, reason: str) -> None:
    """Change how many a session is for. New places: a fifth for the door, the rest in reserve.
    Never below what is taken. Raises Refused."""
    with transaction.atomic():
        session = access.known_terms(session_id).session
        access.require_at(by, PLAN_ACTIVITIES, session)
        allotments = ledger.lock(session_id)
        session.refresh_from_db(fields=["capacity", "allotted"])
        taken = sum(row.taken for row in allotments.values())
        refuse_first(
            rules.a_change_has_a_reason(reason),
            capacity_is_not_below_what_is_taken(capacity, taken),
        )
        if capacity >= session.allotted:
            _grow(session, allotments, capacity, by, at, reason)
        else:
            _shrink(session, allotments, capacity, by, at, reason)
        audit.write(
            by=by, at=at, action="booking.resized", subject=f"session:{session_id}",
            place=session.site.code, before=session.capacity, after=capacity, reason=reason,
        )  # fmt: skip


def capacity_is_not_below_what_is_taken(capacity: int, taken: int) -> Refused | None:
    if capacity >= max(taken, 1):
        return None
    return Refused(
        "capacity-below-taken",
        _("已经约出去 %(n)d 个位置，容量不能比这更小。") % {"n": taken},
        _("请先给一些人改场次，或者换大一点的场地。"),
    )


def _grow(session, allotments, capacity: int, by: Actor, at: dt.datetime, reason: str) -> None:
    more = capacity - session.allotted
    Session.objects.filter(pk=session.pk).update(capacity=capacity, allotted=capacity)
    least = rules.default_split(capacity)[Channel.WALK_IN]
    at_the_door = min(more, max(0, least - allotments[Channel.WALK_IN].places))
    for channel, places in ((Channel.WALK_IN, at_the_door), (Channel.RESERVE, more - at_the_door)):
        if places:
            Allotment.objects.filter(pk=allotments[channel].pk).update(places=F("places") + places)
            _record(session, None, allotments[channel], places, by, at, reason)


def _shrink(session, allotments, capacity: int, by: Actor, at: dt.datetime, reason: str) -> None:
    less = session.allotted - capacity
    Session.objects.filter(pk=session.pk).update(capacity=capacity, allotted=capacity)
    for channel in GIVES_FIRST:
        giver = allotments[channel]
        places = min(less, giver.free)
        if places:
            _record(session, giver, None, places, by, at, reason)
            Allotment.objects.filter(pk=giver.pk).update(places=F("places") - places)
            less -= places
    assert less == 0


def _record(session, source, target, places: int, by: Actor, at: dt.datetime, reason: str) -> None:
    AllotmentTransfer.objects.create(
        session=session, source=source, target=target, places=places, at=at, by_name=by.name,
        source_left=source.places - places if source else None,
        reason=reason.strip()[:200],
    )  # fmt: skip
