"""What must hold over all claims at every commit; each yields plain sentences of what does not."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Max, Min

from yanzhen.culture.resources.fitting_rules import A_CHECK_LASTS
from yanzhen.culture.resources.models import Claim, Facility, Occupancy, RecordCheck, Resource, Slot
from yanzhen.culture.resources.quarters import first_quarter, span_of
from yanzhen.culture.resources.trees import leaves_of
from yanzhen.groundwork import clock
from yanzhen.groundwork.clock import local_day


def no_unit_is_taken_twice_at_a_time() -> Iterator[str]:
    """Counted from the occupancies, not from the slots that are to prevent it."""
    last: dict[tuple[int, int], int] = {}
    rows = Occupancy.objects.order_by("resource_id", "unit", "first", "pk")
    for resource, unit, first, end in rows.values_list("resource_id", "unit", "first", "last"):
        if first < last.get((resource, unit), 0):
            yield f"unit {unit} of resource {resource} is taken twice at quarter hour {first}"
        last[resource, unit] = max(end, last.get((resource, unit), 0))


def every_occupancy_has_its_slots() -> Iterator[str]:
    rows = Occupancy.objects.annotate(
        n=Count("slots"), lowest=Min("slots__quarter"), highest=Max("slots__quarter")
    )
    for row in rows:
        whole = (row.n, row.lowest, row.highest) == (row.last - row.first, row.first, row.last - 1)
        if not whole:
            yield f"occupancy {row.pk} has {row.n} slots for {row.last - row.first} quarter hours"
    for slot in Slot.objects.exclude(resource=F("occupancy__resource"), unit=F("occupancy__unit"))[
        :20
    ]:
        yield f"slot {slot.pk} is not of the unit of its occupancy"


def units_stay_within_the_count() -> Iterator[str]:
    """From now on: of what was used before there may be fewer today."""
    coming = Occupancy.objects.filter(last__gt=first_quarter(clock.now()))
    for row in coming.filter(unit__gt=F("resource__units")):
        yield f"occupancy {row.pk} is of unit {row.unit}, which there is not"


def only_what_is_held_occupies() -> Iterator[str]:
    for row in Occupancy.objects.exclude(claim__state__in=Claim.HELD):
        yield f"occupancy {row.pk} belongs to claim {row.claim_id}, which has ended"


def a_held_claim_occupies_all_it_needs() -> Iterator[str]:
    """Every smallest part, at every quarter hour of its span, as often as it wants units.

    A hall may be divided once everything claimed before is over.
    """
    claims = list(Claim.objects.held().filter(ends_at__gt=clock.now()))
    leaves = leaves_of({each.resource_id for each in claims})
    found: dict[tuple[int, int], int] = defaultdict(int)
    for claim, resource, first, last in Occupancy.objects.values_list(
        "claim_id", "resource_id", "first", "last"
    ):
        found[claim, resource] += last - first
    for claim in claims:
        first, last = span_of(claim.starts_at, claim.ends_at, claim.set_up, claim.tear_down)
        for leaf in leaves[claim.resource_id]:
            if found[claim.pk, leaf] != claim.units * (last - first):
                yield f"claim {claim.pk} does not occupy resource {leaf} as it should"


def who_teaches_minors_has_a_clear_record() -> Iterator[str]:
    """At most 12 months before the day of the class (L06, R16)."""
    rows = Claim.objects.held().filter(for_minors=True, resource__sort=Resource.Sort.TEACHER)
    for claim in rows:
        day = local_day(claim.starts_at)
        clear = RecordCheck.objects.filter(
            teacher=claim.resource_id,
            result=RecordCheck.Result.CLEAR,
            checked_on__range=(day - A_CHECK_LASTS, day),
        )
        if not clear.exists():
            yield f"claim {claim.pk} lets a teacher without a clear record teach minors"


def a_facility_tree_has_no_ring() -> Iterator[str]:
    whole_of = dict(Facility.objects.exclude(part_of=None).values_list("pk", "part_of"))
    for start in whole_of:
        seen, at = {start}, whole_of.get(start)
        while at is not None and at not in seen:
            seen.add(at)
            at = whole_of.get(at)
        if at == start:
            yield f"facility {start} is a part of itself"


INVARIANTS = (
    no_unit_is_taken_twice_at_a_time,
    every_occupancy_has_its_slots,
    units_stay_within_the_count,
    only_what_is_held_occupies,
    a_held_claim_occupies_all_it_needs,
    who_teaches_minors_has_a_clear_record,
    a_facility_tree_has_no_ring,
)
