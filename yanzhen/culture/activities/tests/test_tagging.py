"""Every session has one tag, and asking for a tag finds those that have it (R12)."""

import datetime as dt

import pytest

from yanzhen.culture.activities.models import Session
from yanzhen.culture.activities.queries import Wanted, sessions_for
from yanzhen.culture.activities.tagging import tags_of
from yanzhen.culture.activities.tests import makers
from yanzhen.culture.almanac.models import SchoolPeriod, SessionTag
from yanzhen.network.models import Holiday

YEAR = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
STARTS = {
    "2026-11-25T16:30": SessionTag.AFTER_CLASS,
    "2026-11-25T16:00": SessionTag.AFTER_CLASS,
    "2026-11-25T15:59": SessionTag.SCHOOL_HOURS,
    "2026-07-15T16:30": SessionTag.SUMMER,
    "2026-07-18T10:00": SessionTag.SUMMER,
    "2026-11-28T10:00": SessionTag.WEEKEND,
    "2026-10-10T10:00": SessionTag.SCHOOL_HOURS,  # a Saturday worked in exchange
    "2026-10-10T16:30": SessionTag.AFTER_CLASS,
    "2026-10-03T10:00": SessionTag.PUBLIC_HOLIDAY,
    "2026-02-25T10:00": SessionTag.UNKNOWN,
}


@pytest.fixture
def school(db):
    for kind, first, last in (
        ("term", "2026-03-01", "2026-07-03"), ("summer", "2026-07-04", "2026-08-31"),
        ("term", "2026-09-01", "2027-01-23"),
    ):  # fmt: skip
        SchoolPeriod.objects.create(
            stage="primary", kind=kind, first_day=first, last_day=last, verification="demo",
            lessons_end=dt.time(16) if kind == "term" else None,
        )  # fmt: skip
    for day, kind in (("2026-10-03", "off"), ("2026-10-10", "working")):
        Holiday.objects.create(day=day, name="国庆节", kind=kind, verification="demo")


@pytest.fixture
def made(school, place) -> dict[int, SessionTag]:
    activity = makers.activity(place.danshan)
    return {
        makers.session(
            activity, starts_at=dt.datetime.fromisoformat(f"{start}:00+08:00")
        ).pk: tag
        for start, tag in STARTS.items()
    }  # fmt: skip


def test_every_session_has_its_tag_in_two_queries(made, django_assert_max_num_queries):
    sessions = list(Session.objects.all())
    with django_assert_max_num_queries(2):
        assert tags_of(sessions) == made
    assert tags_of([]) == {}


@pytest.mark.parametrize("tag", SessionTag)
def test_asking_for_a_tag_finds_the_sessions_that_have_it(made, tag):
    found = set(sessions_for(Wanted(days=YEAR, tag=tag)).values_list("pk", flat=True))
    assert found == {pk for pk, its in made.items() if its == tag}


def test_what_began_before_the_days_asked_for_keeps_its_tag(made, place):
    """An exhibition opened in the summer holidays and still hanging in autumn."""
    started = dt.datetime.fromisoformat("2026-08-01T09:00:00+08:00")
    hanging = makers.session(
        makers.activity(place.danshan), starts_at=started, ends_at=started + dt.timedelta(80)
    )
    autumn = dt.date(2026, 9, 10), dt.date(2026, 12, 31)
    assert list(sessions_for(Wanted(days=autumn, tag=SessionTag.SUMMER))) == [hanging]


def test_a_year_nobody_knows_yet_has_no_tag(school, place):
    far = dt.datetime.fromisoformat("2060-08-01T09:00:00+08:00")
    session = makers.session(makers.activity(place.danshan), starts_at=far)
    assert tags_of([session]) == {session.pk: SessionTag.UNKNOWN}
