"""A session and its facility: claimed together, moved together, given back together."""

import datetime as dt

import pytest

from yanzhen.culture.activities import drafting, invariants
from yanzhen.culture.activities.cancelling import cancel_activity, cancel_session
from yanzhen.culture.activities.holding import Holding, claim_of, holding_of
from yanzhen.culture.activities.models import Session
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.scheduling import add_rain_date, add_series, add_session, resize
from yanzhen.culture.activities.tests import makers
from yanzhen.culture.resources.changing import release
from yanzhen.culture.resources.claiming import Want, claim_all
from yanzhen.culture.resources.models import Claim, Facility
from yanzhen.culture.resources.tests.makers import facility
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Closure, Holiday
from yanzhen.network.opening import calendar_of

AT, DAY, HOUR = makers.AT, makers.DAY, makers.HOUR
TUESDAY = dt.datetime(2026, 11, 24, 19, 0, tzinfo=AT.tzinfo)


@pytest.fixture
def hall(place) -> Facility:
    return facility(place.danshan.site, "多功能厅", seats=120)


@pytest.fixture
def by(place):
    return makers.officer(place.danshan)


def added(place, by, hall, starts_at=TUESDAY, **fields) -> Session:
    """A session of an activity of its own in the hall."""
    slot = makers.slot(place.danshan.site, starts_at, facility=hall, **fields)
    return add_session(activity_id=makers.activity(place.danshan).pk, slot=slot, by=by, at=AT)


def close(node, day: dt.date, notice="检修，闭馆一天。") -> None:
    Closure.objects.create(
        node=node, first_day=day, last_day=day, notice=notice, announced_at=AT
    )  # fmt: skip


def live() -> list[tuple]:
    return list(Claim.objects.held().order_by("starts_at").values_list("reference", "starts_at"))


def test_a_session_claims_the_facility_it_names(place, by, hall):
    made = added(place, by, hall, holding=Holding(set_up=30, tear_down=15))
    claim = claim_of(made)
    assert (claim.reference, claim.state, claim.resource_id) == (
        f"session:{made.pk}", "live", hall.pk,
    )  # fmt: skip
    assert (claim.purpose, claim.use, claim.site, claim.heads) == (
        "广场舞教学", "activity", place.danshan.site, 100,
    )  # fmt: skip
    assert (claim.starts_at, claim.ends_at, claim.set_up, claim.tear_down) == (
        made.starts_at, made.ends_at, 30, 15,
    )  # fmt: skip
    assert claim_of(added(place, by, None)) is None


def test_two_sessions_never_stand_in_one_hall(place, by, hall):
    added(place, by, hall, TUESDAY)
    with pytest.raises(Refused, match="already-claimed") as refused:
        added(place, by, hall, TUESDAY + HOUR)
    assert "丹山镇“广场舞教学”（11月24日 19:00–21:00）" in refused.value.message
    assert Session.objects.count() == 1
    added(place, by, hall, TUESDAY + 2 * HOUR)


def test_the_buffer_keeps_others_out_too(place, by, hall):
    added(place, by, hall, holding=Holding(tear_down=30))
    with pytest.raises(Refused, match="already-claimed"):
        added(place, by, hall, TUESDAY + 2 * HOUR)
    added(place, by, hall, TUESDAY + 3 * HOUR)


def test_what_the_planner_has_claimed_is_in_the_way_of_a_session(place, by, hall):
    claim_all(
        reference="desk:a", purpose="合唱排练", starts_at=TUESDAY, ends_at=TUESDAY + HOUR,
        wants=[Want(hall.pk)], by=by, at=AT,
    )  # fmt: skip
    with pytest.raises(Refused, match="合唱排练"):
        added(place, by, hall)
    release(reference="desk:a", by=by, at=AT)
    added(place, by, hall)


