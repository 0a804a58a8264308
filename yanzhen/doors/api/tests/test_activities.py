"""Activities and sessions as programs read them."""

import pytest

from yanzhen.culture.activities.cancelling import cancel_session
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.tests import makers as planned
from yanzhen.doors.api.shapes.activities import ActivityLine, SessionDetail, SessionLine
from yanzhen.doors.api.shapes.forms import Page
from yanzhen.doors.api.tests.calling import refused, told
from yanzhen.groundwork import clock

AT, DAY, HOUR = planned.AT, planned.DAY, planned.HOUR


@pytest.fixture(autouse=True)
def _at_ten(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: AT.date())


def test_activities_come_with_their_accessibility(nobody, place):
    made = planned.activity(place.danshan, name="舞", name_en="Dance", answered=False)
    made.access_facts.create(kind="sign_language", state="present", note="右侧")
    planned.activity(place.danshan, state="draft")
    listed = told(nobody.get("/activities"), Page[ActivityLine])
    assert listed["total"] == 1
    line = told(nobody.get(f"/activities/{made.pk}"), ActivityLine)
    assert line == listed["items"][0]
    assert (line["node"], line["cluster"], line["fee"]) == ("danshan", None, 0)
    answers = {each["feature"]["code"]: each["state"]["code"] for each in line["accessibility"]}
    assert answers["sign_language"] == "present"
    assert answers["subtitles"] == "unknown"
    assert told(nobody.get("/activities?kind=lecture"), Page[ActivityLine])["total"] == 0


def test_sessions_are_found_by_what_is_asked(nobody, place):
    joint = planned.cluster(place.danshan, place.zhonghe)
    gala = planned.session(
        planned.activity(cluster=joint, kind="village_gala"), site=place.danshan.site
    )
    planned.session(planned.activity(place.linjiang), starts_at=AT + 3 * DAY)
    planned.session(planned.activity(place.linjiang), starts_at=AT - 3 * DAY)

    def ids(query: str) -> list[int]:
        return [each["id"] for each in told(nobody.get(query), Page[SessionLine])["items"]]

    assert len(ids("/sessions")) == 2
    assert ids("/sessions?town=512002106") == [gala.pk]
    assert ids("/sessions?kind=village_gala") == [gala.pk]
    assert ids("/sessions?last_day=2026-11-24") == [gala.pk]
    assert len(ids("/sessions?first_day=2026-11-01&last_day=2026-11-30")) == 3
    assert ids("/sessions?first_day=0001-01-01&last_day=0001-01-01") == []
    assert ids("/sessions?first_day=9999-12-31") == []
    assert ids("/sessions?sign_language=true") == []
    refused(nobody.get("/sessions?town=999"), 404, "town-unknown")
    assert nobody.get("/sessions?kind=nothing").status_code == 422


def test_a_session_tells_its_moves_and_its_end(nobody, place):
    made, by = planned.activity(place.danshan), planned.officer(place.danshan)
    session = planned.session(made)
    later = session.starts_at + DAY
    move(session_id=session.pk, starts_at=later, ends_at=later + HOUR, site=session.site,
         reason="灯光检修", by=by, at=AT)  # fmt: skip
    line = told(nobody.get(f"/sessions/{session.pk}"), SessionDetail)
    assert line["starts_at"] == "2026-11-25T10:00:00+08:00"
    assert line["sequence"] == 1
    assert [each["reason"] for each in line["moves"]] == ["灯光检修"]
    assert (line["state"]["code"], line["cancelled_because"]) == ("scheduled", "")
    cancel_session(session_id=session.pk, reason="停电", by=by, at=AT)
    line = told(nobody.get(f"/sessions/{session.pk}"), SessionDetail)
    assert (line["state"]["code"], line["cancelled_because"]) == ("cancelled", "停电")


def test_what_is_not_public_is_not_there(nobody, place):
    made = planned.activity(place.danshan, state="draft")
    session = planned.session(made)
    refused(nobody.get(f"/activities/{made.pk}"), 404, "activity-unknown")
    refused(nobody.get(f"/sessions/{session.pk}"), 404, "session-unknown")


def test_a_list_costs_the_same_for_many(nobody, place, django_assert_max_num_queries):
    for _each in range(6):
        planned.session(planned.activity(place.danshan))
    with django_assert_max_num_queries(3):
        nobody.get("/activities")
    with django_assert_max_num_queries(4):
        nobody.get("/sessions")


def test_a_session_says_when_in_a_pupils_life_it_falls(nobody, place):
    planned.session(planned.activity(place.danshan), starts_at=AT + 5 * DAY)  # a Saturday
    planned.session(planned.activity(place.danshan))
    weekend = nobody.get("/sessions?tag=weekend").json()
    assert [row["tag"]["code"] for row in weekend["items"]] == ["weekend"]
    assert nobody.get("/sessions").json()["total"] == 2
    assert nobody.get(f"/sessions/{weekend['items'][0]['id']}").json()["tag"]["code"] == "weekend"
    assert nobody.get("/sessions?tag=friday").status_code == 422
