"""Calendar feeds, read by two programs that nobody here wrote."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from yanzhen.culture.activities.cancelling import cancel_activity, cancel_session
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.tests import makers as planned
from yanzhen.groundwork import clock

AT, DAY, HOUR = planned.AT, planned.DAY, planned.HOUR
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _at_ten(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: AT.date())


def read(client, scope: str) -> tuple[dict, dict]:
    """The events of a feed by uid, as both programs understand them."""
    answer = client.get(f"/calendar/{scope}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    first = icalendar.Calendar.from_ical(answer.content)
    second = IcsCalendarStream.calendar_from_ics(answer.content.decode())
    one = {str(each["uid"]): each for each in first.walk("VEVENT")}
    other = {each.uid: each for each in second.events}
    assert one.keys() == other.keys()
    return one, other


def test_both_read_the_same_hour_in_the_countys_zone(place, client):
    session = planned.session(planned.activity(place.danshan, name="舞；先来，先到"))
    one, other = read(client, "all")
    uid = f"session-{session.pk}@yanzhen.example"
    begins = dt.datetime(2026, 11, 24, 10, tzinfo=SHANGHAI)
    assert one[uid].decoded("dtstart") == begins
    assert other[uid].dtstart == begins
    assert other[uid].dtend == begins + 2 * HOUR
    assert str(one[uid]["summary"]) == other[uid].summary == "舞；先来，先到"
    assert one[uid].decoded("sequence") == other[uid].sequence == 0
    assert other[uid].status == "CONFIRMED"
    text = client.get("/calendar/all.ics").content.decode()
    assert "DTSTART;TZID=Asia/Shanghai:20261124T100000" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai" in text
    assert f"http://testserver/sessions/{session.pk}/" in text.replace("\r\n ", "")


def test_a_move_raises_the_sequence_and_keeps_the_uid(place, client):
    made, by = planned.activity(place.danshan), planned.officer(place.danshan)
    session = planned.session(made)
    before = set(read(client, "all")[0])
    later = session.starts_at + DAY
    move(session_id=session.pk, starts_at=later, ends_at=later + HOUR, site=session.site,
         reason="下雨", by=by, at=AT)  # fmt: skip
    one, other = read(client, "all")
    assert set(one) == before
    (uid,) = before
    assert one[uid].decoded("sequence") == other[uid].sequence == 1
    assert other[uid].dtstart == dt.datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
    assert "下雨" in other[uid].description
    cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)
    one, other = read(client, "all")
    assert str(one[uid]["status"]) == other[uid].status == "CANCELLED"
    assert other[uid].sequence == 2


def test_what_was_cancelled_as_a_whole_is_cancelled_in_the_calendar(place, client):
    made = planned.activity(place.danshan)
    planned.session(made)
    planned.session(made, starts_at=AT - DAY)
    by = planned.officer(place.danshan)
    cancel_activity(activity_id=made.pk, reason="经费调整", by=by, at=AT)
    _one, other = read(client, "all")
    assert {each.status for each in other.values()} == {"CANCELLED"}


def test_feeds_by_town_and_kind_and_for_one_session(place, client):
    joint = planned.cluster(place.danshan, place.zhonghe)
    dance = planned.session(planned.activity(place.danshan))
    gala = planned.session(
        planned.activity(cluster=joint, kind="village_gala"), site=place.danshan.site
    )
    planned.session(planned.activity(place.linjiang, state="draft"))
    uids = {each: f"session-{each.pk}@yanzhen.example" for each in (dance, gala)}
    assert set(read(client, "all")[0]) == set(uids.values())
    assert set(read(client, "512002107")[0]) == set(uids.values())
    assert set(read(client, "512002106")[0]) == {uids[gala]}
    assert set(read(client, "512002103")[0]) == set()
    assert set(read(client, "village_gala")[0]) == {uids[gala]}
    assert set(read(client, f"session-{dance.pk}")[0]) == {uids[dance]}


@pytest.mark.parametrize("scope", ["nothing", "512002", "session-x", f"session-{9:020}"])
def test_an_unknown_feed_is_refused(place, client, scope):
    assert client.get(f"/calendar/{scope}.ics").status_code == 404


def test_many_moves_cost_no_query_more(place, client, django_assert_max_num_queries):
    made, by = planned.activity(place.danshan), planned.officer(place.danshan)
    for n in range(6):
        session = planned.session(made, starts_at=AT + (n + 1) * DAY)
        move(
            session_id=session.pk, starts_at=session.starts_at + HOUR,
            ends_at=session.ends_at + HOUR, site=session.site, reason="改", by=by, at=AT,
        )  # fmt: skip
    with django_assert_max_num_queries(4):
        assert len(read(client, "all")[0]) == 6
