import datetime as dt

import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Guardianship, Person
from yanzhen.people.registering import GuardianDetails, correct_person, register_person

ADULT, CHILD = dt.date(1990, 5, 1), dt.date(2017, 5, 1)
MOTHER = GuardianDetails("李秀英", "138 0000 0001")


@pytest.fixture
def clerk(place):
    return makers.staff(place.zhonghe, "culture_officer")


def register(clerk, **fields):
    return register_person(
        **{"name": "张小禾", "born_on": ADULT, "phone": "", "by": clerk, "at": MONDAY, **fields}
    )


def test_nobody_needs_a_telephone(clerk):
    person = register(clerk, name=" 張小禾 ")
    assert (person.name, person.name_folded, person.phone) == ("張小禾", "张小禾", "")
    assert person.pinyin.startswith("zhangxiaohe")
    entry = AuditEntry.objects.get(action="person.registered")
    assert (entry.subject, entry.detail) == (f"person:{person.pk}", {})


def test_a_child_under_14_needs_a_guardians_consent(clerk):
    with pytest.raises(Refused, match="guardian-consent-missing"):
        register(clerk, born_on=CHILD)
    assert not Person.objects.exists()


def test_a_guardian_is_registered_with_the_child(clerk):
    child = register(clerk, born_on=CHILD, guardian=MOTHER)
    bond = Guardianship.objects.get()
    assert (bond.child, bond.guardian.name, bond.guardian.phone) == (child, "李秀英", "13800000001")
    assert (bond.relation, bond.channel, bond.consented_at) == ("parent", "in_person", MONDAY)
    assert bond.consent_text
    assert AuditEntry.objects.filter(action="guardian.consented").count() == 1


def test_a_known_guardian_is_found_again(clerk):
    register(clerk, born_on=CHILD, guardian=MOTHER)
    register(clerk, name="张小麦", born_on=CHILD, guardian=GuardianDetails("李秀英", "13800000001"))
    assert Person.objects.filter(name="李秀英").count() == 1


def test_a_guardian_without_a_telephone_may_consent_at_the_desk(clerk):
    register(clerk, born_on=CHILD, guardian=GuardianDetails("王奶奶"))
    register(clerk, name="张小麦", born_on=CHILD, guardian=GuardianDetails("王奶奶"))
    assert Person.objects.filter(name="王奶奶").count() == 2, "the name alone proves nothing"


@pytest.mark.parametrize(
    ("guardian", "code"),
    [
        (GuardianDetails("", "13800000001"), "guardian-name-missing"),
        (GuardianDetails("李秀英", "abc"), "guardian-phone-unreadable"),
        (GuardianDetails("李秀英", "", channel="phone"), "guardian-phone-missing"),
    ],
)
def test_an_unclear_guardian_leaves_nothing_behind(clerk, guardian, code):
    with pytest.raises(Refused, match=code):
        register(clerk, born_on=CHILD, guardian=guardian)
    assert not Person.objects.exists()


def test_a_guardian_is_of_age(clerk):
    register(clerk, name="李小弟", born_on=dt.date(2010, 1, 1), phone="13800000001")
    with pytest.raises(Refused, match="guardian-under-age"):
        register(clerk, born_on=CHILD, guardian=GuardianDetails("李小弟", "13800000001"))


def test_the_guardian_of_an_adult_is_not_recorded(clerk):
    register(clerk, guardian=MOTHER)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("again", [{"phone": ""}, {"born_on": dt.date(1991, 1, 1)}])
def test_a_person_is_registered_once(clerk, again):
    register(clerk, phone="13800000000")
    with pytest.raises(Refused, match="person-may-exist"):
        register(clerk, **{"name": "張小禾", "phone": "138-0000-0000", **again})
    assert register(clerk, **{"phone": "13800000000", **again}, anyway=True).pk


def test_a_namesake_of_another_age_is_another_person(clerk):
    register(clerk)
    assert register(clerk, born_on=dt.date(1991, 1, 1)).pk


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "😀😀"}, "name-missing"),
        ({"name": "张" * 10_000}, "name-too-long"),
        ({"born_on": dt.date(2030, 1, 1)}, "birth-date-impossible"),
        ({"born_on": None}, "birth-date-missing"),
        ({"phone": "没有电话"}, "phone-unreadable"),
    ],
)
def test_bad_input_is_a_sentence_and_leaves_nothing_behind(clerk, fields, code):
    with pytest.raises(Refused, match=code):
        register(clerk, **fields)
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()


def test_only_a_registering_desk_registers(place):
    with pytest.raises(Refused, match="no-permission"):
        register(makers.staff(place.hub, "inspector"))


def test_a_correction_names_the_changed_fields_only(clerk):
    person = register(clerk, phone="13800000000")
    correct_person(person, name="张小荷", born_on=ADULT, phone="", by=clerk, at=MONDAY)
    assert (person.name, person.pinyin, person.phone) == ("张小荷", "zhangxiaohe", "")
    entry = AuditEntry.objects.get(action="person.corrected")
    assert entry.detail == {"fields": ["name", "name_folded", "phone"]}


def test_a_correction_does_not_make_a_child_without_consent(clerk):
    person = register(clerk)
    with pytest.raises(Refused, match="guardian-consent-missing"):
        correct_person(person, name="张小禾", born_on=CHILD, phone="", by=clerk, at=MONDAY)


@pytest.mark.parametrize("phone", ["", "13800000001"])
def test_a_child_is_not_its_own_guardian(clerk, phone):
    with pytest.raises(Refused, match="guardian-is-the-child"):
        register(
            clerk, born_on=CHILD, phone=phone, guardian=GuardianDetails("張小禾", "138-0000-0001")
        )
    assert not Person.objects.exists()


def test_a_guardian_of_the_same_name_has_another_telephone(clerk):
    guardian = GuardianDetails("张小禾", "13800000001")
    assert register(clerk, born_on=CHILD, phone="13800000002", guardian=guardian).pk


def test_a_changed_birth_date_leaves_both_years_in_the_trail(clerk):
    person = register(clerk)
    correct_person(
        person, name="张小禾", born_on=dt.date(1991, 1, 1), phone="", by=clerk, at=MONDAY
    )
    detail = AuditEntry.objects.get(action="person.corrected").detail
    assert detail == {"fields": ["born_on"], "born": [1990, 1991]}


@pytest.mark.parametrize("born_on", [dt.date(2011, 1, 1), dt.date(2000, 1, 1), None])
def test_a_guarded_child_grows_up_only_by_a_librarians_hand(place, clerk, born_on):
    child = register(clerk, born_on=CHILD, guardian=MOTHER)
    new = {"name": "张小禾", "phone": "", "born_on": born_on, "at": MONDAY}
    with pytest.raises(Refused, match="birth-date-guarded"):
        correct_person(child, by=clerk, **new)
    child.refresh_from_db()
    assert child.born_on == CHILD
    correct_person(child, by=makers.staff(place.hub, "librarian"), **new)
    assert child.born_on == born_on


def test_a_clerk_puts_a_day_right_that_crosses_no_age(clerk):
    child = register(clerk, born_on=CHILD, guardian=MOTHER)
    near = CHILD + dt.timedelta(days=30)
    correct_person(child, name="张小禾", born_on=near, phone="", by=clerk, at=MONDAY)
    assert child.born_on == near
