"""Dates: one, a series by a rule, a rain date; moved and cancelled with a reason."""

import datetime as dt

import pytest

from yanzhen.culture.activities import repeating
from yanzhen.culture.activities.cancelling import cancel_activity, cancel_session
from yanzhen.culture.activities.models import Session, SessionMove
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.scheduling import add_rain_date, add_series, add_session
from yanzhen.culture.activities.tests import makers
from yanzhen.culture.almanac.lunar import lunar_of
from yanzhen.culture.resources.models import Facility
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused

AT, DAY, HOUR = makers.AT, makers.DAY, makers.HOUR
TUESDAY = dt.datetime(2026, 11, 24, 19, 0, tzinfo=AT.tzinfo)


def planned(place):
    made = makers.activity(place.danshan)
    return made, makers.officer(place.danshan)


def moved(session, by, **fields):
    wanted = {
        "starts_at": session.starts_at + DAY, "ends_at": session.ends_at + DAY,
        "site": session.site, "reason": "老师生病", "at": AT, **fields,
    }  # fmt: skip
    return move(session_id=session.pk, by=by, **wanted)


def test_a_series_is_stored_session_by_session(place):
    made, by = planned(place)
    slot = makers.slot(place.danshan.site, TUESDAY)
    rule = repeating.weekly(["TU", "TH"], until=dt.date(2026, 12, 10))
    assert rule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TH;UNTIL=20261210"
    without = frozenset({dt.date(2026, 12, 1)})
    add_series(activity_id=made.pk, slot=slot, rule=rule, by=by, at=AT, without=without)
    rows = made.sessions.order_by("number")
    assert [f"{row.starts_at.astimezone(AT.tzinfo):%m-%d %H:%M}" for row in rows] == [
        "11-24 19:00", "11-26 19:00", "12-03 19:00", "12-08 19:00", "12-10 19:00",
    ]  # fmt: skip
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert {row.ends_at - row.starts_at for row in rows} == {2 * HOUR}
    assert {row.series.rule for row in rows} == {rule}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "series-too-long"),
        ("FREQ=DAILY;COUNT=121", "series-too-long"),
        ("FREQ=WEEKLY;UNTIL=20261101", "series-empty"),
        ("FREQ=SECONDLY;COUNT=3", "series-unreadable"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=3", "series-unreadable"),
        ("COUNT=3", "series-unreadable"),
        ("FREQ=WEEKLY;FREQ=DAILY;COUNT=3", "series-unreadable"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20269999", "series-unreadable"),
        ("每周二", "series-unreadable"),
        ("", "series-unreadable"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(rule, code):
    with pytest.raises(Refused) as refused:
        repeating.starts(rule, TUESDAY)
    assert refused.value.code == code


def test_a_monthly_rule_follows_the_calendar():
    found = repeating.starts("FREQ=MONTHLY;BYDAY=-1SU;COUNT=3", TUESDAY)
    assert [f"{each:%m-%d %H}" for each in found] == ["11-29 19", "12-27 19", "01-31 19"]


def test_a_lunar_rule_follows_the_moon():
    rule = repeating.lunar([15], month=1, until=dt.date(2029, 12, 31))
    assert rule == (
        "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15;SKIP=BACKWARD;UNTIL=20291231"
    )
    found = repeating.starts(rule, TUESDAY)
    assert [f"{each:%Y-%m-%d %H}" for each in found] == [
        "2027-02-20 19", "2028-02-09 19", "2029-02-27 19",
    ]  # fmt: skip


def test_every_month_counts_the_leap_month_and_its_last_day():
    """2028 has the fifth month twice, and 2027-01 ends on its 29th."""
    rule = repeating.lunar([15, 1], until=dt.date(2028, 12, 31))
    found = [each.date() for each in repeating.starts(rule, TUESDAY)]
    words = [lunar_of(day).words for day in found]
    assert words.count("闰五月初一") == 1
    assert words.count("正月初一") == 2
    last = repeating.starts(repeating.lunar([30], until=dt.date(2027, 3, 1)), TUESDAY)
    assert [lunar_of(each.date()).words for each in last][0] == "十月三十"
    assert len(last) == 3


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (
            "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD;UNTIL=20270101",
            "series-unreadable",
        ),
        (
            "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1;SKIP=BACKWARD;UNTIL=20271332",
            "series-unreadable",
        ),
        ("RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1", "series-unreadable"),
        (
            "RSCALE=HEBREW;FREQ=MONTHLY;BYMONTHDAY=1;SKIP=BACKWARD;UNTIL=20270101",
            "series-unreadable",
        ),
        (repeating.lunar([1, 15], until=dt.date(2040, 1, 1)), "series-too-long"),
        (repeating.lunar([15], month=1, until=dt.date(2026, 12, 31)), "series-empty"),
        (repeating.lunar([15], month=1, until=dt.date(2060, 1, 1)), "lunar-year-unknown"),
    ],
)
def test_a_lunar_rule_that_does_not_fit_is_refused(rule, code):
    with pytest.raises(Refused) as refused:
        repeating.starts(rule, TUESDAY)
    assert refused.value.code == code


def test_a_series_keeps_its_numbers_beside_single_sessions(place):
    made, by = planned(place)
    add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site), by=by, at=AT)
    slot = makers.slot(place.danshan.site, TUESDAY)
    add_series(activity_id=made.pk, slot=slot, rule="FREQ=DAILY;COUNT=2", by=by, at=AT)
    assert sorted(made.sessions.values_list("number", flat=True)) == [1, 2, 3]


