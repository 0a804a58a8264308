import datetime as dt

import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people import queries
from yanzhen.people.registering import GuardianDetails, register_person


@pytest.fixture
def clerk(place):
    return makers.staff(place.zhonghe, "culture_officer")


@pytest.fixture
def people(clerk):
    for name, born_on, phone in (
        ("张小禾", dt.date(1990, 5, 1), "13800001234"),
        ("曾强", dt.date(1950, 1, 1), ""),
        ("Anna Lee", dt.date(1985, 1, 1), "02826541234"),
    ):
        register_person(name=name, born_on=born_on, phone=phone, by=clerk, at=MONDAY)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张小禾", ["张小禾"]), ("張小禾", ["张小禾"]), ("小禾", ["张小禾"]),
        ("zhangxiaohe", ["张小禾"]), ("zhang xiao", ["张小禾"]), ("ZXH", ["张小禾"]),
        ("zeng", ["曾强"]), ("zq", ["曾强"]), ("anna", ["Anna Lee"]), ("annalee", ["Anna Lee"]),
        ("138 0000 1234", ["张小禾"]), ("1234", ["Anna Lee", "张小禾"]),
        ("１２３４", ["Anna Lee", "张小禾"]),
        ("234", []), ("9999", []), ("", []), ("  ", []), ("😀", []), ("%", []), ("_", []),
        ("'\"); DROP TABLE", []), ("x" * 10_000, []), ("a\x00", ["Anna Lee"]),
    ],
)  # fmt: skip
def test_people_are_found_by_name_pinyin_initials_and_telephone(clerk, people, text, names):
    found = queries.find_people(text, by=clerk, at=MONDAY)
    assert sorted(person.name for person in found) == sorted(names)


def test_a_search_is_written_down(clerk, people):
    queries.find_people("zxh", by=clerk, at=MONDAY)
    entry = AuditEntry.objects.get(action="person.searched")
    assert entry.detail == {"text": "zxh", "found": 1}
    assert entry.by_name == clerk.name


def test_a_search_needs_a_duty(place):
    with pytest.raises(Refused, match="no-permission"):
        queries.find_people("张", by=makers.staff(place.hub, "agency"), at=MONDAY)


def test_a_search_has_an_end(clerk):
    for day in range(5):
        register_person(name="王一", born_on=dt.date(1990, 1, 1 + day), by=clerk, at=MONDAY)
    assert len(queries.find_people("wy", by=clerk, at=MONDAY, limit=3)) == 3


def test_reading_a_file_is_written_down(clerk):
    person = makers.person()
    queries.open_person_file(person, by=clerk, at=MONDAY)
    entry = AuditEntry.objects.get(action="person.read")
    assert (entry.subject, entry.detail) == (f"person:{person.pk}", {})


@pytest.mark.parametrize("reason", ["", "因为", "x" * 10_000])
def test_reading_a_childs_file_has_a_reason(clerk, reason):
    child = makers.person(born_on=dt.date(2017, 1, 1))
    with pytest.raises(Refused, match="reason-missing"):
        queries.open_person_file(child, by=clerk, at=MONDAY, reason=reason)
    assert not AuditEntry.objects.exists()


def test_the_reason_is_kept(clerk):
    child = makers.person(born_on=dt.date(2017, 1, 1))
    queries.open_person_file(child, by=clerk, at=MONDAY, reason="guardian")
    assert AuditEntry.objects.get().detail == {"reason": "guardian"}


def test_guardians_and_wards_know_each_other(clerk):
    child = register_person(
        name="张小麦",
        born_on=dt.date(2017, 1, 1),
        by=clerk,
        at=MONDAY,
        guardian=GuardianDetails("李秀英", "13800000001"),
    )
    bond = queries.guardians_of(child).get()
    assert queries.wards_of(bond.guardian_id) == [bond]
    assert queries.wards_of(bond.guardian_id, dt.date(2034, 12, 31)) == [bond]
    assert queries.wards_of(bond.guardian_id, dt.date(2035, 1, 1)) == [], "grown up"
