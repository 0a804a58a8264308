"""The register: taking in and correcting facilities, teachers, equipment and vehicles (R07)."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db import transaction

from yanzhen.culture.resources import register_rules
from yanzhen.culture.resources.access import require_managing, resource_unknown
from yanzhen.culture.resources.facts import ResourceChanged, ResourceEntered
from yanzhen.culture.resources.models import (
    Claim,
    Equipment,
    Facility,
    Occupancy,
    Resource,
    Teacher,
    Vehicle,
)
from yanzhen.culture.resources.quarters import first_quarter
from yanzhen.culture.resources.trees import family_of, wholes
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.network.models import Division, Site
from yanzhen.people.models import Person
from yanzhen.people.names import name_forms, phone_form, plain
from yanzhen.people.roles import Actor

Row = TypeVar("Row", Facility, Teacher, Equipment, Vehicle, Resource)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What every resource has; `site` is where it stands or is looked after."""

    name: str
    site: Site
    name_en: str = ""
    note: str = ""

    def values(self) -> dict[str, Any]:
        """Field name -> value, rows as rows."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class FacilityDetails(Details):
    kind: str
    seats: int
    part_of: Facility | None = None
    keeper: str = ""
    condition: str = Facility.Condition.GOOD
    condition_note: str = ""


@dataclass(frozen=True, kw_only=True)
class TeacherDetails(Details):
    """`weekly_cap` in hours, None: no cap."""

    subjects: str
    home_town: Division | None = None
    weekly_cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class EquipmentDetails(Details):
    units: int = 1
    kept_at: str = ""


@dataclass(frozen=True, kw_only=True)
class VehicleDetails(Details):
    kind: str = Vehicle.Kind.VAN
    plate: str = ""
    seats: int | None = None


@transaction.atomic
def enter_facility(details: FacilityDetails, *, by: Actor, at: dt.datetime) -> Facility:
    """Take a facility into the register. Raises Refused."""
    _ask_division(None, details, at)
    return _enter(Facility, Resource.Sort.FACILITY, details, by, at)


@transaction.atomic
def change_facility(
    facility_id: int, details: FacilityDetails, *, by: Actor, at: dt.datetime
) -> Facility:
    """Correct a facility. Raises Refused; nothing becomes part of a hall under live claims."""
    row = _known(Facility, facility_id)
    if row.part_of_id != (details.part_of.pk if details.part_of else None):
        _ask_division(row, details, at)
    if row.parts.exclude(site=details.site).exists():
        refuse_first(register_rules.a_part_stands_where_the_whole_stands(None, details.site.pk))
    return _change(row, details, by, at)


@transaction.atomic
def enter_teacher(
    details: TeacherDetails, *, phone: str = "", by: Actor, at: dt.datetime
) -> Teacher:
    """Take a teacher into the pool; a person of this name and telephone is the same person.

    Raises Refused.
    """
    refuse_first(register_rules.a_name_is_given(details.name))
    return _enter(
        Teacher, Resource.Sort.TEACHER, details, by, at, person=_person(details.name, phone, at)
    )


@transaction.atomic
def change_teacher(
    teacher_id: int, details: TeacherDetails, *, by: Actor, at: dt.datetime
) -> Teacher:
    """Correct what is known of a teacher. Raises Refused."""
    return _change(_known(Teacher, teacher_id), details, by, at)


@transaction.atomic
def enter_equipment(details: EquipmentDetails, *, by: Actor, at: dt.datetime) -> Equipment:
    """Take equipment into the register. Raises Refused."""
    return _enter(Equipment, Resource.Sort.EQUIPMENT, details, by, at)


@transaction.atomic
def change_equipment(
    equipment_id: int, details: EquipmentDetails, *, by: Actor, at: dt.datetime
) -> Equipment:
    """Correct equipment; its count covers what is claimed from now on. Raises Refused."""
    row = _known(Equipment, equipment_id)
    coming = Occupancy.objects.filter(resource=row.pk, last__gt=first_quarter(at))
    highest = max(coming.values_list("unit", flat=True), default=0)
    refuse_first(register_rules.a_count_covers_what_is_claimed(details.units, highest))
    return _change(row, details, by, at)


@transaction.atomic
def enter_vehicle(details: VehicleDetails, *, by: Actor, at: dt.datetime) -> Vehicle:
    """Take a vehicle into the register. Raises Refused."""
    return _enter(Vehicle, Resource.Sort.VEHICLE, details, by, at)


@transaction.atomic
def change_vehicle(
    vehicle_id: int, details: VehicleDetails, *, by: Actor, at: dt.datetime
) -> Vehicle:
    """Correct a vehicle. Raises Refused."""
    return _change(_known(Vehicle, vehicle_id), details, by, at)


@transaction.atomic
def enter_troupe(details: Details, *, by: Actor, at: dt.datetime) -> Resource:
    """Take a troupe into the register, as far as it can be claimed. Raises Refused."""
    return _enter(Resource, Resource.Sort.TROUPE, details, by, at)


@transaction.atomic
def change_troupe(troupe_id: int, details: Details, *, by: Actor, at: dt.datetime) -> Resource:
    """Correct a troupe. Raises Refused."""
    return _change(_known(Resource, troupe_id), details, by, at)


@transaction.atomic
def retire(resource_id: int, *, by: Actor, at: dt.datetime) -> Resource:
    """Take a resource out of the register from today on; what it did stays. Raises Refused."""
    row = _known(Resource, resource_id)
    require_managing(by, row.site)
    held = Claim.objects.held().filter(resource=row.pk, ends_at__gt=at).count()
    refuse_first(register_rules.what_is_claimed_stays_in_the_register(held))
    row.retired_on = local_day(at)
    row.save(update_fields=["retired_on"])
    audit.write(by=by, at=at, action="resource.retired", subject=f"resource:{row.pk}")
    outbox.record(ResourceChanged(row.pk, row.sort), at=at)
    return row


@transaction.atomic
def restore(resource_id: int, *, by: Actor, at: dt.datetime) -> Resource:
    """Take a resource back into the register. Raises Refused."""
    row = _known(Resource, resource_id)
    require_managing(by, row.site)
    row.retired_on = None
    row.save(update_fields=["retired_on"])
    audit.write(by=by, at=at, action="resource.restored", subject=f"resource:{row.pk}")
    outbox.record(ResourceChanged(row.pk, row.sort), at=at)
    return row


def _enter(
    model: type[Row], sort: str, details: Details, by: Actor, at: dt.datetime, **more
) -> Row:
    require_managing(by, details.site)
    refuse_first(register_rules.a_name_is_given(details.name))
    _ask_numbers(details)
    row = model.objects.create(sort=sort, **details.values(), **more)
    audit.write(
        by=by, at=at, action="resource.entered", subject=f"resource:{row.pk}", sort=sort,
        place=details.site.code, name=details.name,
    )  # fmt: skip
    outbox.record(ResourceEntered(row.pk, sort), at=at)
    return row


def _change(row: Row, details: Details, by: Actor, at: dt.datetime) -> Row:
    require_managing(by, row.site)
    require_managing(by, details.site)
    refuse_first(register_rules.a_name_is_given(details.name))
    _ask_numbers(details)
    new = details.values()
    changed = sorted(name for name, value in new.items() if getattr(row, name) != value)
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    audit.write(
        by=by, at=at, action="resource.changed", subject=f"resource:{row.pk}", fields=changed
    )
    outbox.record(ResourceChanged(row.pk, row.sort), at=at)
    return row


def _ask_numbers(details: Details) -> None:
    refuse_first(register_rules.a_count_is_1_to_500(getattr(details, "units", 1)))


def _known(model: type[Row], pk: int) -> Row:
    """The row, the resource held until the end of the transaction. Raises Refused."""
    if not Resource.objects.select_for_update().filter(pk=pk).first():
        raise resource_unknown()
    row = model.objects.select_related("site").filter(pk=pk).first()
    if row is None:
        raise resource_unknown()
    return row


def _ask_division(row: Facility | None, details: FacilityDetails, at: dt.datetime) -> None:
    """Ask whether a facility may become part of another, both families held."""
    whole = details.part_of
    whole_of = wholes()
    families = [family_of(each.pk, whole_of) for each in (row, whole) if each]
    everybody = sorted(set().union(*families))
    list(Resource.objects.select_for_update().filter(pk__in=everybody).order_by("pk"))
    held = Claim.objects.held().filter(resource__in=everybody, ends_at__gt=at)
    below = row is not None and whole is not None and whole.pk in _below(row.pk)
    refuse_first(
        register_rules.a_facility_tree_has_no_ring(below),
        register_rules.a_part_stands_where_the_whole_stands(
            details.site.pk, whole.site_id if whole else details.site.pk
        ),
        register_rules.a_hall_is_not_divided_under_live_claims(held.count()),
    )


def _below(facility_id: int) -> set[int]:
    found, layer = {facility_id}, {facility_id}
    while layer:
        rows = Facility.objects.filter(part_of__in=layer).values_list("pk", flat=True)
        layer = set(rows) - found
        found |= layer
    return found


def _person(name: str, phone: str, at: dt.datetime) -> Person:
    name, phone = plain(name), phone_form(phone)
    forms = name_forms(name)
    known = Person.objects.filter(name_folded=forms.folded, phone=phone, teacher=None)
    found = known.order_by("pk").first() if phone else None
    return found or Person.objects.create(
        name=name, phone=phone, registered_at=at, name_folded=forms.folded, pinyin=forms.pinyin,
        initials=forms.initials,
    )  # fmt: skip