def test_nothing_is_planned_for_the_past(place):
    made, by = planned(place)
    with pytest.raises(Refused, match="session-in-the-past"):
        add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site, AT), by=by, at=AT)
    assert not made.sessions.exists()


def test_a_facility_stands_at_its_site(place):
    made, by = planned(place)
    hall = Facility.objects.create(name="小剧场", site=place.zhonghe.site, kind="hall", seats=80)
    slot = makers.slot(place.danshan.site, facility=hall)
    with pytest.raises(Refused, match="facility-elsewhere"):
        add_session(activity_id=made.pk, slot=slot, by=by, at=AT)
    own = Facility.objects.create(name="礼堂", site=place.danshan.site, kind="hall", seats=100)
    slot = makers.slot(place.danshan.site, facility=own)
    assert add_session(activity_id=made.pk, slot=slot, by=by, at=AT).facility == own


def test_a_move_is_kept_and_told(place):
    made, by = planned(place)
    session = makers.session(made)
    was = session.starts_at
    after = moved(session, by, site=place.zhonghe.site)
    assert (after.starts_at, after.site, after.sequence) == (was + DAY, place.zhonghe.site, 1)
    row = SessionMove.objects.get()
    assert (row.from_starts_at, row.to_starts_at) == (was, was + DAY)
    assert (row.from_site, row.to_site) == (place.danshan.site, place.zhonghe.site)
    assert (row.reason, row.by_name, row.at) == ("老师生病", "陈专干", AT)
    body = Fact.objects.get(kind="SessionMoved").body
    assert (body["session_id"], body["was_at"], body["site"]) == (
        session.pk, was.isoformat(), "zhonghe",
    )  # fmt: skip
    assert AuditEntry.objects.filter(action="session.moved", place="zhonghe").exists()


def test_a_session_that_has_begun_is_not_moved_or_cancelled(place):
    made, by = planned(place)
    session = makers.session(made, starts_at=AT - HOUR)
    with pytest.raises(Refused, match="session-begun"):
        moved(session, by)
    with pytest.raises(Refused, match="session-begun"):
        cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)
    assert not SessionMove.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": " "}, "reason-missing"),
        ({"starts_at": AT + DAY, "ends_at": AT + DAY + 2 * HOUR}, "nothing-moved"),
        ({"ends_at": AT}, "session-times-unfit"),
        ({"starts_at": AT - DAY, "ends_at": AT}, "session-in-the-past"),
    ],
)
def test_a_move_keeps_the_rules(place, fields, code):
    made, by = planned(place)
    with pytest.raises(Refused) as refused:
        moved(makers.session(made), by, **fields)
    assert refused.value.code == code


