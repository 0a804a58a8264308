"""A few resources of the small county: a hall of two parts, a square, two teachers, lamps."""

import datetime as dt
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import county
from yanzhen.culture.resources.claiming import Want, claim_all
from yanzhen.culture.resources.models import (
    Claim,
    Equipment,
    Facility,
    RecordCheck,
    Resource,
    Teacher,
    TravelTime,
    Vehicle,
)

MONDAY = county.MONDAY
NEXT_MONDAY = MONDAY + dt.timedelta(days=7)  # 10:00


def facility(site, name="礼堂", *, kind="hall", seats=200, **fields) -> Facility:
    return Facility.objects.create(name=name, site=site, kind=kind, seats=seats, **fields)


def teacher(site, name="张老师", *, checked_on=dt.date(2026, 6, 1), cap=None, **fields) -> Teacher:
    """A teacher of the pool with a clear record (None: nobody asked)."""
    made = Teacher.objects.create(
        sort=Resource.Sort.TEACHER, name=name, site=site, person=county.person(name),
        subjects="声乐", weekly_cap=cap, **fields,
    )  # fmt: skip
    if checked_on:
        record_check(made, checked_on)
    return made


def record_check(made: Teacher, checked_on: dt.date, result="clear") -> RecordCheck:
    return RecordCheck.objects.create(
        teacher=made, checked_on=checked_on, result=result, document="演示-1", entered_at=MONDAY,
        entered_by="王干部",
    )  # fmt: skip


def equipment(site, name="舞台灯", units=3) -> Equipment:
    return Equipment.objects.create(sort=Resource.Sort.EQUIPMENT, name=name, site=site, units=units)


def vehicle(site, name="演示流动服务车") -> Vehicle:
    return Vehicle.objects.create(sort=Resource.Sort.VEHICLE, name=name, site=site, kind="van")


def things(place) -> SimpleNamespace:
    """`.hall` of `.left` and `.right`, `.square` (丹山), `.singer`, `.dancer`, `.lamps`, `.van`."""
    hub, danshan = place.hub.site, place.danshan.site
    hall = facility(hub)
    road = sorted([place.danshan.site.division, place.zhonghe.site.division], key=lambda t: t.pk)
    TravelTime.objects.create(one=road[0], other=road[1], minutes=30, verification="demo")
    return SimpleNamespace(
        hall=hall,
        left=facility(hub, "礼堂东厅", seats=80, part_of=hall),
        right=facility(hub, "礼堂西厅", seats=80, part_of=hall),
        square=facility(danshan, "丹山广场", kind="square", seats=500),
        singer=teacher(hub, "张老师", home_town=place.danshan.site.division),
        dancer=teacher(hub, "刘老师"),
        lamps=equipment(hub),
        van=vehicle(hub),
        by=county.staff(place.hub, "culture_cadre", name="王干部"),
    )


def claim(by, *resources, reference="desk:a", hours=2, start=NEXT_MONDAY, **more) -> list[Claim]:
    """Claim resources (or (resource, units) pairs) from `start` for some hours."""
    wants = [
        Want(each[0].pk, each[1]) if isinstance(each, tuple) else Want(each.pk)
        for each in resources
    ]
    told = {
        "purpose": "声乐课", "starts_at": start, "ends_at": start + dt.timedelta(hours=hours),
        "at": MONDAY, **more,
    }  # fmt: skip
    return claim_all(reference=reference, wants=wants, by=by, **told)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
