"""Courses: places, groups, attendance, certificates, and what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.county import MONDAY, person, staff
from yanzhen.culture.courses import (
    attending,
    certifying,
    enrolling,
    forgetting,
    grouping,
    invariants,
    opening,
    queries,
)
from yanzhen.culture.courses.models import Attendance, Certificate, Course, Enrolment, GroupPlaces
from yanzhen.culture.courses.tests.makers import course
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Guardianship
from yanzhen.people.roles import Actor

pytestmark = pytest.mark.django_db
AFTER = MONDAY + dt.timedelta(weeks=10)


def myself(somebody) -> Actor:
    return Actor(account_id=9, person_id=somebody.pk, name=somebody.name)


@pytest.fixture
def officer(place):
    return staff(place.danshan, "culture_officer")


@pytest.fixture(autouse=True)
def everything_adds_up():
    yield
    assert [line for check in invariants.INVARIANTS for line in check()] == []


def enrol(made, somebody, *, by=None, at=MONDAY):
    return enrolling.enrol(
        made.pk, person_id=somebody.pk, channel="online", by=by or myself(somebody), at=at
    )


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_course_takes_no_more_than_its_places(place):
    made = course(place, places=2)
    for name in ("甲", "乙"):
        enrol(made, person(name))
    assert code_of(lambda: enrol(made, person("丙"))) == "course-full"
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=made.pk).update(taken=F("places") + 1)
    assert Fact.objects.filter(kind="Enrolled").count() == 2


def test_a_place_given_back_is_free_again(place):
    made, first = course(place, places=1), person("甲")
    enrolment = enrol(made, first)
    enrolling.cancel(enrolment.pk, by=myself(first), at=MONDAY)
    assert enrol(made, person("乙")).pk
    assert enrolment.pk not in Enrolment.objects.live().values_list("pk", flat=True)


def test_one_live_enrolment_a_person_and_course(place):
    made, somebody = course(place), person()
    first = enrol(made, somebody)
    assert code_of(lambda: enrol(made, somebody)) == "enrolled-already"
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            course=made, person=somebody, channel="online", enrolled_at=MONDAY, enrolled_by="x"
        )
    enrolling.cancel(first.pk, by=myself(somebody), at=MONDAY)
    assert enrol(made, somebody).pk != first.pk


def test_a_child_under_14_is_enrolled_with_a_guardians_consent(place):
    made = course(place)
    child, mother = person("小禾", born_on=dt.date(2016, 6, 1)), person("禾母")
    assert code_of(lambda: enrol(made, child)) == "guardian-consent-missing"
    Guardianship.objects.create(
        child=child, guardian=mother, relation="parent", consent_text="v1", consented_at=MONDAY,
        channel="in_person",
    )  # fmt: skip
    enrolment = enrol(made, child, by=myself(mother))
    assert (enrolment.person, enrolment.applicant) == (child, mother)


def test_nobody_enrols_or_cancels_for_a_stranger(place):
    made, somebody, stranger = course(place), person("甲"), person("乙")
    assert code_of(lambda: enrol(made, somebody, by=myself(stranger))) == "not-your-enrolment"
    enrolment = enrol(made, somebody)
    cancelled = lambda: enrolling.cancel(enrolment.pk, by=myself(stranger), at=MONDAY)  # noqa: E731
    assert code_of(cancelled) == "enrolment-unknown"


def test_ages_are_kept(place):
    made = course(place, age_from=60)
    young = person(born_on=dt.date(1990, 1, 1))
    assert code_of(lambda: enrol(made, young)) == "age-does-not-fit"
    assert enrol(made, person("老人", born_on=dt.date(1950, 1, 1))).pk


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (MONDAY - dt.timedelta(2), "enrolment-not-open"),
        (MONDAY + dt.timedelta(7), "enrolment-closed"),
    ],
)
def test_enrolment_is_open_for_its_time(place, officer, at, code):
    made, somebody = course(place), person()
    assert code_of(lambda: enrol(made, somebody, at=at)) == code
    assert enrol(made, somebody, by=officer, at=at).applicant is None


def test_a_cancelled_activity_takes_nobody(place):
    made = course(place)
    made.activity.state = "cancelled"
    made.activity.save()
    assert code_of(lambda: enrol(made, person())) == "course-not-offered"


def keep(made, officer, places=2, organisation="演示电子厂"):
    return grouping.keep_places(
        made.pk, organisation=organisation, contact="王工", phone="13000000000", places=places,
        names_until=MONDAY.date() + dt.timedelta(3), by=officer, at=MONDAY,
    )  # fmt: skip


def test_a_group_keeps_its_places_before_its_names_are_known(place, officer):
    made = course(place, places=3)
    group = keep(made, officer)
    enrol(made, person("甲"))
    assert code_of(lambda: enrol(made, person("乙"))) == "course-full"
    for name in ("丙", "丁"):
        enrolling.enrol_in_group(
            group.pk, person_id=person(name).pk, channel="counter", by=officer, at=MONDAY
        )
    full = lambda: enrolling.enrol_in_group(  # noqa: E731
        group.pk, person_id=person("戊").pk, channel="counter", by=officer, at=MONDAY
    )
    assert code_of(full) == "group-is-full"


def test_a_group_is_kept_whole_or_not_at_all(place, officer):
    made = course(place, places=3)
    assert code_of(lambda: keep(made, officer, places=4)) == "course-nearly-full"
    made.refresh_from_db()
    assert (made.taken, GroupPlaces.objects.count()) == (0, 0)
    assert code_of(lambda: keep(made, officer, places=0)) == "group-places-missing"
    keep(made, officer)
    assert code_of(lambda: keep(made, officer, places=1)) == "group-keeps-already"


def test_a_group_shrinks_to_its_names_but_not_below(place, officer):
    made = course(place, places=5)
    group = keep(made, officer, places=4)
    member = enrolling.enrol_in_group(
        group.pk, person_id=person("甲").pk, channel="counter", by=officer, at=MONDAY
    )
    below = lambda: grouping.change_places(group.pk, places=0, by=officer, at=MONDAY)  # noqa: E731
    assert code_of(below) == "group-places-missing"
    grouping.change_places(group.pk, places=5, by=officer, at=MONDAY)
    grouping.give_back(group.pk, by=officer, at=MONDAY)
    made.refresh_from_db()
    assert made.taken == 1
    enrolling.cancel(member.pk, by=officer, at=MONDAY)
    grouping.give_back(group.pk, by=officer, at=MONDAY)
    made.refresh_from_db()
    assert made.taken == 0
    assert code_of(lambda: grouping.give_back(group.pk, by=officer, at=MONDAY)) == "group-not-found"


def test_places_without_names_go_back_in_time(place, officer):
    made = course(place, places=5)
    keep(made, officer, places=4)
    assert grouping.give_back_nameless(MONDAY) == 0
    assert grouping.give_back_nameless(MONDAY + dt.timedelta(4)) == 1
    assert grouping.give_back_nameless(MONDAY + dt.timedelta(4)) == 0
    made.refresh_from_db()
    assert made.taken == 0


def roll(made, officer, number, state, *enrolments, at=AFTER):
    session = made.activity.sessions.get(number=number)
    return attending.call_roll(
        made.pk, session.pk, states={each.pk: state for each in enrolments}, by=officer, at=at
    )


def test_a_certificate_needs_the_set_share(place, officer):
    made = course(place, lessons=5)
    enrolment = enrol(made, person())
    for number in (1, 2, 3):
        roll(made, officer, number, "present", enrolment)
    issue = lambda: certifying.issue(enrolment.pk, by=officer, at=AFTER)  # noqa: E731
    assert code_of(issue) == "share-not-reached"  # three of five is 60 %
    roll(made, officer, 4, "excused", enrolment)
    assert code_of(issue) == "share-not-reached"
    fourth, fifth = (made.activity.sessions.get(number=n) for n in (4, 5))
    attending.make_up(enrolment.pk, missed_id=fourth.pk, stand_in_id=fifth.pk, by=officer, at=AFTER)
    certificate = issue()
    assert (certificate.kind, certificate.minutes) == ("completion", 4 * 90)
    assert issue() == certificate
    assert Fact.objects.filter(kind="CertificateIssued").count() == 1


def test_a_cancelled_lesson_does_not_count(place, officer):
    made = course(place, lessons=5)
    enrolment = enrol(made, person())
    for number in (1, 2, 3, 4):
        roll(made, officer, number, "present", enrolment)
    made.activity.sessions.filter(number=5).update(state="cancelled")
    assert queries.standing_of(enrolment).share == 100


def test_a_share_is_never_rounded_up(place, officer):
    made = course(place, lessons=3)
    enrolment = enrol(made, person())
    roll(made, officer, 1, "present", enrolment)
    roll(made, officer, 2, "present", enrolment)
    assert queries.standing_of(enrolment).share == 66


def test_a_roll_is_called_once_the_lesson_has_begun_and_put_right_later(place, officer):
    made = course(place)
    enrolment = enrol(made, person())
    early = lambda: roll(made, officer, 1, "present", enrolment, at=MONDAY)  # noqa: E731
    assert code_of(early) == "lesson-not-begun"
    roll(made, officer, 1, "present", enrolment)
    roll(made, officer, 1, "absent", enrolment)
    assert Attendance.objects.get().state == "absent"
    outsider = enrol(course(place), person("外人"))
    assert roll(made, officer, 1, "present", outsider) == 0


def test_a_made_up_lesson_stays_made_up(place, officer):
    made = course(place)
    enrolment = enrol(made, person())
    first, second = (made.activity.sessions.get(number=n) for n in (1, 2))
    same = lambda: attending.make_up(  # noqa: E731
        enrolment.pk, missed_id=first.pk, stand_in_id=first.pk, by=officer, at=AFTER
    )
    assert code_of(same) == "make-up-impossible"
    attending.make_up(enrolment.pk, missed_id=first.pk, stand_in_id=second.pk, by=officer, at=AFTER)
    assert roll(made, officer, 1, "absent", enrolment) == 0
    assert Attendance.objects.get(session=first).state == "made_up"


def test_a_withdrawn_certificate_says_so_and_another_may_follow(place, officer):
    made = course(place, lessons=2, kind="social_practice")
    enrolment = enrol(made, person())
    for number in (1, 2):
        roll(made, officer, number, "present", enrolment)
    certificate = certifying.issue(enrolment.pk, by=officer, at=AFTER)
    assert certificate.kind == "social_practice"
    typed = certificate.number.replace("-", " ").lower()
    assert queries.certificate_numbered(typed) == certificate
    without = lambda: certifying.withdraw(certificate.number, reason="", by=officer, at=AFTER)  # noqa: E731
    assert code_of(without) == "withdrawal-without-reason"
    certifying.withdraw(certificate.number, reason="发错了人", by=officer, at=AFTER)
    assert queries.certificate_numbered(typed).withdrawn_at == AFTER
    assert certifying.issue(enrolment.pk, by=officer, at=AFTER).number != certificate.number
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(withdrawn_at=None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"places": 0}, "places-unlikely"),
        ({"completion_share": 101}, "share-impossible"),
        ({"enrol_until": MONDAY - dt.timedelta(9)}, "enrolment-closes-too-early"),
    ],
)
def test_terms_that_cannot_be_are_refused(place, officer, changed, code):
    made = course(place)
    enrol(made, person())
    terms = {
        "places": 5, "enrol_from": MONDAY, "enrol_until": MONDAY + dt.timedelta(1),
        "completion_share": 80, "certified": True,
    }  # fmt: skip
    act = lambda: opening.change_terms(made.pk, **{**terms, **changed}, by=officer, at=MONDAY)  # noqa: E731
    assert code_of(act) == code
    opening.change_terms(made.pk, **terms, by=officer, at=MONDAY)
    made.refresh_from_db()
    assert made.places == 5


def test_places_are_not_taken_from_people_who_have_them(place, officer):
    made = course(place, places=2)
    for name in ("甲", "乙"):
        enrol(made, person(name))
    act = lambda: opening.change_terms(  # noqa: E731
        made.pk, places=1, enrol_from=MONDAY, enrol_until=AFTER, completion_share=80,
        certified=True, by=officer, at=MONDAY,
    )  # fmt: skip
    assert code_of(act) == "places-below-taken"


def test_a_course_is_opened_by_its_branch_for_an_activity_with_lessons(place, officer):
    made = course(place)
    activity = made.activity
    made.delete()
    terms = {
        "places": 5, "enrol_from": MONDAY, "enrol_until": AFTER, "completion_share": 80,
        "certified": True, "at": MONDAY,
    }  # fmt: skip
    foreign = staff(place.zhonghe, "culture_officer")
    assert (
        code_of(lambda: opening.open_course(activity.pk, **terms, by=foreign)) == "not-your-branch"
    )
    assert opening.open_course(activity.pk, **terms, by=officer).pk
    assert (
        code_of(lambda: opening.open_course(activity.pk, **terms, by=officer))
        == "activity-not-for-a-course"
    )
    lone = course(place, lessons=1)
    single = lone.activity
    lone.delete()
    assert (
        code_of(lambda: opening.open_course(single.pk, **terms, by=officer))
        == "course-without-lessons"
    )


def test_whom_a_group_named_is_forgotten_after_the_last_lesson(place, officer, settings):
    settings.YANZHEN_FORGET_CALLERS_DAYS = 90
    group = keep(course(place, lessons=2), officer)
    over = MONDAY + dt.timedelta(weeks=2, days=90)
    assert forgetting.forget_due(over) == 0
    assert forgetting.forget_due(over + dt.timedelta(1)) == 1
    assert forgetting.forget_due(over + dt.timedelta(2)) == 0
    group.refresh_from_db()
    assert (group.contact, group.phone) == ("", "")
    assert group.organisation
    assert AuditEntry.objects.filter(action="course.contacts-forgotten").count() == 1
