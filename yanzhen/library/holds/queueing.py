"""The queue of a title: positions 1..n, without gaps, under one lock.

All of these run inside the transaction of a use-case that has called `lock`. A place is held by a
unique constraint, which both databases ask row by row; so a shift goes over negative numbers.
"""

import datetime as dt

from django.db.models import Case, F, Max, Value, When
from django.db.models.functions import Abs

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holds.models import Hold, HoldStep

END = {"position": None, "target": None, "targeted_at": None}


def lock(bib_id: int) -> None:
    """Keep the queue of a title to this transaction."""
    BibRecord.objects.select_for_update(no_key=True).get(pk=bib_id)


def length(bib_id: int) -> int:
    last = Hold.objects.waiting().filter(bib=bib_id).aggregate(last=Max("position"))["last"]
    return last or 0


def enter(hold: Hold, state: str, *, by_name: str, at: dt.datetime, note: str = "") -> None:
    """Bring a hold into a state and write the step down; leaving the queue closes the gap."""
    left = hold.position if state != Hold.State.WAITING else None
    hold.state = state
    if state != Hold.State.WAITING:
        hold.position = hold.target = hold.targeted_at = None
    if state not in (Hold.State.WAITING, Hold.State.ON_ITS_WAY, Hold.State.READY):
        hold.ended_at = at
    hold.save()
    HoldStep.objects.create(hold=hold, state=state, at=at, by_name=by_name, note=note)
    if left is not None:
        close_gap(hold.bib_id, left)


def close_gap(bib_id: int, left: int) -> None:
    """Everybody behind the place that became free moves up by one."""
    _shift(bib_id, F("position") - 1, position__gt=left)


def put_in_front(hold: Hold, *, by_name: str, at: dt.datetime, note: str) -> None:
    """A captured hold loses its copy and waits again, before all others."""
    _shift(hold.bib_id, F("position") + 1)
    hold.position, hold.copy, hold.pickup_until = 1, None, None
    enter(hold, Hold.State.WAITING, by_name=by_name, at=at, note=note)


def move(hold: Hold, before: int, after: int) -> None:
    """Move one hold to another place; those in between make room."""
    step = 1 if after < before else -1
    between = (min(before, after), max(before, after))
    place = Case(When(pk=hold.pk, then=Value(after)), default=F("position") + step)
    _shift(hold.bib_id, place, position__range=between)


def _shift(bib_id: int, place: object, **which: object) -> None:
    queue = Hold.objects.waiting().filter(bib=bib_id)
    queue.filter(**which).update(position=-1 * place)  # type: ignore[operator]
    queue.filter(position__lt=0).update(position=Abs("position"))