def test_a_cancelled_session_is_over(place):
    made, by = planned(place)
    session = makers.session(made)
    cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)
    session.refresh_from_db()
    assert (session.state, session.sequence) == ("cancelled", 1)
    assert session.cancellation.reason == "停电"
    assert Fact.objects.get(kind="SessionCancelled").body["rain_date_id"] is None
    with pytest.raises(Refused, match="cancelled-already"):
        moved(session, by)
    with pytest.raises(Refused, match="cancelled-already"):
        cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)


def test_a_rain_date_steps_in(place):
    made, by = planned(place)
    session = makers.session(made)
    rain = add_rain_date(session_id=session.pk, starts_at=session.starts_at + DAY, by=by, at=AT)
    assert (rain.state, rain.rain_date_of) == ("standby", session)
    assert rain not in Session.objects.shown()
    with pytest.raises(Refused, match="rain-date-exists"):
        add_rain_date(session_id=session.pk, starts_at=rain.starts_at + DAY, by=by, at=AT)
    with pytest.raises(Refused, match="rain-date-exists"):
        add_rain_date(session_id=rain.pk, starts_at=rain.starts_at + DAY, by=by, at=AT)
    cancel_session(session_id=session.pk, reason="下雨", for_rain_date=True, by=by, at=AT)
    rain.refresh_from_db()
    assert rain.state == "scheduled"
    assert rain in Session.objects.shown()
    assert Fact.objects.get(kind="SessionCancelled").body["rain_date_id"] == rain.pk


def test_without_it_the_rain_date_falls_away_too(place):
    made, by = planned(place)
    session = makers.session(made)
    rain = add_rain_date(session_id=session.pk, starts_at=session.starts_at + DAY, by=by, at=AT)
    cancel_session(session_id=session.pk, reason="不办了", by=by, at=AT)
    rain.refresh_from_db()
    assert rain.state == "cancelled"
    assert Fact.objects.filter(kind="SessionCancelled").count() == 1


def test_a_rain_date_comes_later(place):
    made, by = planned(place)
    session = makers.session(made)
    with pytest.raises(Refused, match="rain-date-too-early"):
        add_rain_date(session_id=session.pk, starts_at=session.starts_at, by=by, at=AT)


def test_a_cancelled_activity_takes_its_sessions_along_but_not_those_held(place):
    made, by = planned(place)
    past = makers.session(made, starts_at=AT - DAY)
    ahead = [makers.session(made), makers.session(made, starts_at=AT + 2 * DAY)]
    with pytest.raises(Refused, match="reason-missing"):
        cancel_activity(activity_id=made.pk, reason="", by=by, at=AT)
    cancel_activity(activity_id=made.pk, reason="经费调整", by=by, at=AT)
    made.refresh_from_db()
    assert (made.state, made.cancellation.reason) == ("cancelled", "经费调整")
    states = dict(made.sessions.values_list("pk", "state"))
    assert states == {past.pk: "scheduled", **{each.pk: "cancelled" for each in ahead}}
    told = {fact.body["session_id"] for fact in Fact.objects.filter(kind="SessionCancelled")}
    assert told == {each.pk for each in ahead}
    with pytest.raises(Refused, match="cancelled-already"):
        add_session(activity_id=made.pk, slot=makers.slot(place.danshan.site), by=by, at=AT)


def test_another_towns_officer_changes_nothing(place):
    made, _by = planned(place)
    session, other = makers.session(made), makers.officer(place.zhonghe)
    for act in (
        lambda: moved(session, other),
        lambda: cancel_session(session_id=session.pk, reason="停电", by=other, at=AT),
        lambda: cancel_activity(activity_id=made.pk, reason="停电", by=other, at=AT),
    ):
        with pytest.raises(Refused, match="not-your-branch"):
            act()
