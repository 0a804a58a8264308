"""Halls and their parts: to use a whole is to use each of its smallest parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from yanzhen.culture.resources.models import Facility


def leaves_of(resource_ids: Iterable[int]) -> dict[int, list[int]]:
    """Resource id -> the ids that are occupied when it is used, ascending; itself without parts."""
    parts: dict[int, list[int]] = defaultdict(list)
    rows = Facility.objects.exclude(part_of=None).order_by("pk").values_list("pk", "part_of")
    for part, whole in rows:
        if whole is not None:
            parts[whole].append(part)
    return {each: sorted(_leaves(each, parts)) for each in resource_ids}


def _leaves(resource_id: int, parts: dict[int, list[int]]) -> list[int]:
    below = parts.get(resource_id)
    if not below:
        return [resource_id]
    return [leaf for part in below for leaf in _leaves(part, parts)]


def wholes() -> dict[int, int]:
    """Part id -> id of what it is a part of; one query."""
    rows = Facility.objects.exclude(part_of=None).values_list("pk", "part_of")
    return {part: whole for part, whole in rows if whole is not None}


def family_of(facility_id: int, whole_of: Mapping[int, int]) -> set[int]:
    """The facility, everything above it and everything below it; `whole_of` from `wholes`."""
    found = {facility_id}
    above = whole_of.get(facility_id)
    while above is not None and above not in found:
        found.add(above)
        above = whole_of.get(above)
    below = {facility_id}
    while below:
        below = {part for part, whole in whole_of.items() if whole in below} - found
        found |= below
    return found
