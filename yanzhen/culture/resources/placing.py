"""Whether a use fits, and the rows that keep others out. Part of every use-case of claims.

Whoever calls holds the rows of the resources (`locked`): what is read here stays true until the
transaction ends. The slots are the wall behind it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yanzhen.culture.resources import fitting_rules
from yanzhen.culture.resources.models import (
    Claim,
    ClaimQuerySet,
    Facility,
    Occupancy,
    Resource,
    Slot,
    Teacher,
)
from yanzhen.culture.resources.packing import Piece, pack
from yanzhen.culture.resources.quarters import span_of
from yanzhen.culture.resources.travel import minutes_between, town_of
from yanzhen.culture.resources.trees import leaves_of
from yanzhen.groundwork import audit
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.network.models import Site

SYSTEM = audit.System()
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Wish:
    """A use as it is asked for: what for, when, where, for whom. Buffers in minutes."""

    reference: str
    purpose: str
    use: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    site: Site | None = None
    set_up: int = 0
    tear_down: int = 0
    heads: int = 0
    for_minors: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Quarter hours [first, last), buffers counted in."""
        return span_of(self.starts_at, self.ends_at, self.set_up, self.tear_down)


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
    day = local_day(wish.starts_at)
    refuse_first(
        fitting_rules.what_left_the_register_is_not_claimed(
            resource.label, resource.retired_on, day
        )
    )
    if resource.sort == Resource.Sort.FACILITY:
        _ask_facility(wish, Facility.objects.prefetch_related("hours").get(pk=resource.pk))
    if resource.sort == Resource.Sort.TEACHER:
        _ask_teacher(wish, Teacher.objects.get(pk=resource.pk), day, moving)
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
    ids = list(claim_ids)
    Slot.objects.filter(occupancy__claim__in=ids).delete()
    Occupancy.objects.filter(claim__in=ids).delete()


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


def words_of(claim: Claim) -> str:
    """A claim in words: 在丹山镇“声乐课”（12月5日 14:00–16:00）."""
    start, end = timezone.localtime(claim.starts_at), timezone.localtime(claim.ends_at)
    said = {
        "what": claim.purpose,
        "day": date_format(start, "MONTH_DAY_FORMAT"),
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}" if end.date() == start.date() else date_format(end, "m-d H:i"),
        "town": town_of(claim.site).label if claim.site else "",
    }
    if claim.site:
        return _("在%(town)s“%(what)s”（%(day)s %(from)s–%(to)s）") % said
    return _("“%(what)s”（%(day)s %(from)s–%(to)s）") % said


def _ask_facility(wish: Wish, facility: Facility) -> None:
    hours: dict[int, list[fitting_rules.Span]] = defaultdict(list)
    for span in facility.hours.all():
        hours[span.weekday].append((span.opens, span.closes))
    upkeep = wish.use == Claim.Use.UPKEEP
    closed = facility.condition == Facility.Condition.CLOSED
    local = timezone.localtime
    refuse_first(
        fitting_rules.a_closed_facility_is_not_used(facility.label, closed, upkeep),
        fitting_rules.heads_stay_within_the_seats(facility.label, wish.heads, facility.seats),
        None if upkeep else fitting_rules.a_facility_is_used_while_it_is_open(
            facility.label, local(wish.starts_at), local(wish.ends_at), dict(hours)
        ),
    )  # fmt: skip


def _ask_teacher(wish: Wish, teacher: Teacher, day: dt.date, moving: int | None) -> None:
    check = teacher.checks.first()
    others = Claim.objects.held().filter(resource=teacher.pk).exclude(pk=moving)
    refuse_first(
        fitting_rules.who_teaches_minors_has_a_clear_record(
            teacher.label,
            wish.for_minors,
            check.checked_on if check else None,
            bool(check and check.result == check.Result.CLEAR),
            day,
        ),
        fitting_rules.a_teacher_works_within_the_weekly_cap(
            teacher.label, _week_minutes(wish, others, day), teacher.weekly_cap
        ),
    )
    _ask_road(wish, teacher, others)


def _week_minutes(wish: Wish, others: ClaimQuerySet, day: dt.date) -> int:
    monday = timezone.localtime(wish.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= day.weekday() * DAY
    rows = others.filter(starts_at__gte=monday, starts_at__lt=monday + 7 * DAY)
    spans = [*rows.values_list("starts_at", "ends_at"), (wish.starts_at, wish.ends_at)]
    return sum(int((end - start) / MINUTE) for start, end in spans)


def _ask_road(wish: Wish, teacher: Teacher, others: ClaimQuerySet) -> None:
    """Both ways: from what comes before, and to what comes after, on the same or the next day."""
    near = others.select_related("site__division__parent")
    near = near.during(wish.starts_at - DAY, wish.ends_at + DAY)
    begins, ends = wish.starts_at - wish.set_up * MINUTE, wish.ends_at + wish.tear_down * MINUTE
    for other in near:
        if other.ends_at <= wish.starts_at:
            gap = begins - (other.ends_at + other.tear_down * MINUTE)
        elif other.starts_at >= wish.ends_at:
            gap = (other.starts_at - other.set_up * MINUTE) - ends
        else:
            continue
        minutes = minutes_between(other.site, wish.site)
        if gap >= dt.timedelta(0):
            refuse_first(
                fitting_rules.a_teacher_has_time_to_travel(
                    teacher.label, wish.purpose, words_of(other), int(gap / MINUTE), minutes
                )
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
