"""The register: what may change while something is claimed, and who may change it."""

import datetime as dt

import pytest

from tests import county
from yanzhen.culture.resources import describing, entering, queries
from yanzhen.culture.resources.changing import release
from yanzhen.culture.resources.entering import EquipmentDetails, FacilityDetails, TeacherDetails
from yanzhen.culture.resources.models import Facility, FacilityPhoto, Teacher
from yanzhen.culture.resources.tests.makers import MONDAY, NEXT_MONDAY, claim
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Person

HOUR = dt.timedelta(hours=1)


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}:")


def told(facility: Facility, **changed) -> FacilityDetails:
    names = ("name", "site", "kind", "seats", "part_of", "keeper", "condition", "note")
    return FacilityDetails(**{**{name: getattr(facility, name) for name in names}, **changed})


def test_a_hall_is_not_divided_under_live_claims(things):
    """What was claimed on the undivided hall would keep nobody out of its new part."""
    alone = things.square
    claim(things.by, alone)
    details = FacilityDetails(
        name="广场东侧", site=alone.site, kind="square", seats=100, part_of=alone
    )
    with refused("tree-in-use"):
        entering.enter_facility(details, by=things.by, at=MONDAY)
    with refused("tree-in-use"):
        entering.change_facility(
            things.left.pk, told(things.left, part_of=alone), by=things.by, at=MONDAY
        )
    release(reference="desk:a", by=things.by, at=MONDAY)
    part = entering.enter_facility(details, by=things.by, at=MONDAY)
    claim(things.by, alone)
    with refused("already-claimed"):
        claim(things.by, part, reference="b")


def test_a_facility_tree_has_no_ring_and_stays_in_one_house(things):
    for whole in (things.hall, things.left):
        with refused("part-of-itself"):
            entering.change_facility(
                things.hall.pk, told(things.hall, part_of=whole), by=things.by, at=MONDAY
            )
    with refused("part-elsewhere"):
        entering.change_facility(
            things.square.pk, told(things.square, part_of=things.hall), by=things.by, at=MONDAY
        )


def test_a_count_covers_what_is_claimed(things):
    claim(things.by, (things.lamps, 2))

    def count(units: int, at=MONDAY):
        details = EquipmentDetails(name="舞台灯", site=things.lamps.site, units=units)
        return entering.change_equipment(things.lamps.pk, details, by=things.by, at=at)

    with refused("count-too-small"):
        count(1)
    assert count(2).units == 2
    assert count(1, at=NEXT_MONDAY + 3 * HOUR).units == 1
    with refused("count-unfit"):
        count(0, at=NEXT_MONDAY + 3 * HOUR)


def test_what_is_claimed_stays_in_the_register(things):
    claim(things.by, things.van)
    with refused("resource-in-use"):
        entering.retire(things.van.pk, by=things.by, at=MONDAY)
    release(reference="desk:a", by=things.by, at=MONDAY)
    entering.retire(things.van.pk, by=things.by, at=MONDAY)
    with refused("resource-retired"):
        claim(things.by, things.van)
    entering.restore(things.van.pk, by=things.by, at=MONDAY)
    claim(things.by, things.van)


def test_a_teacher_already_known_is_the_same_person(things):
    known = county.person("周小春")
    Person.objects.filter(pk=known.pk).update(phone="19900000001")
    made = entering.enter_teacher(
        TeacherDetails(name="周小春", site=things.hall.site, subjects="书法"),
        phone="199-0000-0001", by=things.by, at=MONDAY,
    )  # fmt: skip
    assert Teacher.objects.get(pk=made.pk).person_id == known.pk
    other = entering.enter_teacher(
        TeacherDetails(name="周小春", site=things.hall.site, subjects="国画"),
        by=things.by,
        at=MONDAY,
    )
    assert other.person_id != known.pk


def test_only_who_looks_after_a_house_changes_its_register(things, place):
    clerk = county.staff(place.danshan, "culture_officer")
    entering.change_facility(things.square.pk, told(things.square, seats=450), by=clerk, at=MONDAY)
    assert AuditEntry.objects.get(action="resource.changed").detail["fields"] == ["seats"]
    for act in (
        lambda: entering.change_facility(
            things.hall.pk, told(things.hall, seats=1), by=clerk, at=MONDAY
        ),
        lambda: entering.change_facility(
            things.square.pk, told(things.square, site=things.hall.site), by=clerk, at=MONDAY
        ),
        lambda: describing.set_facility_hours(things.hall.pk, [], by=clerk, at=MONDAY),
        lambda: describing.enter_check(
            things.singer.pk, checked_on=MONDAY.date(), result="clear", document="演示", by=clerk,
            at=MONDAY,
        ),
    ):  # fmt: skip
        with refused("not-your-resource"):
            act()


def test_a_photo_is_a_picture_with_a_caption(things, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for content, caption, code in (
        (b"GIF89a", "戏台", "photo-unfit"),
        (b"RIFF0000WEBP", " ", "caption-missing"),
    ):
        with refused(code):
            describing.add_photo(things.square.pk, content, caption, by=things.by, at=MONDAY)
    photo = describing.add_photo(
        things.square.pk, b"\x89PNG\r\n\x1a\n", "戏台", by=things.by, at=MONDAY
    )
    assert (tmp_path / photo.file.name).read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert photo.file.name.endswith(".png")
    assert FacilityPhoto.objects.count() == 1


def test_uses_of_a_year_are_counted(things):
    claim(things.by, things.hall, start=MONDAY - 24 * HOUR, at=MONDAY - 48 * HOUR)
    claim(things.by, things.left, reference="b", start=MONDAY - 30 * HOUR, at=MONDAY - 48 * HOUR)
    claim(things.by, things.left, reference="c", use="upkeep", start=MONDAY - 40 * HOUR)
    claim(things.by, things.left, reference="d")  # still to come
    release(reference="b", by=things.by, at=MONDAY)
    ids = [things.hall.pk, things.left.pk, things.square.pk]
    assert queries.uses_in_year(ids, 2026, until=MONDAY) == {ids[0]: 1, ids[1]: 1, ids[2]: 0}
    assert queries.uses_in_year(ids, 2025, until=MONDAY) == dict.fromkeys(ids, 0)
