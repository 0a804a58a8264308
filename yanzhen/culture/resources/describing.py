"""What is known of one facility or teacher: opening spans, accessibility, photographs, checks."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from yanzhen.culture.resources import register_rules
from yanzhen.culture.resources.access import require_managing, resource_unknown
from yanzhen.culture.resources.facts import ResourceChanged
from yanzhen.culture.resources.models import (
    Facility,
    FacilityAccess,
    FacilityHours,
    FacilityPhoto,
    RecordCheck,
    Resource,
    Teacher,
)
from yanzhen.groundwork import audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.pictures import SUFFIX, picture_kind, without_metadata
from yanzhen.groundwork.refusals import refuse_first
from yanzhen.people.roles import Actor

LARGEST = 5 * 1024 * 1024  # bytes of a photograph


@transaction.atomic
def set_facility_hours(
    facility_id: int, week: Iterable[tuple[int, dt.time, dt.time]], *, by: Actor, at: dt.datetime
) -> None:
    """Replace the opening spans (weekday, opens, closes), weekday 0 for Monday; none: always open.

    Raises Refused. What is already claimed stays.
    """
    spans = sorted(week)
    facility = _facility(facility_id, by)
    refuse_first(register_rules.hours_of_a_day_do_not_overlap(spans))
    facility.hours.all().delete()
    FacilityHours.objects.bulk_create(
        FacilityHours(facility=facility, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in spans
    )
    audit.write(
        by=by, at=at, action="facility.hours", subject=f"resource:{facility_id}",
        week=[[day, f"{opens:%H:%M}", f"{closes:%H:%M}"] for day, opens, closes in spans],
    )  # fmt: skip
    _tell(facility, at)


@transaction.atomic
def set_facility_access(
    facility_id: int, facts: Mapping[str, str], *, by: Actor, at: dt.datetime
) -> None:
    """Write down what somebody found today: kind of AccessFeature -> its state. Raises Refused.

    A kind that is not named keeps what was found before.
    """
    facility = _facility(facility_id, by)
    for kind, state in facts.items():
        FacilityAccess.objects.update_or_create(
            facility=facility, kind=kind, defaults={"state": state, "checked_on": local_day(at)}
        )
    audit.write(
        by=by, at=at, action="facility.access", subject=f"resource:{facility_id}", **dict(facts)
    )
    _tell(facility, at)


@transaction.atomic
def add_photo(
    facility_id: int, content: bytes, caption: str, *, by: Actor, at: dt.datetime
) -> FacilityPhoto:
    """Keep a photograph, and nothing that is hidden in it, under a name of our own. Raises Refused
    unless it is one, and small."""
    facility = _facility(facility_id, by)
    kind = picture_kind(content)
    refuse_first(
        register_rules.a_photo_is_a_picture_of_at_most_5_mb(kind, len(content), LARGEST),
        register_rules.a_photo_says_what_it_shows(caption),
    )
    assert kind
    photo = FacilityPhoto(
        facility=facility, caption=caption.strip()[:80], added_at=at, added_by=by.name
    )
    picture = ContentFile(without_metadata(content))
    photo.file.save(f"{uuid4().hex}.{SUFFIX[kind]}", picture, save=True)
    audit.write(
        by=by, at=at, action="facility.photo", subject=f"resource:{facility_id}", photo=photo.pk
    )
    _tell(facility, at)
    return photo


@transaction.atomic
def remove_photo(photo_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Take a photograph away, the file with it once that is sure. Raises Refused."""
    photo = FacilityPhoto.objects.filter(pk=photo_id).first()
    if photo is None:
        raise resource_unknown()
    facility = _facility(photo.facility_id, by)
    name, storage = photo.file.name or "", photo.file.storage
    photo.delete()
    audit.write(
        by=by, at=at, action="facility.photo_removed", subject=f"resource:{facility.pk}",
        photo=photo_id,
    )  # fmt: skip
    _tell(facility, at)
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def enter_check(
    teacher_id: int, *, checked_on: dt.date, result: str, document: str, by: Actor, at: dt.datetime
) -> RecordCheck:
    """Write down a query of a teacher's record 入职查询 (L06). Raises Refused.

    `result` is a value of RecordCheck.Result; earlier ones stay.
    """
    teacher = Teacher.objects.select_related("site").filter(pk=teacher_id).first()
    if teacher is None:
        raise resource_unknown()
    require_managing(by, teacher.site)
    refuse_first(
        register_rules.a_check_was_not_made_in_the_future(checked_on, local_day(at)),
        register_rules.a_document_is_named(document),
    )
    check = RecordCheck.objects.create(
        teacher=teacher, checked_on=checked_on, result=RecordCheck.Result(result),
        document=document.strip(), entered_at=at, entered_by=by.name,
    )  # fmt: skip
    audit.write(
        by=by, at=at, action="teacher.checked", subject=f"resource:{teacher_id}",
        checked_on=checked_on.isoformat(), result=result,
    )  # fmt: skip
    outbox.record(ResourceChanged(teacher_id, Resource.Sort.TEACHER.value), at=at)
    return check


def _facility(facility_id: int, by: Actor) -> Facility:
    facility = Facility.objects.select_related("site").filter(pk=facility_id).first()
    if facility is None:
        raise resource_unknown()
    require_managing(by, facility.site)
    return facility


def _tell(facility: Facility, at: dt.datetime) -> None:
    outbox.record(ResourceChanged(facility.pk, Resource.Sort.FACILITY.value), at=at)
