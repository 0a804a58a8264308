"""Whether there is room for a use, and the rows that keep others out. Part of claiming.

Whoever calls holds the rows of the resources (`locked`): what is read here stays true until the
transaction ends. The slots are the wall behind it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.culture.resources import fitting_rules
from yanzhen.culture.resources.fitting import Wish, ask_resource, words_of
from yanzhen.culture.resources.models import Claim, Occupancy, Resource, Slot
from yanzhen.culture.resources.packing import Piece, pack
from yanzhen.culture.resources.trees import leaves_of
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first

SYSTEM = audit.System()


@dataclass(frozen=True)
class Held:
    """Resources whose rows are held until the end of the transaction, and what each occupies."""

    resources: dict[int, Resource]
    leaves: dict[int, list[int]]


def locked(resource_ids: Iterable[int]) -> Held:
    """Hold the rows of these resources and of their parts, in ascending order (no deadlock).

    Raises Refused when a hall was divided at this very moment. An unknown id is left out.
    """
    wanted = sorted(set(resource_ids))
    leaves = leaves_of(wanted)
    everything = sorted({*wanted, *(leaf for each in leaves.values() for leaf in each)})
    rows = Resource.objects.select_for_update(of=("self",)).select_related("site__division__parent")
    held = {row.pk: row for row in rows.filter(pk__in=everything).order_by("pk")}
    if leaves_of(wanted) != leaves:
        raise claimed_meanwhile()
    return Held(held, leaves)


def fit(
    wish: Wish, resource: Resource, units: int, held: Held, *, moving: int | None = None
) -> list[tuple[int, Piece]]:
    """The (resource id, piece) pairs this use would occupy. Raises Refused if it may not.

    `moving` is a claim that is being given another time or resource: its old hours do not count.
    """
    ask_resource(wish, resource, moving)
    return [
        (leaf, piece)
        for leaf in held.leaves[resource.pk]
        for piece in _room(wish, held.resources[leaf], units, resource)
    ]


def occupy(claim: Claim, pieces: Iterable[tuple[int, Piece]]) -> None:
    """Write the occupancies and slots of a claim. Raises Refused where the wall says no."""
    rows = [
        Occupancy(claim=claim, resource_id=each, unit=p.unit, first=p.first, last=p.last)
        for each, p in pieces
    ]
    try:
        with transaction.atomic():
            Occupancy.objects.bulk_create(rows)
            Slot.objects.bulk_create(
                (
                    Slot(occupancy=row, resource_id=row.resource_id, unit=row.unit, quarter=quarter)
                    for row in rows
                    for quarter in range(row.first, row.last)
                ),
                batch_size=500,
            )
    except IntegrityError as taken:
        raise claimed_meanwhile() from taken


def vacate(claim_ids: Iterable[int]) -> None:
    """Take away what these claims occupy."""
    taken = list(Occupancy.objects.filter(claim__in=list(claim_ids)).values_list("pk", flat=True))
    # By their own numbers: joined to the claims, PostgreSQL walks all slots there are.
    Slot.objects.filter(occupancy__in=taken).delete()
    Occupancy.objects.filter(pk__in=taken).delete()


def lapse(resource_ids: Iterable[int], at: dt.datetime) -> None:
    """End the drafts whose time is over, as far as they stand in the way of these resources."""
    late = Claim.objects.lapsed(at).filter(occupancies__resource__in=list(resource_ids))
    ids = list(late.values_list("pk", flat=True).distinct())
    if ids:
        end_drafts(ids, at)


def end_drafts(claim_ids: list[int], at: dt.datetime) -> int:
    """Mark drafts as expired, each only once; return how many."""
    vacate(claim_ids)
    return Claim.objects.filter(pk__in=claim_ids, state=Claim.State.DRAFT).update(
        state=Claim.State.EXPIRED, expires_at=None, ended_at=at, ended_by=SYSTEM.name
    )


def claimed_meanwhile() -> Refused:
    return Refused(
        "claimed-meanwhile",
        _("就在刚才，这段时间被别人占用了。"),
        _("请刷新页面，看看还有哪些空。"),
    )


def _room(wish: Wish, leaf: Resource, units: int, asked: Resource) -> list[Piece]:
    first, last = wish.span
    inside = Occupancy.objects.filter(resource=leaf.pk, first__lt=last, last__gt=first)
    taken = [Piece(*row) for row in inside.values_list("unit", "first", "last")]
    found = pack(leaf.units, taken, wanted=units, first=first, last=last)
    if found is not None:
        return found
    by_time = inside.order_by("first").select_related("claim__site__division__parent")
    other = by_time.first()
    refuse_first(
        fitting_rules.nothing_is_used_twice_at_a_time(
            asked.label,
            wish.purpose,
            words_of(other.claim) if other else _("总共只有 %(n)d 件") % {"n": leaf.units},
            max(0, leaf.units - peak(taken, first, last)),
            leaf.units,
        )
    )
    raise claimed_meanwhile()


def peak(taken: Iterable[Piece], first: int, last: int) -> int:
    """The most units taken at one quarter hour of [first, last)."""
    spans = [(max(p.first, first), min(p.last, last)) for p in taken]
    return max((sum(a <= at < b for a, b in spans) for at, _end in spans), default=0)
