"""Claiming, moving, releasing and swapping: all or nothing, and no resource in two places."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county
from yanzhen.config import invariants
from yanzhen.culture.resources import changing, claiming, expiring
from yanzhen.culture.resources.models import Claim, FacilityHours, Occupancy, Slot
from yanzhen.culture.resources.tests.makers import (
    MONDAY,
    NEXT_MONDAY,
    claim,
    facility,
    record_check,
    teacher,
)
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused

HOUR = dt.timedelta(hours=1)


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}:")


@pytest.fixture(autouse=True)
def _all_invariants_hold_at_the_end(place):
    yield
    assert list(invariants.broken()) == []


def test_a_use_claims_everything_it_wants(things):
    claims = claim(things.by, things.left, things.singer, (things.lamps, 2), set_up=30)
    assert {each.state for each in claims} == {"live"}
    assert {each.site for each in claims} == {things.hall.site}
    assert Slot.objects.count() == 4 * 10  # two and a half hours, four units
    entry = AuditEntry.objects.get(action="claim.made")
    assert entry.detail["purpose"] == "声乐课"
    fact = Fact.objects.get(kind="ResourcesClaimed")
    assert fact.body == {"reference": "desk:a", "claim_ids": [each.pk for each in claims]}


def test_a_use_claims_everything_or_nothing(things):
    claim(things.by, things.dancer)
    with refused("already-claimed"):
        claim(things.by, things.left, things.singer, things.dancer, reference="desk:b")
    assert Claim.objects.count() == 1
    assert Occupancy.objects.count() == 1


def test_a_conflict_names_both_uses(things, place):
    """R15: a teacher booked in two towns at one time."""
    claim(things.by, things.singer, site=place.danshan.site, purpose="广场舞课")
    with refused("already-claimed") as told:
        claim(things.by, things.singer, reference="b", site=place.zhonghe.site, purpose="声乐课")
    assert told.value.message == (
        "“张老师”这段时间已占用：在丹山镇“广场舞课”（11月30日 10:00–12:00）；“声乐课”排不进去。"
    )


def test_adjacent_uses_fit_and_overlapping_ones_do_not(things):
    claim(things.by, things.square)
    claim(things.by, things.square, reference="b", start=NEXT_MONDAY + 2 * HOUR)
    with refused("already-claimed"):
        claim(things.by, things.square, reference="c", start=NEXT_MONDAY - HOUR, hours=1.25)
    with refused("already-claimed"):
        late = NEXT_MONDAY + 4 * HOUR
        claim(things.by, things.square, reference="c", start=late, set_up=15)


def test_a_whole_is_used_with_all_its_parts(things):
    claim(things.by, things.left)
    claim(things.by, things.right, reference="b")
    with refused("already-claimed"):
        claim(things.by, things.hall, reference="c")
    claim(things.by, things.hall, reference="d", start=NEXT_MONDAY + 3 * HOUR)
    for part in (things.left, things.right):
        with refused("already-claimed"):
            claim(things.by, part, reference="e", start=NEXT_MONDAY + 4 * HOUR)


def test_never_more_units_than_there_are(things):
    claim(things.by, (things.lamps, 2))
    claim(things.by, things.lamps, reference="b", start=NEXT_MONDAY + HOUR)
    with refused("already-claimed") as told:
        claim(things.by, (things.lamps, 2), reference="c", start=NEXT_MONDAY + 2 * HOUR - HOUR / 2)
    assert "只剩 0 件" in told.value.message
    claim(things.by, (things.lamps, 2), reference="d", start=NEXT_MONDAY + 2 * HOUR)


def test_units_are_used_up_to_the_count_however_the_uses_lie(things):
    """Two uses that each leave another unit free: a third may change from one to the other."""
    claim(things.by, (things.lamps, 3), reference="a", hours=1)
    claim(things.by, (things.lamps, 2), reference="b", start=NEXT_MONDAY + HOUR, hours=1)
    claim(things.by, (things.lamps, 2), reference="c", start=NEXT_MONDAY + 3 * HOUR, hours=1)
    changing.release(reference="a", by=things.by, at=MONDAY)
    claim(things.by, things.lamps, reference="d", start=NEXT_MONDAY, hours=4)
    with refused("already-claimed"):
        claim(things.by, things.lamps, reference="e", start=NEXT_MONDAY, hours=4)


def test_a_teacher_has_time_to_travel(things, place):
    """The road from 丹山 to 中和 takes half an hour, in both directions."""
    claim(things.by, things.singer, site=place.danshan.site)
    late, soon = NEXT_MONDAY + 2.5 * HOUR, NEXT_MONDAY + 2.25 * HOUR
    with refused("no-time-to-travel") as told:
        claim(things.by, things.singer, reference="b", start=soon, site=place.zhonghe.site)
    assert "路上要 30 分钟，中间只有 15 分钟" in told.value.message
    early = NEXT_MONDAY - 1.25 * HOUR
    with refused("no-time-to-travel"):
        claim(
            things.by, things.singer, reference="b", start=early, hours=1, site=place.zhonghe.site
        )
    claim(things.by, things.singer, reference="b", start=late, site=place.zhonghe.site)
    claim(things.by, things.singer, reference="c", start=late + 2 * HOUR, site=place.zhonghe.site)


@pytest.mark.parametrize(
    ("checked_on", "result", "fits"),
    [
        (None, "", False),
        (dt.date(2025, 11, 29), "clear", False),
        (dt.date(2025, 11, 30), "clear", True),
        (dt.date(2026, 11, 1), "found", False),
    ],
)
def test_who_teaches_minors_has_a_clear_record(things, checked_on, result, fits):
    who = teacher(things.hall.site, "周老师", checked_on=None)
    if checked_on:
        record_check(who, checked_on, result)
    if fits:
        claim(things.by, who, for_minors=True)
        return
    with refused("record-check-missing"):
        claim(things.by, who, for_minors=True)
    claim(things.by, who)


def test_a_substitute_for_a_class_of_minors_has_a_clear_record_too(things):
    [made] = claim(things.by, things.singer, for_minors=True)
    who = teacher(things.hall.site, "周老师", checked_on=None)
    with refused("record-check-missing"):
        changing.swap(claim_id=made.pk, to_resource_id=who.pk, by=things.by, at=MONDAY)
    changed = changing.swap(
        claim_id=made.pk, to_resource_id=things.dancer.pk, by=things.by, at=MONDAY
    )
    assert changed.resource_id == things.dancer.pk
    claim(things.by, things.singer, reference="b")
    with refused("already-claimed"):
        claim(things.by, things.dancer, reference="c")
    with refused("substitute-unfit"):
        changing.swap(claim_id=made.pk, to_resource_id=things.van.pk, by=things.by, at=MONDAY)


def test_a_teacher_works_within_the_weekly_cap(things):
    who = teacher(things.hall.site, "周老师", cap=5)
    claim(things.by, who, hours=3)
    with refused("weekly-cap"):
        claim(things.by, who, reference="b", start=NEXT_MONDAY + 24 * HOUR, hours=3)
    claim(things.by, who, reference="b", start=NEXT_MONDAY + 24 * HOUR)
    claim(things.by, who, reference="c", start=NEXT_MONDAY + 7 * 24 * HOUR, hours=5)
    [moved] = changing.move(
        reference="c", starts_at=NEXT_MONDAY + 8 * 24 * HOUR,
        ends_at=NEXT_MONDAY + 8 * 24 * HOUR + 5 * HOUR, by=things.by, at=MONDAY,
    )  # fmt: skip
    assert moved.state == "live"


def test_a_facility_is_used_while_it_is_open(things):
    for opens, closes in ((9, 12), (14, 18)):
        FacilityHours.objects.create(
            facility=things.square, weekday=0, opens=dt.time(opens), closes=dt.time(closes)
        )
    claim(things.by, things.square)
    for start, hours in ((NEXT_MONDAY + HOUR, 3), (NEXT_MONDAY + 24 * HOUR, 1)):
        with refused("facility-not-open"):
            claim(things.by, things.square, reference="b", start=start, hours=hours)


def test_heads_stay_within_the_seats_and_a_closed_facility_is_not_used(things):
    with refused("too-many-heads"):
        claim(things.by, things.left, heads=81)
    claim(things.by, things.left, heads=80)
    shut = facility(things.hall.site, "旧戏台", condition="closed")
    with refused("facility-closed"):
        claim(things.by, shut, reference="b")
    claim(things.by, shut, reference="b", use="upkeep")


def test_every_draft_has_an_expiry_and_gives_back_what_it_holds(things):
    until = MONDAY + HOUR
    [draft] = claim(things.by, things.square, expires_at=until)
    assert draft.state == "draft"
    with refused("already-claimed"):
        claim(things.by, things.square, reference="b")
    claim(things.by, things.square, reference="b", at=until)
    draft.refresh_from_db()
    assert (draft.state, draft.ended_by) == ("expired", "系统")
    with refused("claim-unknown"):
        claiming.confirm(reference="desk:a", by=things.by, at=until)
    with refused("expiry-unfit"):
        claim(things.by, things.dancer, reference="c", expires_at=MONDAY + dt.timedelta(days=15))


def test_a_confirmed_draft_does_not_lapse_and_the_worker_ends_the_others(things):
    for reference, what in (("a", things.square), ("b", things.dancer)):
        claim(things.by, what, reference=reference, expires_at=MONDAY + HOUR)
    claiming.confirm(reference="a", by=things.by, at=MONDAY)
    assert expiring.expire(MONDAY + HOUR) == 1
    assert expiring.expire(MONDAY + HOUR) == 0
    assert dict(Claim.objects.values_list("reference", "state")) == {"a": "live", "b": "expired"}
    assert Fact.objects.get(kind="DraftExpired").body == {"reference": "b"}


def test_a_move_takes_the_whole_use_or_leaves_it(things):
    claim(things.by, things.left, things.singer)
    claim(things.by, things.singer, reference="b", start=NEXT_MONDAY + 4 * HOUR)
    with refused("already-claimed"):
        start = NEXT_MONDAY + 3 * HOUR
        changing.move(
            reference="desk:a", starts_at=start, ends_at=start + 2 * HOUR, by=things.by, at=MONDAY
        )
    assert {c.starts_at for c in Claim.objects.filter(reference="desk:a")} == {NEXT_MONDAY}
    start = NEXT_MONDAY + HOUR  # overlaps where it was: a use is not in its own way
    changing.move(
        reference="desk:a", starts_at=start, ends_at=start + 2 * HOUR, by=things.by, at=MONDAY
    )
    claim(things.by, things.left, reference="c", hours=1)
    with refused("claim-begun"):
        changing.move(
            reference="desk:a", starts_at=start, ends_at=start + HOUR, by=things.by, at=start
        )


def test_what_is_released_is_free_and_stays_on_record(things):
    claim(things.by, things.square)
    changing.release(reference="desk:a", by=things.by, at=MONDAY)
    again = claim(things.by, things.square)
    assert Claim.objects.filter(reference="desk:a").count() == 2
    with refused("claimed-for-this"):
        claim(things.by, things.square, start=NEXT_MONDAY + 24 * HOUR)
    assert again[0].state == "live"


def test_the_planner_does_not_change_what_an_activity_claimed(things):
    [made] = claim(things.by, things.square, reference="tour:17")
    later = {"starts_at": NEXT_MONDAY + HOUR, "ends_at": NEXT_MONDAY + 2 * HOUR}
    told = {"by": things.by, "at": MONDAY}
    for act in (
        lambda: changing.move_in_planner(made.pk, **later, **told),
        lambda: changing.release_in_planner(made.pk, **told),
        lambda: changing.swap_in_planner(made.pk, to_resource_id=things.hall.pk, **told),
    ):
        with refused("claim-of-an-activity"):
            act()


def test_a_town_claims_teachers_and_its_own_places_only(things, place):
    clerk = county.staff(place.danshan, "culture_officer")
    claim(clerk, things.square, things.singer)
    for foreign in (things.hall, things.lamps, things.van):
        with refused("not-your-resource"):
            claim(clerk, foreign, reference="b")
    neighbour = county.staff(place.zhonghe, "culture_officer")
    with refused("not-your-resource"):
        changing.release(reference="desk:a", by=neighbour, at=MONDAY)
    with refused("no-permission"):
        claim(county.staff(place.hub, "librarian"), things.dancer, reference="c")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"hours": 0}, "ends-before-start"),
        ({"hours": 24 * 93}, "claim-too-long"),
        ({"purpose": " "}, "purpose-missing"),
        ({"set_up": -1}, "buffer-unfit"),
    ],
)
def test_a_claim_that_cannot_be(things, wrong, code):
    with refused(code):
        claim(things.by, things.square, **wrong)


def test_an_unknown_resource_is_refused(things):
    things.van.delete()
    things.van.pk = 987654
    with refused("resource-unknown"):
        claim(things.by, things.van)
    with refused("nothing-wanted"):
        claim(things.by)


def test_the_database_itself_keeps_a_unit_in_one_place(things):
    [made] = claim(things.by, things.square)
    row = Occupancy.objects.get()
    slot = Slot.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(
            occupancy=row, resource_id=row.resource_id, unit=1, quarter=slot.quarter
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=made.pk).update(state="draft")


@pytest.mark.usefixtures("_postgresql")
def test_on_postgresql_ranges_of_a_unit_do_not_overlap(things):
    claim(things.by, things.square)
    row = Occupancy.objects.get()
    with pytest.raises(IntegrityError, match="no_two_occupancies"), transaction.atomic():
        Occupancy.objects.create(
            claim_id=row.claim_id, resource_id=row.resource_id, unit=1, first=row.last - 1,
            last=row.last + 5,
        )  # fmt: skip
    beside = Occupancy.objects.create(
        claim_id=row.claim_id, resource_id=row.resource_id, unit=1, first=row.last,
        last=row.last + 5,
    )  # fmt: skip
    beside.delete()


@pytest.fixture
def _postgresql():
    if transaction.get_connection().vendor != "postgresql":
        pytest.skip("only PostgreSQL knows exclusion constraints")