def test_of_a_series_every_date_in_the_way_is_named_and_nothing_is_made(place, by, hall):
    added(place, by, hall, TUESDAY + 7 * DAY)
    added(place, by, hall, TUESDAY + 21 * DAY)
    made = makers.activity(place.danshan)
    told = {
        "activity_id": made.pk, "rule": "FREQ=WEEKLY;COUNT=4", "by": by, "at": AT,
        "slot": makers.slot(place.danshan.site, TUESDAY, facility=hall),
    }  # fmt: skip
    with pytest.raises(Refused, match="series-blocked") as refused:
        add_series(**told)
    assert "有 2 场排不进去" in refused.value.message
    assert "12月1日：“多功能厅”" in refused.value.message
    assert "12月15日：“多功能厅”" in refused.value.message
    assert not made.sessions.exists()
    assert not made.series.exists()
    without = frozenset({dt.date(2026, 12, 1), dt.date(2026, 12, 15)})
    assert len(add_series(**told, without=without)) == 2
    assert len(live()) == 4


def test_a_series_does_not_overlap_itself(place, by, hall):
    """Two-day sessions every day: the first claims are given back with the refusal."""
    slot = makers.slot(place.danshan.site, TUESDAY, facility=hall, ends_at=TUESDAY + 30 * HOUR)
    with pytest.raises(Refused, match="already-claimed"):
        add_series(
            activity_id=makers.activity(place.danshan).pk, slot=slot, rule="FREQ=DAILY;COUNT=3",
            by=by, at=AT,
        )  # fmt: skip
    assert live() == []


def test_the_claim_goes_along_when_the_session_moves(place, by, hall):
    session = added(place, by, hall, holding=Holding(set_up=30))
    told = {"session_id": session.pk, "reason": "老师生病", "by": by, "at": AT}
    span = {"starts_at": TUESDAY + HOUR, "ends_at": TUESDAY + 3 * HOUR}
    move(**told, **span, site=place.danshan.site, facility=hall)
    assert live() == [(f"session:{session.pk}", TUESDAY + HOUR)]
    assert holding_of(session) == Holding(set_up=30)
    other = facility(place.danshan.site, "二楼教室", seats=100)
    move(**told, **span, site=place.danshan.site, facility=other, holding=Holding(set_up=10))
    session.refresh_from_db()
    assert (claim_of(session).resource_id, claim_of(session).set_up) == (other.pk, 10)
    move(**told, **span, site=place.danshan.site)
    assert live() == []


def test_a_move_into_somebody_elses_time_leaves_everything_as_it_was(place, by, hall):
    session, other = added(place, by, hall), added(place, by, hall, TUESDAY + DAY)
    with pytest.raises(Refused, match="already-claimed"):
        move(
            session_id=session.pk, starts_at=other.starts_at, ends_at=other.ends_at,
            site=session.site, facility=hall, reason="换一天", by=by, at=AT,
        )  # fmt: skip
    session.refresh_from_db()
    assert session.starts_at == TUESDAY
    assert live() == [(f"session:{session.pk}", TUESDAY), (f"session:{other.pk}", TUESDAY + DAY)]


def test_a_cancelled_session_gives_its_hall_back(place, by, hall):
    session = added(place, by, hall)
    cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)
    assert live() == []
    added(place, by, hall)


def test_a_cancelled_activity_gives_back_the_halls_of_all_its_sessions(place, by, hall):
    first = added(place, by, hall)
    add_rain_date(session_id=first.pk, starts_at=TUESDAY + DAY, by=by, at=AT)
    cancel_activity(activity_id=first.activity_id, reason="经费调整", by=by, at=AT)
    assert live() == []


def test_who_plans_for_the_cluster_gives_back_a_hall_of_another_town(place, by, hall):
    """Taking it was for those who look after it; calling the evening off is for every town."""
    joint = makers.activity(None, cluster=makers.cluster(place.danshan, place.zhonghe))
    slot = makers.slot(place.danshan.site, TUESDAY, facility=hall)
    other = makers.officer(place.zhonghe)
    with pytest.raises(Refused, match="not-your-resource"):
        add_session(activity_id=joint.pk, slot=slot, by=other, at=AT)
    made = add_session(activity_id=joint.pk, slot=slot, by=by, at=AT)
    cancel_session(session_id=made.pk, reason="停电", by=other, at=AT)
    assert live() == []


def test_a_rain_date_holds_the_hall_from_the_start(place, by, hall):
    session = added(place, by, hall, holding=Holding(set_up=60))
    rain = add_rain_date(session_id=session.pk, starts_at=TUESDAY + DAY, by=by, at=AT)
    assert holding_of(rain) == Holding(set_up=60)
    with pytest.raises(Refused, match="already-claimed"):
        added(place, by, hall, TUESDAY + DAY)
    cancel_session(session_id=session.pk, reason="下雨", for_rain_date=True, by=by, at=AT)
    assert live() == [(f"session:{rain.pk}", TUESDAY + DAY)]


