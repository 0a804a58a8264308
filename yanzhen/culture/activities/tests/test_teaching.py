"""Who teaches: claimed by every rule of the register, handed over, taken along, let go."""

import datetime as dt

import pytest

from yanzhen.config import invariants
from yanzhen.culture.activities import drafting, teaching
from yanzhen.culture.activities.cancelling import cancel_activity, cancel_session
from yanzhen.culture.activities.models import Activity, Session
from yanzhen.culture.activities.moving import move
from yanzhen.culture.activities.scheduling import add_rain_date, add_session
from yanzhen.culture.activities.tests import makers
from yanzhen.culture.resources.models import Claim
from yanzhen.culture.resources.tests.makers import equipment, teacher
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused

AT, DAY, HOUR = makers.AT, makers.DAY, makers.HOUR
TUESDAY = dt.datetime(2026, 11, 24, 19, 0, tzinfo=AT.tzinfo)


@pytest.fixture
def by(place):
    return makers.officer(place.danshan)


@pytest.fixture
def lessons(place, by, monkeypatch):
    """Three Tuesdays of one class."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    activity = makers.activity(place.danshan)
    yield [
        add_session(
            activity_id=activity.pk, slot=makers.slot(place.danshan.site, TUESDAY + n * 7 * DAY),
            by=by, at=AT,
        )
        for n in range(3)
    ]  # fmt: skip
    assert list(invariants.broken()) == []


def assign(sessions, who, by):
    return teaching.assign(
        session_ids=[each.pk for each in sessions], teacher_id=who.pk, by=by, at=AT
    )


def teachers_of(sessions) -> list[str]:
    claims = teaching.claims_of(sessions)
    return [claims[each.pk].resource.name if each.pk in claims else "" for each in sessions]


def refused(code, act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


def test_a_teacher_takes_all_dates_or_none(place, by, lessons):
    singer = teacher(place.hub.site)
    assign(lessons, singer, by)
    assert teachers_of(lessons) == ["张老师"] * 3
    claim = teaching.claims_of(lessons)[lessons[1].pk]
    assert (claim.starts_at, claim.site, claim.use) == (
        lessons[1].starts_at, place.danshan.site, "class",
    )  # fmt: skip
    other = add_session(
        activity_id=makers.activity(place.danshan).pk,
        slot=makers.slot(place.danshan.site, TUESDAY + 14 * DAY), by=by, at=AT,
    )  # fmt: skip
    free = add_session(
        activity_id=other.activity_id,
        slot=makers.slot(place.danshan.site, TUESDAY + DAY), by=by, at=AT,
    )  # fmt: skip
    said = refused("already-claimed", assign, [free, other], singer, by)
    assert said.message.startswith("12月8日：")
    assert teachers_of([free, other]) == ["", ""]


def test_a_substitute_takes_over_one_date(place, by, lessons):
    singer, dancer = teacher(place.hub.site), teacher(place.hub.site, "李老师")
    assign(lessons, singer, by)
    assign(lessons[1:2], dancer, by)
    assert teachers_of(lessons) == ["张老师", "李老师", "张老师"]
    assign(lessons, dancer, by)
    assert teachers_of(lessons) == ["李老师"] * 3
    teaching.dismiss(session_id=lessons[0].pk, by=by, at=AT)
    assert teachers_of(lessons) == ["", "李老师", "李老师"]
    assert Claim.objects.held().count() == 2


def test_who_teaches_minors_has_a_clear_record(place, by, lessons):
    unasked = teacher(place.hub.site, checked_on=None)
    assign(lessons, unasked, by)
    activity = Activity.objects.get(pk=lessons[0].activity_id)
    details = makers.details(audience="children")
    refused("record-check-missing", drafting.edit, activity_id=activity.pk, details=details,
            by=by, at=AT)  # fmt: skip
    activity.refresh_from_db()
    assert activity.audience != "children"


def test_other_words_of_an_activity_leave_its_teachers_alone(place, by, lessons):
    """What is asked again could be refused; a new name is only said anew."""
    assign(lessons, teacher(place.hub.site), by)
    before = set(Claim.objects.values_list("pk", flat=True))
    activity_id = lessons[0].activity_id
    for fields in ({"introduction": "带水杯"}, {"age_from": 18}):
        drafting.edit(activity_id=activity_id, details=makers.details(**fields), by=by, at=AT)
    assert set(Claim.objects.values_list("pk", flat=True)) == before
    drafting.edit(activity_id=activity_id, details=makers.details(name="秧歌"), by=by, at=AT)
    assert {claim.purpose for claim in teaching.claims_of(lessons).values()} == {"秧歌"}


def test_the_same_teacher_again_is_no_change(place, by, lessons):
    singer = teacher(place.hub.site)
    assign(lessons, singer, by)
    assign(lessons, singer, by)
    assigned = AuditEntry.objects.filter(action="session.teacher_assigned")
    assert assigned.count() == len(lessons)


@pytest.mark.parametrize(
    ("audience", "ages", "kind", "minors"),
    [
        ("everybody", (None, None), "choir", False),
        ("children", (None, None), "choir", True),
        ("families", (None, None), "reading", True),
        ("everybody", (6, 12), "class", True),
        ("everybody", (None, None), "social_practice", True),
        ("families", (18, None), "reading", False),
    ],
)
def test_whom_the_record_is_asked_for(audience, ages, kind, minors):
    activity = Activity(audience=audience, age_from=ages[0], age_to=ages[1], kind=kind)
    assert teaching.for_minors(activity) is minors


def test_a_session_that_moves_takes_its_teacher_along_or_stays(place, by, lessons):
    singer = teacher(place.hub.site)
    assign(lessons[:2], singer, by)
    told = {"site": place.danshan.site, "reason": "下雨", "by": by, "at": AT}
    first, second = lessons[0], lessons[1]
    refused("already-claimed", move, session_id=first.pk, starts_at=second.starts_at,
            ends_at=second.ends_at, **told)  # fmt: skip
    assert Session.objects.get(pk=first.pk).starts_at == first.starts_at
    move(session_id=first.pk, starts_at=first.starts_at + DAY, ends_at=first.ends_at + DAY, **told)
    assert teaching.claims_of([first])[first.pk].starts_at == first.starts_at + DAY


def test_what_does_not_take_place_lets_its_teacher_go(place, by, lessons):
    assign(lessons, teacher(place.hub.site), by)
    cancel_session(session_id=lessons[0].pk, reason="停电", by=by, at=AT)
    assert teachers_of(lessons) == ["", "张老师", "张老师"]
    cancel_activity(activity_id=lessons[0].activity_id, reason="停办", by=by, at=AT)
    assert Claim.objects.held().count() == 0


def test_only_a_teacher_teaches_and_only_whoever_plans_says_so(place, by, lessons):
    refused("resource-unknown", assign, lessons, equipment(place.hub.site), by)
    refused("resource-unknown", teaching.assign, session_ids=[lessons[0].pk], teacher_id=10**9,
            by=by, at=AT)  # fmt: skip
    stranger = makers.officer(place.zhonghe)
    refused("not-your-branch", assign, lessons, teacher(place.hub.site), stranger)
    gone = Session.objects.get(pk=lessons[0].pk)
    Session.objects.filter(pk=gone.pk).update(starts_at=AT - DAY, ends_at=AT - DAY + HOUR)
    with pytest.raises(Refused):
        assign([gone], teacher(place.hub.site, "李老师"), by)


def test_the_invariant_says_when_a_teacher_waits_in_vain(place, by, lessons):
    assign(lessons, teacher(place.hub.site), by)
    Session.objects.filter(pk=lessons[0].pk).update(starts_at=TUESDAY + HOUR)
    (name, said) = next(invariants.broken())
    assert (name[:26], "teacher's claim" in said) == ("a_teacher_is_held_for_a_se", True)
    Session.objects.filter(pk=lessons[0].pk).update(starts_at=TUESDAY)


@pytest.mark.parametrize("free", [True, False])
def test_a_rain_date_that_steps_in_has_the_teacher_if_they_are_free(place, by, lessons, free):
    singer = teacher(place.hub.site)
    assign(lessons, singer, by)
    rain = add_rain_date(session_id=lessons[0].pk, starts_at=TUESDAY + DAY, by=by, at=AT)
    if not free:
        other = add_session(
            activity_id=makers.activity(place.danshan, name="合唱").pk,
            slot=makers.slot(place.danshan.site, TUESDAY + DAY), by=by, at=AT,
        )  # fmt: skip
        assign([other], singer, by)
    untaught = cancel_session(
        session_id=lessons[0].pk, reason="下雨", for_rain_date=True, by=by, at=AT
    )
    assert untaught != free
    rain.refresh_from_db()
    assert rain.state == Session.State.SCHEDULED
    assert teachers_of([lessons[0], rain]) == ["", singer.name if free else ""]
