"""Courses for everybody: enrolling, one's own courses, and a check that shows nothing personal."""

import datetime as dt

import pytest

from tests.county import MONDAY, account, person, staff
from yanzhen.culture.courses import attending, certifying, enrolling
from yanzhen.culture.courses.models import Course, Enrolment
from yanzhen.culture.courses.tests.makers import course
from yanzhen.groundwork import clock
from yanzhen.people.models import Account, Guardianship

pytestmark = pytest.mark.django_db
AFTER = MONDAY + dt.timedelta(weeks=10)


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    monkeypatch.setattr(clock, "today", lambda: MONDAY.date())


@pytest.fixture
def mother(client) -> Account:
    made = Account(username="mother", person=person("禾母"))
    made.set_password("x")
    made.save()
    client.force_login(made)
    return made


def test_a_stranger_sees_the_course_and_how_to_get_in(client, place):
    made = course(place, places=3)
    page = client.get(f"/courses/{made.pk}/").content.decode()
    assert "还剩 3 个" in page
    assert f"?next=/courses/{made.pk}/" in page
    assert "剪纸班" in client.get("/courses/").content.decode()
    assert client.get("/courses/999999/").status_code == 404


def test_a_mother_enrols_herself_and_her_child(client, place, mother):
    made = course(place)
    child = person("小禾", born_on=dt.date(2016, 6, 1))
    Guardianship.objects.create(
        child=child, guardian=mother.person, relation="parent", consent_text="v1",
        consented_at=MONDAY, channel="in_person",
    )  # fmt: skip
    client.post(f"/courses/{made.pk}/enrolments/")
    page = client.post(f"/courses/{made.pk}/enrolments/", {"person": child.pk}, follow=True)
    text = page.content.decode()
    assert text.count("到课 0 / 5 节") == 2
    assert "小禾" in text
    mine = Enrolment.objects.get(person=child)
    client.post(f"/me/courses/{mine.pk}/cancellation/")
    mine.refresh_from_db()
    assert mine.cancelled_at == MONDAY


def test_my_courses_cost_the_same_for_many(client, place, mother, django_assert_max_num_queries):
    child = person("小禾", born_on=dt.date(2016, 6, 1))
    Guardianship.objects.create(
        child=child, guardian=mother.person, relation="parent", consent_text="v1",
        consented_at=MONDAY, channel="in_person",
    )  # fmt: skip
    for _each in range(3):
        made = course(place)
        for one in (mother.person, child):
            Enrolment.objects.create(
                course=made, person=one, channel="online", enrolled_at=MONDAY, enrolled_by="x"
            )
    client.get("/me/courses/")
    with django_assert_max_num_queries(11):
        page = client.get("/me/courses/").content.decode()
    assert page.count("到课 0 / 5 节") == 6
    assert page.count("下一节：") == 6
    assert page.index("禾母 ·") < page.index("小禾 ·")


def test_a_refusal_is_said_on_the_page_of_the_course(client, place, mother):
    made = course(place, places=1)
    enrolling.enrol(
        made.pk, person_id=person("甲").pk, channel="counter",
        by=staff(place.danshan, "culture_officer"), at=MONDAY,
    )  # fmt: skip
    page = client.post(f"/courses/{made.pk}/enrolments/", follow=True).content.decode()
    assert "报满了" in page
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("asked", ["²", "9" * 30, "-1", "甲"])
def test_nonsense_enrols_nobody_else(client, place, mother, asked):
    made = course(place)
    assert client.post(f"/courses/{made.pk}/enrolments/", {"person": asked}).status_code == 302
    assert set(Enrolment.objects.values_list("person", flat=True)) <= {mother.person_id}


@pytest.fixture
def certificate(place, mother):
    officer, made = staff(place.danshan, "culture_officer"), course(place, lessons=2)
    enrolment = enrolling.enrol(
        made.pk, person_id=mother.person_id, channel="counter", by=officer, at=MONDAY
    )
    for session in made.activity.sessions.all():
        attending.call_roll(
            made.pk, session.pk, states={enrolment.pk: "present"}, by=officer, at=AFTER
        )
    return certifying.issue(enrolment.pk, by=officer, at=AFTER)


def test_the_check_shows_nothing_personal(client, certificate):
    client.logout()
    page = client.get("/certificates/", {"number": certificate.number.lower()}).content.decode()
    assert "真的，有效" in page
    assert "剪纸班" in page
    assert certificate.enrolment.person.name not in page


