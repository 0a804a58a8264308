"""Every session has one tag (R12), and an unknown year is said, never guessed."""

import datetime as dt

import pytest
from django.db import IntegrityError

from tests.county import MONDAY, TZ, staff
from yanzhen.culture.almanac import queries, setting, statutory
from yanzhen.culture.almanac.models import SchoolPeriod, SessionTag
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.holidays import clear_holidays, set_holidays
from yanzhen.network.models import Holiday

pytestmark = pytest.mark.django_db
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def director(place):
    return staff(place.hub, "director")


@pytest.fixture
def school(director):
    for kind, first, last in (
        ("term", "2026-03-01", "2026-07-03"),
        ("summer", "2026-07-04", "2026-08-31"),
        ("term", "2026-09-01", "2027-01-23"),
        ("winter", "2027-01-24", "2027-02-28"),
    ):
        setting.set_school_period(
            stage="primary", kind=kind, first_day=dt.date.fromisoformat(first),
            last_day=dt.date.fromisoformat(last), by=director, at=MONDAY,
            lessons_end=dt.time(16) if kind == "term" else None,
        )  # fmt: skip


@pytest.fixture
def notice(director):
    for name, kind, first, last in (
        ("国庆节", "off", "2026-10-01", "2026-10-07"),
        ("国庆节", "working", "2026-10-10", "2026-10-10"),
    ):
        set_holidays(
            name=name, kind=kind, first_day=dt.date.fromisoformat(first),
            last_day=dt.date.fromisoformat(last), source="国办发明电", by=director, at=MONDAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "tag"),
    [
        ("2026-11-25T16:30", SessionTag.AFTER_CLASS),  # a Wednesday in term
        ("2026-11-25T10:00", SessionTag.SCHOOL_HOURS),
        ("2026-07-15T16:30", SessionTag.SUMMER),  # the same weekday in the summer holidays
        ("2027-02-10T10:00", SessionTag.WINTER),
        ("2026-11-28T10:00", SessionTag.WEEKEND),
        ("2026-10-10T16:30", SessionTag.AFTER_CLASS),  # a Saturday worked in exchange
        ("2026-10-03T10:00", SessionTag.PUBLIC_HOLIDAY),
        ("2026-02-25T10:00", SessionTag.UNKNOWN),  # nobody entered this time of the year
    ],
)
def test_a_session_has_one_tag(school, notice, starts, tag):
    calendar = queries.school_calendar(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
    assert calendar.tag(dt.datetime.fromisoformat(starts).replace(tzinfo=TZ)) == tag


def test_a_year_without_its_notice_says_so_and_keeps_the_days_of_the_law(school):
    assert "2027" in queries.notice_of(2027)
    calendar = queries.school_calendar(dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    spring = dt.datetime(2027, 2, 6, 10, tzinfo=TZ)
    assert calendar.tag(spring) == SessionTag.PUBLIC_HOLIDAY


def test_a_year_with_its_notice_says_nothing(notice):
    assert queries.notice_of(2026) == ""


@pytest.mark.parametrize(("year", "number"), [(2024, 11), (2026, 13), (2027, 13)])
def test_the_days_the_law_names(year, number):
    assert len(statutory.days_of(year)) == number


def test_the_days_the_law_names_are_all_in_the_notice_of_2026():
    named = {"02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02", "06-19", "09-25"}
    assert named <= {day.strftime("%m-%d") for day in statutory.days_of(2026)}


def test_school_periods_of_a_stage_do_not_overlap(school, director):
    asked = {
        "kind": "autumn", "first_day": dt.date(2026, 10, 28), "last_day": dt.date(2026, 10, 30),
        "by": director, "at": MONDAY,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        setting.set_school_period(stage="primary", **asked)
    assert refused.value.code == "school-period-overlaps"
    assert setting.set_school_period(stage="junior", **asked).pk


def test_a_period_is_changed_in_place_and_removed(school, director):
    summer = SchoolPeriod.objects.get(kind="summer")
    setting.set_school_period(
        period_id=summer.pk, stage="primary", kind="summer", first_day=dt.date(2026, 7, 5),
        last_day=summer.last_day, by=director, at=MONDAY,
    )  # fmt: skip
    summer.refresh_from_db()
    assert summer.first_day == dt.date(2026, 7, 5)
    setting.remove_school_period(summer.pk, by=director, at=MONDAY)
    assert not SchoolPeriod.objects.filter(kind="summer").exists()
    assert AuditEntry.objects.filter(action="school-period.removed").exists()
    with pytest.raises(Refused) as refused:
        setting.remove_school_period(summer.pk, by=director, at=MONDAY)
    assert refused.value.status == 404


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"last_day": dt.date(2025, 1, 1)}, "school-period-ends-too-early"),
        ({"last_day": dt.date(2028, 1, 1)}, "school-period-too-long"),
        ({"kind": "term"}, "term-without-end-of-lessons"),
    ],
)
def test_a_period_that_cannot_be_is_refused(director, changed, code):
    asked = {
        "stage": "senior", "kind": "spring",
        "first_day": dt.date(2026, 4, 1), "last_day": dt.date(2026, 4, 3),
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        setting.set_school_period(**{**asked, **changed}, by=director, at=MONDAY)
    assert refused.value.code == code
    assert not SchoolPeriod.objects.exists()


def test_a_term_says_when_lessons_end():
    with pytest.raises(IntegrityError):
        SchoolPeriod.objects.create(
            stage="primary", kind="term", first_day=YEAR[0], last_day=YEAR[1], verification="demo"
        )


def test_a_day_is_off_or_worked_never_both(notice, director):
    set_holidays(
        name="国庆节", kind="working", first_day=dt.date(2026, 10, 7),
        last_day=dt.date(2026, 10, 7), source="更正", by=director, at=MONDAY,
    )  # fmt: skip
    assert Holiday.objects.get(day=dt.date(2026, 10, 7)).kind == "working"
    assert clear_holidays(dt.date(2026, 10, 7), dt.date(2026, 10, 10), by=director, at=MONDAY) == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "holiday-without-name"),
        ({"source": ""}, "holiday-without-source"),
        ({"last_day": dt.date(2027, 2, 28)}, "holiday-span-unlikely"),
        ({"last_day": dt.date(2027, 1, 1)}, "holiday-span-unlikely"),
    ],
)
def test_a_holiday_that_cannot_be_is_refused(director, changed, code):
    asked = {
        "name": "春节", "kind": "off", "first_day": dt.date(2027, 2, 5),
        "last_day": dt.date(2027, 2, 11), "source": "通知",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        set_holidays(**{**asked, **changed}, by=director, at=MONDAY)
    assert refused.value.code == code


def test_a_branch_does_not_decide_for_the_county(place):
    clerk = staff(place.danshan, "culture_officer")
    with pytest.raises(Refused) as refused:
        set_holidays(
            name="春节", kind="off", first_day=YEAR[0], last_day=YEAR[0], source="通知",
            by=clerk, at=MONDAY,
        )  # fmt: skip
    assert refused.value.status == 403