def test_a_session_is_no_larger_than_its_hall(place, by, hall):
    with pytest.raises(Refused, match="too-many-heads"):
        added(place, by, hall, capacity=121)
    session = added(place, by, hall)
    with pytest.raises(Refused, match="too-many-heads"):
        resize(session_id=session.pk, capacity=121, by=by, at=AT)
    resize(session_id=session.pk, capacity=110, by=by, at=AT)
    assert claim_of(session).heads == 110


def test_the_planner_reads_the_name_the_activity_has_now(place, by, hall):
    session = added(place, by, hall)
    renamed = makers.details(name="秧歌")
    drafting.edit(activity_id=session.activity_id, details=renamed, by=by, at=AT)
    assert claim_of(session).purpose == "秧歌"


def test_an_exhibition_of_a_season_keeps_its_room(place, by, hall):
    started = TUESDAY.replace(hour=9)
    made = added(place, by, hall, started, ends_at=started + 90 * DAY)
    assert claim_of(made).ends_at == started + 90 * DAY


def test_a_house_that_is_closed_opens_only_for_a_reason(place, by, hall):
    close(place.danshan, TUESDAY.date())
    with pytest.raises(Refused, match="house-closed") as refused:
        added(place, by, hall)
    assert "检修，闭馆一天" in refused.value.message
    reason = "村晚只有这一天请得到人"
    session = added(place, by, hall, holding=Holding(opened_specially=reason))
    assert claim_of(session).opened_specially == reason
    move(
        session_id=session.pk, starts_at=TUESDAY + DAY, ends_at=TUESDAY + DAY + HOUR,
        site=session.site, facility=hall, reason="改到开馆那天", by=by, at=AT,
    )  # fmt: skip
    assert claim_of(session).opened_specially == ""


def test_a_closure_shuts_no_square_and_no_other_house(place, by, hall):
    square = facility(place.danshan.site, "广场", kind="square", seats=300)
    close(place.danshan, TUESDAY.date())
    close(place.zhonghe, (TUESDAY + DAY).date())
    added(place, by, square)
    added(place, by, hall, TUESDAY + DAY)


def test_an_exhibition_hangs_on_through_a_closed_day(place, by, hall):
    close(place.danshan, (TUESDAY + 3 * DAY).date())
    started = TUESDAY.replace(hour=9)
    added(place, by, hall, started, ends_at=started + 10 * DAY)


def test_repairs_are_what_a_house_is_closed_for(place, by, hall):
    close(place.danshan, TUESDAY.date())
    told = {"starts_at": TUESDAY, "ends_at": TUESDAY + HOUR, "wants": [Want(hall.pk)]}
    told |= {"by": by, "at": AT, "purpose": "换灯"}
    with pytest.raises(Refused, match="house-closed"):
        claim_all(reference="desk:a", **told)
    claim_all(reference="desk:b", use=Claim.Use.UPKEEP, **told)


def test_a_public_holiday_and_an_evening_forbid_nothing(place, by, hall):
    Holiday.objects.create(day=TUESDAY.date(), name="国庆节", kind="off", verification="demo")
    assert not calendar_of(place.danshan.pk).state_at(TUESDAY).open
    added(place, by, hall)


def test_a_session_without_its_claim_is_found(place, by, hall, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    session = added(place, by, hall)
    Session.objects.filter(pk=session.pk).update(starts_at=TUESDAY + HOUR)
    (said,) = invariants.every_session_to_come_holds_its_facility()
    assert said.startswith(f"session {session.pk} is not when or where")
    Session.objects.filter(pk=session.pk).update(starts_at=TUESDAY, state="cancelled")
    (said,) = invariants.every_session_to_come_holds_its_facility()
    assert "which does not need it" in said
    Session.objects.filter(pk=session.pk).update(state="scheduled")
    release(reference=f"session:{session.pk}", by=by, at=AT)
    (said,) = invariants.every_session_to_come_holds_its_facility()
    assert said == f"session {session.pk} has not claimed facility {hall.pk}"
