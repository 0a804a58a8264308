"""Which copy on which shelf is fetched for whom: the pull list 取书单.

Each waiting hold is given one available copy, the nearest first, in the order of the queue; one
copy is the target of one hold. A target that nobody fetched in time goes to another shelf.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import on_shelf
from yanzhen.library.holds import access, queueing, rules
from yanzhen.library.holds.models import Hold
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

FETCH_WITHIN = dt.timedelta(days=2)
TITLES_A_ROUND = 200


def assign(bib_id: int, *, at: dt.datetime) -> int:
    """Give the free copies of a title to those who wait, first come first; return how many.

    A step of a use-case that holds the title's queue. Three queries and one UPDATE, however long
    the queue: only as many holds are looked at as there are copies to give.
    """
    free = list(_free_copies(bib_id))
    if not free:
        return 0
    queue = Hold.objects.waiting().filter(bib=bib_id, target=None).select_related("pickup_node")
    given = []
    for hold in _who_could_take(queue, free):
        copy = _nearest(hold, free)
        if copy is not None:
            hold.target, hold.targeted_at = copy, at
            free.remove(copy)
            given.append(hold)
    Hold.objects.bulk_update(given, ["target", "targeted_at"])
    return len(given)


def _who_could_take(queue: QuerySet[Hold], free: list[Copy]) -> Iterable[Hold]:
    """The first of the queue, and those who want one of just these copies."""
    of_title = queue.filter(wanted_copy=None).order_by("place")[: len(free)]
    of_copy = queue.filter(wanted_copy__in=free).order_by("place")
    return sorted({*of_title, *of_copy}, key=lambda hold: hold.place or 0)


def _free_copies(bib_id: int) -> QuerySet[Copy]:
    """Copies that stand on a shelf and are nobody's: neither a target nor set aside."""
    captured = Hold.objects.captured().filter(copy=OuterRef("pk"))
    targeted = Hold.objects.filter(target=OuterRef("pk"))
    return (
        Copy.objects.filter(on_shelf(), ~Exists(captured), ~Exists(targeted), bib=bib_id)
        .filter(for_loan=True)
        .select_related("current_node")
    )


def _nearest(hold: Hold, free: list[Copy]) -> Copy | None:
    fitting = [copy for copy in free if hold.wanted_copy_id in (None, copy.pk)]
    return min(fitting, key=lambda copy: _distance(hold, copy), default=None)


def _distance(hold: Hold, copy: Copy) -> tuple:
    """The shelf that was tried in vain comes last; then the pickup branch, its relatives in the
    tree, and the order of the network."""
    here, there = hold.pickup_node.path.split("."), copy.current_node.path.split(".")
    shared = sum(1 for mine, theirs in zip(here, there, strict=False) if mine == theirs)
    return (
        copy.pk == hold.passed_copy_id,
        copy.current_node_id != hold.pickup_node_id,
        -shared,
        copy.current_node.path,
        copy.pk,
    )


def not_found(*, hold_id: int, copy_id: int, node: Node, by: Actor, at: dt.datetime) -> Copy:
    """Fetched in vain: the copy is marked missing, the hold gets another target. Raises Refused."""
    with transaction.atomic():
        copy = Copy.objects.select_for_update().filter(pk=copy_id).first()
        access.require_fetching(by, copy.current_node if copy else node)
        hold = Hold.objects.filter(pk=hold_id, target=copy).first() if copy else None
        refuse_first(rules.only_a_target_is_not_found(hold is not None))
        assert hold is not None  # the rule has just said so
        assert copy is not None
        queueing.lock(hold.bib_id)
        copy.missing, copy.revision = True, copy.revision + 1
        copy.save(update_fields=["missing", "revision"])
        Hold.objects.filter(target=copy).update(target=None, targeted_at=None, passed_copy=copy)
        assign(hold.bib_id, at=at)
        audit.write(
            by=by,
            at=at,
            action="hold.not_found",
            subject=f"copy:{copy.pk}",
            place=node.code,
            hold=hold.pk,
        )
    return copy


def refresh(at: dt.datetime) -> int:
    """A round of the worker: targets nobody fetched in time or that left their shelf are given up,
    and waiting holds get the copies that are free. Return how many targets were given."""
    gone = Copy.objects.filter(on_shelf(), pk=OuterRef("target"))
    stale = Hold.objects.filter(target__isnull=False).exclude(Exists(gone))
    late = Hold.objects.filter(targeted_at__lt=at - FETCH_WITHIN)
    free = Copy.objects.filter(on_shelf(), bib=OuterRef("bib"), for_loan=True).exclude(
        Exists(Hold.objects.filter(target=OuterRef("pk")))
    )
    free = free.exclude(Exists(Hold.objects.captured().filter(copy=OuterRef("pk"))))
    hungry = Hold.objects.waiting().filter(Exists(free), target=None)
    titles = {
        bib_id
        for rows in (stale, late, hungry)
        for bib_id in rows.order_by("bib").values_list("bib", flat=True).distinct()[:TITLES_A_ROUND]
    }
    return sum(_refreshed(bib_id, at) for bib_id in sorted(titles))


def _refreshed(bib_id: int, at: dt.datetime) -> int:
    with transaction.atomic():
        queueing.lock(bib_id)
        let_go(bib_id, at=at)
        return assign(bib_id, at=at)


def let_go(bib_id: int, *, at: dt.datetime) -> None:
    """Give up the targets of a title that are late or have left their shelf."""
    aimed = Hold.objects.waiting().filter(bib=bib_id, target__isnull=False).select_related("target")
    fit = set(Copy.objects.filter(on_shelf(), bib=bib_id).values_list("pk", flat=True))
    for hold in aimed:
        if hold.target_id not in fit or (hold.targeted_at or at) < at - FETCH_WITHIN:
            hold.passed_copy, hold.target, hold.targeted_at = hold.target, None, None
            hold.save(update_fields=["passed_copy", "target", "targeted_at"])
