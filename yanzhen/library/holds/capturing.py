"""Setting a copy aside for whoever waits: steps of circulation's use-cases.

All of these run inside a transaction that has locked the copy.
"""

import datetime as dt

from django.db import connection
from django.db.models import Q, QuerySet

from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import queueing
from yanzhen.library.holds.facts import HoldFulfilled, HoldReady
from yanzhen.library.holds.models import Hold
from yanzhen.network.opening import calendar_of

CHILD, ADULT_AGE = "child", 18


def claimant(copy: Copy, at: dt.datetime) -> Hold | None:
    """Who this copy is for: whose it is already, else the first of the queue it can serve."""
    if copy.state == Copy.State.WITHDRAWN or not _concerned(copy):
        return None
    captor = _loaded(Hold.objects.captured().filter(copy=copy)).first()
    if captor or not copy.for_loan or copy.in_dispute or copy.withdrawal_proposed:
        return captor
    queue = Hold.objects.waiting().filter(bib=copy.bib_id)
    if not queue.exists():
        return None
    queueing.lock(copy.bib_id)
    fitting = queue.filter(Q(wanted_copy=None) | Q(wanted_copy=copy))
    if copy.adult_only:
        fitting = fitting.filter(_grown_up(local_day(at)))
    return _loaded(fitting).order_by("place").first()


def _concerned(copy: Copy) -> bool:
    """Whether any hold is about this copy or its title: at most returns none, told in one lean
    query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM holds_hold WHERE copy_id = %s "
            "AND state IN ('on_its_way', 'ready')) OR EXISTS (SELECT 1 FROM holds_hold "
            "WHERE bib_id = %s AND state = 'waiting')",
            [copy.pk, copy.bib_id],
        )
        return bool(cursor.fetchone()[0])


def _loaded(holds: QuerySet[Hold]) -> QuerySet[Hold]:
    return holds.select_related("person", "card", "pickup_node")


def _grown_up(day: dt.date) -> Q:
    """Who may borrow what is not for minors: as in circulation's rule."""
    born_by = day.replace(year=day.year - ADULT_AGE, day=min(day.day, 28))
    return Q(person__born_on__lte=born_by) | (
        Q(person__born_on=None) & ~Q(card__category__code=CHILD)
    )


def make_ready(hold: Hold, copy: Copy, *, by: audit.Actor, at: dt.datetime) -> None:
    """The copy goes onto the hold shelf of the pickup branch; the time to fetch it begins."""
    _aim_elsewhere(copy)
    hold.copy = copy
    calendar = calendar_of(hold.pickup_node_id)
    hold.pickup_until = calendar.next_open_day(local_day(at) + dt.timedelta(days=hold.pickup_days))
    queueing.enter(hold, Hold.State.READY, by_name=by.name, at=at)
    outbox.record(
        HoldReady(
            hold.pk, hold.bib_id, copy.pk, hold.pickup_node.code, hold.pickup_until.isoformat()
        ),
        at=at,
    )


def send(hold: Hold, copy: Copy, *, by: audit.Actor, at: dt.datetime) -> None:
    """The copy sets out for the pickup branch; circulation begins the journey."""
    _aim_elsewhere(copy)
    hold.copy, hold.pickup_until = copy, None
    if hold.state != Hold.State.ON_ITS_WAY:
        queueing.enter(hold, Hold.State.ON_ITS_WAY, by_name=by.name, at=at)


def _aim_elsewhere(copy: Copy) -> None:
    Hold.objects.filter(target=copy).update(target=None, targeted_at=None)


def put_back(copy: Copy, *, by: audit.Actor, at: dt.datetime, note: str) -> None:
    """Whoever this copy was set aside for waits again, before all others."""
    hold = Hold.objects.captured().filter(copy=copy).first()
    if hold:
        queueing.lock(hold.bib_id)
        queueing.put_in_front(hold, by_name=by.name, at=at, note=note)


def fulfil_waiting(
    hold_id: int, copy: int, bib_id: int, *, by: audit.Actor, at: dt.datetime
) -> None:
    """A reader who waits takes a copy from the shelf: nothing to wait for any more."""
    queueing.lock(bib_id)
    hold = Hold.objects.filter(pk=hold_id, state=Hold.State.WAITING).first()
    if hold:
        hold.copy_id = copy
        queueing.enter(hold, Hold.State.FULFILLED, by_name=by.name, at=at)
        outbox.record(HoldFulfilled(hold.pk, bib_id, copy), at=at)


def reinstate(copy: Copy, person_id: int | None, since: dt.datetime) -> Hold | None:
    """The hold that a loan made at `since` fulfilled, if it may live again after the undo."""
    hold = _loaded(
        Hold.objects.filter(copy=copy, person=person_id, state=Hold.State.FULFILLED, ended_at=since)
    ).first()
    if hold is None or Hold.objects.live().filter(person=person_id, bib=hold.bib_id).exists():
        return None
    hold.ended_at = None
    return hold
