"""Reads for pages and for the packages above."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yanzhen.culture.resources.models import Claim, Facility, Occupancy, Resource, Teacher
from yanzhen.culture.resources.quarters import span_of
from yanzhen.culture.resources.trees import family_of, leaves_of, wholes
from yanzhen.network.models import Division, Site


def facilities() -> QuerySet[Facility]:
    """Facilities in the register, everything a list shows loaded."""
    return (
        Facility.objects.standing()
        .select_related("site__division__parent", "part_of")
        .prefetch_related("access", "photos", "parts")
        .order_by("site__division__code", "site__code", "pk")
    )


def in_town(town: Division) -> Q:
    """Resources, or claims, whose site lies in a town or its villages; of the county, the hubs."""
    here = Q(site__division=town)
    whole = town.kind == Division.Kind.COUNTY
    return here if whole else here | Q(site__division__parent=town)


def facilities_at(site: Site) -> list[Facility]:
    """What a site has to offer, the wholes first."""
    rows = facilities().filter(site=site)
    return sorted(
        rows, key=lambda each: (each.part_of_id or each.pk, each.part_of_id or 0, each.pk)
    )


def uses_in_year(facility_ids: Iterable[int], year: int, *, until: dt.datetime) -> Counter[int]:
    """How often each facility was used in a year up to a moment (R07).

    A use is one reference that was not released; a use of the whole counts for its parts too, a
    use of a part for the whole.
    """
    ids = set(facility_ids)
    first = dt.datetime(year, 1, 1, tzinfo=timezone.localtime(until).tzinfo)
    last = min(first.replace(year=year + 1), until)
    rows = (
        Claim.objects.filter(state=Claim.State.LIVE, starts_at__gte=first, starts_at__lt=last)
        .filter(resource__sort=Resource.Sort.FACILITY)
        .exclude(use=Claim.Use.UPKEEP)
    )
    used: dict[int, set[str]] = {each: set() for each in ids}
    kin: dict[int, set[int]] = {}
    whole_of = wholes()
    for resource, reference in rows.values_list("resource", "reference"):
        family = kin.get(resource) or kin.setdefault(resource, family_of(resource, whole_of))
        for each in family & ids:
            used[each].add(reference)
    return Counter({each: len(references) for each, references in used.items()})


def free_facilities(
    rows: Iterable[Facility], starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime
) -> list[Facility]:
    """Those of the facilities that nobody has claimed in a span and that are not closed."""
    wanted = [each for each in rows if each.condition != Facility.Condition.CLOSED]
    leaves = leaves_of(each.pk for each in wanted)
    first, last = span_of(starts_at, ends_at)
    taken = set(
        Occupancy.objects.filter(first__lt=last, last__gt=first)
        .exclude(claim__state=Claim.State.DRAFT, claim__expires_at__lte=at)
        .values_list("resource", flat=True)
    )
    return [each for each in wanted if not taken & set(leaves[each.pk])]


def claims_between(
    starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime
) -> QuerySet[Claim]:
    """Held claims that touch a span; lapsed drafts left out."""
    return (
        Claim.objects.held()
        .exclude(state=Claim.State.DRAFT, expires_at__lte=at)
        .during(starts_at, ends_at)
        .select_related("resource__site", "site__division__parent")
    )


def claims_around(
    resource: Resource, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime
):
    """What keeps a resource busy in a span: of a hall also the uses of its parts and its whole."""
    family = {resource.pk}
    if resource.sort == Resource.Sort.FACILITY:
        family = family_of(resource.pk, wholes())
    return claims_between(starts_at, ends_at, at).filter(resource__in=family)


def teachers() -> QuerySet[Teacher]:
    """The pool of teachers, shared by all branches (R15)."""
    return (
        Teacher.objects.standing()
        .select_related("site", "home_town", "person")
        .prefetch_related("checks")
        .order_by("name", "pk")
    )


def counts_by_sort(site_ids: Iterable[int]) -> dict[str, int]:
    rows = Resource.objects.standing().filter(site__in=list(site_ids)).order_by()
    return dict(rows.values_list("sort").annotate(Count("pk")))
