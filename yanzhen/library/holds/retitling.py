"""The queue of a title joined to another's, and parted again, in the transaction of a merge.

Both copies and both titles are locked by whoever calls. Within each queue nobody overtakes; between
the two, who placed first goes first.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yanzhen.library.holds import queueing, targeting
from yanzhen.library.holds.models import CAPTURED, Hold, QueueChange


@dataclass(frozen=True)
class Double:
    """A reader's second live hold, ended by a merge: where it waited, and the one that stayed."""

    hold: int
    position: int
    stays: int


def doubles(from_bib: int, to_bib: int) -> list[tuple[Hold, Hold]]:
    """Of readers with live holds on both titles: the one that stays, and the one that would end.

    A hold with a copy set aside stays; otherwise the earlier one.
    """
    here = {hold.person_id: hold for hold in Hold.objects.live().numbered().filter(bib=to_bib)}
    pairs = []
    for hold in Hold.objects.live().numbered().filter(bib=from_bib).order_by("pk"):
        if other := here.get(hold.person_id):
            pairs.append(sorted((hold, other), key=_worth))
    return [(first, second) for first, second in pairs]


def _worth(hold: Hold) -> tuple:
    return (hold.state not in CAPTURED, hold.placed_at, hold.pk)


def join(
    from_bib: int, to_bib: int, *, reason: str, by_name: str, at: dt.datetime
) -> tuple[list[int], list[Double]]:
    """All holds of a title go to another; returns which, and the doubles that were ended."""
    ended = []
    for stays, ends in doubles(from_bib, to_bib):
        ended.append(Double(ends.pk, ends.position or 0, stays.pk))
        ends.refresh_from_db()
        queueing.enter(ends, Hold.State.CANCELLED, by_name=by_name, at=at, note=reason)
    moved = sorted(Hold.objects.filter(bib=from_bib).values_list("pk", flat=True))
    queues = _queue(to_bib), _queue(from_bib)
    order = list(heapq.merge(*queues, key=lambda hold: (hold.placed_at, hold.pk)))
    _lay({to_bib: order}, QueueChange(reason=reason, by_name=by_name, at=at))
    Hold.objects.filter(pk__in=moved).update(bib=to_bib)
    targeting.assign(to_bib, at=at)
    return moved, ended


def part(
    from_bib: int,
    to_bib: int,
    moved: Sequence[int],
    ended: Iterable[Double],
    *,
    reason: str,
    by_name: str,
    at: dt.datetime,
) -> None:
    """Undo a `join`: `moved` holds go back from `to_bib`, and what was ended waits again.

    The copies have gone back before. A live hold that has, or wants, a certain copy goes where that
    copy is. A double waits again only while the hold that stayed for it lives, on the other title.
    """
    back = set(Hold.objects.filter(pk__in=moved, bib=to_bib).values_list("pk", flat=True))
    for hold in Hold.objects.live().filter(bib=to_bib).select_related("copy", "wanted_copy"):
        certain = hold.copy if hold.state in CAPTURED else hold.wanted_copy
        if certain is not None:
            (back.add if certain.bib_id == from_bib else back.discard)(hold.pk)
    waiting = _queue(to_bib)
    queues = {
        to_bib: [hold for hold in waiting if hold.pk not in back],
        from_bib: [hold for hold in waiting if hold.pk in back],
    }
    change = QueueChange(reason=reason, by_name=by_name, at=at)
    _lay(queues, change)
    Hold.objects.filter(pk__in=back).update(bib=from_bib)
    for double in sorted(ended, key=lambda each: each.position):
        apart = (double.hold in back) != (double.stays in back)
        if apart and (hold := _revived(double, reason, by_name, at)):
            queue = queues[hold.bib_id]
            queue.insert(min(double.position - 1, len(queue)), hold)
    _lay(queues, change)
    for bib_id in queues:
        targeting.assign(bib_id, at=at)


def _queue(bib_id: int) -> list[Hold]:
    waiting = Hold.objects.waiting().filter(bib=bib_id)
    return list(waiting.numbered().select_related("target").order_by("place"))


def _revived(double: Double, note: str, by_name: str, at: dt.datetime) -> Hold | None:
    """The hold waiting again, its place yet to be laid; None when its reader needs it no more."""
    stays = Hold.objects.live().filter(pk=double.stays).exists()
    hold = Hold.objects.filter(pk=double.hold, state=Hold.State.CANCELLED).first()
    if not stays or hold is None:
        return None
    hold.ended_at, hold.place = None, -queueing.FAR - hold.pk
    queueing.enter(hold, Hold.State.WAITING, by_name=by_name, at=at, note=note)
    hold.position = 0
    return hold


def _lay(queues: dict[int, list[Hold]], change: QueueChange) -> None:
    """Give everybody their title and their place, over places nobody has; a place that changed
    has its reason. A target that is a copy of the other title is let go."""
    changes, everybody = [], [hold for queue in queues.values() for hold in queue]
    beyond = [Hold(pk=hold.pk, place=queueing.FAR + n) for n, hold in enumerate(everybody)]
    Hold.objects.bulk_update(beyond, ["place"])
    for bib_id, queue in queues.items():
        for place, hold in enumerate(queue, 1):
            was = hold.position or 0
            if was and was != place:
                about = {"reason": change.reason, "by_name": change.by_name, "at": change.at}
                changes.append(QueueChange(hold=hold, before=was, after=place, **about))
            hold.bib_id, hold.place, hold.position = bib_id, place, place
            if hold.target and hold.target.bib_id != bib_id:
                hold.target, hold.targeted_at = None, None
    Hold.objects.bulk_update(everybody, ["bib", "place", "target", "targeted_at"])
    QueueChange.objects.bulk_create(changes)