@pytest.mark.parametrize("number", ["AAAA-BBBB-CCCC", "'; DROP", "😀" * 200])
def test_a_number_that_is_not_there_is_said_plainly(client, number):
    answer = client.get("/certificates/", {"number": number})
    assert answer.status_code == 404
    assert "没有这个编号" in answer.content.decode()


def test_a_certificate_is_shown_to_its_holder_alone(client, certificate):
    address = f"/me/certificates/{certificate.number}/"
    page = client.get(address).content.decode()
    assert certificate.enrolment.person.name in page
    assert "<svg" in page
    stranger = Account(username="stranger", person=person("路人"))
    stranger.set_password("x")
    stranger.save()
    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_a_withdrawn_certificate_is_said_to_be_so(client, place, certificate):
    certifying.withdraw(
        certificate.number, reason="发错了", by=staff(place.danshan, "culture_officer"), at=AFTER
    )
    page = client.get("/certificates/", {"number": certificate.number}).content.decode()
    assert "已经收回" in page


def test_the_desk_of_the_branch_keeps_the_list(client, place):
    made, somebody = course(place, places=4), person("张一")
    client.force_login(account("danshan", place.danshan))
    desk = f"/desk/danshan/courses/{made.pk}/"
    assert "剪纸班" in client.get("/desk/danshan/courses/").content.decode()
    client.post(f"{desk}enrolments/", {"who": "张一", "channel": "telephone"})
    assert Enrolment.objects.get().person == somebody
    person("李二"), person("李二")
    page = client.post(f"{desk}enrolments/", {"who": "李二"}).content.decode()
    assert "是哪一位" in page
    assert "没有找到这个人" in client.post(f"{desk}enrolments/", {"who": "无此人"}).content.decode()
    told = {
        "organisation": "演示电子厂", "contact": "王工", "phone": "13000000000", "places": "3",
        "names_until": "2026-11-30",
    }  # fmt: skip
    client.post(f"{desk}groups/", told)
    group = made.groups.get()
    client.post(f"{desk}groups/{group.pk}/", {"places": "2"})
    client.post(f"{desk}groups/{group.pk}/return/")
    assert Course.objects.get().taken == 1
    too_many = client.post(f"{desk}groups/", {**told, "places": "9"}).content.decode()
    assert "只剩 3 个名额" in too_many
    assert 'value="演示电子厂"' in too_many


def test_the_roll_is_called_and_the_certificate_issued_at_the_desk(client, place, monkeypatch):
    made = course(place, lessons=2)
    client.force_login(account("danshan", place.danshan))
    enrolment = enrolling.enrol(
        made.pk, person_id=person("张一").pk, channel="counter",
        by=staff(place.danshan, "culture_officer"), at=MONDAY,
    )  # fmt: skip
    desk = f"/desk/danshan/courses/{made.pk}/"
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    for session in made.activity.sessions.all():
        client.post(f"{desk}lessons/{session.pk}/", {f"state-{enrolment.pk}": "present"})
    assert "2 / 2 · 100%" in client.get(desk).content.decode()
    client.post(f"{desk}enrolments/{enrolment.pk}/certificate/")
    number = enrolment.certificates.get().number
    paper = f"/desk/danshan/courses/certificates/{number}/"
    assert "张一" in client.get(paper).content.decode()
    client.post(f"{paper}withdrawal/", {"reason": "发错了"})
    assert enrolment.certificates.get().withdrawn_at == AFTER


def test_another_branch_does_not_see_the_list(client, place):
    made = course(place)
    client.force_login(account("zhonghe", place.zhonghe))
    assert client.get(f"/desk/zhonghe/courses/{made.pk}/").status_code == 403
    assert client.get(f"/desk/danshan/courses/{made.pk}/").status_code == 403


def test_an_activity_with_lessons_is_opened_for_enrolment(client, place):
    made = course(place)
    activity = made.activity
    made.delete()
    client.force_login(account("danshan", place.danshan))
    assert "可以开报名的活动" in client.get("/desk/danshan/courses/").content.decode()
    terms = {
        "places": "20", "enrol_from": "2026-11-23T10:00", "enrol_until": "2026-11-20T10:00",
        "completion_share": "80", "certified": "on",
    }  # fmt: skip
    address = f"/desk/danshan/courses/new/{activity.pk}/"
    assert "报名截止在开始之前" in client.post(address, terms).content.decode()
    client.post(address, {**terms, "enrol_until": "2026-12-20T10:00"})
    opened = Course.objects.get()
    client.post(
        f"/desk/danshan/courses/{opened.pk}/terms/",
        {**terms, "enrol_until": "2026-12-20T10:00", "places": "30"},
    )
    opened.refresh_from_db()
    assert (opened.places, opened.certified) == (30, True)
