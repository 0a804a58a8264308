"""The queue of a title: positions 1..n, without gaps, under one lock.

What is stored is a place; the places of a queue follow one another, and the position is counted
from the first. So whoever leaves in front, or waits again before all others, moves nobody.

All of these run inside the transaction of a use-case that has called `lock`.
"""

import datetime as dt
from typing import NamedTuple

from django.db.models import Case, F, Max, Min, Value, When

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.holds.models import Hold, HoldStep

# A place is held by a unique constraint, which both databases ask row by row; so a shift goes over
# places that nobody ever has.
FAR = 1_000_000_000


class Span(NamedTuple):
    """The first and the last place of a queue; of an empty one 1 and 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def lock(bib_id: int) -> None:
    """Keep the queue of a title to this transaction."""
    BibRecord.objects.select_for_update(no_key=True).get(pk=bib_id)


def span(bib_id: int) -> Span:
    queue = Hold.objects.waiting().filter(bib=bib_id)
    found = queue.aggregate(first=Min("place"), last=Max("place"))
    return Span(**found) if found["first"] is not None else Span(1, 0)


def length(bib_id: int) -> int:
    return span(bib_id).length


def enter(hold: Hold, state: str, *, by_name: str, at: dt.datetime, note: str = "") -> None:
    """Bring a hold into a state and write the step down; leaving the queue closes the gap."""
    left = hold.place if state != Hold.State.WAITING else None
    hold.state = state
    if state != Hold.State.WAITING:
        hold.place = hold.target = hold.targeted_at = None
    if state not in (Hold.State.WAITING, Hold.State.ON_ITS_WAY, Hold.State.READY):
        hold.ended_at = at
    hold.save()
    forget_position(hold)
    HoldStep.objects.create(hold=hold, state=state, at=at, by_name=by_name, note=note)
    if left is not None:
        close_gap(hold.bib_id, left)


def forget_position(hold: Hold) -> None:
    """What was read before is not true any more."""
    hold.__dict__.pop("position", None)


def close_gap(bib_id: int, left: int) -> None:
    """Everybody on the shorter side of the place that became free moves up to it."""
    first, last = span(bib_id)
    if left - first < last - left:
        _shift(bib_id, F("place") + 1, place__lt=left)
    else:
        _shift(bib_id, F("place") - 1, place__gt=left)


def put_in_front(hold: Hold, *, by_name: str, at: dt.datetime, note: str) -> None:
    """A captured hold loses its copy and waits again, before all others."""
    hold.place, hold.copy, hold.pickup_until = span(hold.bib_id).first - 1, None, None
    enter(hold, Hold.State.WAITING, by_name=by_name, at=at, note=note)


def move(hold: Hold, before: int, after: int) -> None:
    """Move one hold from a position to another; those in between make room."""
    step = 1 if after < before else -1
    start = span(hold.bib_id).first - 1
    between = (start + min(before, after), start + max(before, after))
    place = Case(When(pk=hold.pk, then=Value(start + after)), default=F("place") + step)
    _shift(hold.bib_id, place, place__range=between)


def _shift(bib_id: int, place: object, **which: object) -> None:
    queue = Hold.objects.waiting().filter(bib=bib_id)
    if queue.filter(**which).update(place=FAR + place):  # type: ignore[operator]
        queue.filter(place__gt=FAR // 2).update(place=F("place") - FAR)
