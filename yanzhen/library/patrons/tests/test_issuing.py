import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry, Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.categories import DEFAULTS, category_for_age, ensure_categories
from yanzhen.library.patrons.issuing import give_password, issue_card, open_account, register_reader
from yanzhen.library.patrons.models import CardSerial, ReaderCard, ReaderCategory
from yanzhen.people.accounts import reset_password
from yanzhen.people.models import Person
from yanzhen.people.registering import GuardianDetails
from yanzhen.people.signing_in import account_named, sign_in

DISTRICT = "512002"


@pytest.fixture
def clerk(place):
    return makers.staff(place.zhonghe, "culture_officer")


def issue(place, clerk, person=None, **fields):
    return issue_card(
        person or makers.person(), place.adult, place.zhonghe,
        **{"district": DISTRICT, "by": clerk, "at": MONDAY, **fields},
    )  # fmt: skip


def register(place, clerk, **fields):
    return register_reader(
        **{
            "name": "张小禾", "born_on": dt.date(1990, 5, 1), "phone": "", "by": clerk,
            "at": MONDAY, "home_node": place.zhonghe, "district": DISTRICT, **fields,
        }
    )  # fmt: skip


def test_numbers_follow_each_other(place, clerk):
    numbers = [issue(place, clerk).number for _time in range(3)]
    assert numbers == ["51200200000001", "51200200000002", "51200200000003"]


def test_the_first_number_comes_after_the_cards_there_are(place, clerk):
    highest = int(makers.reader(place).number)
    assert int(issue(place, clerk).number) == highest + 1


def test_a_printed_card_is_used_as_it_is(place, clerk):
    assert issue(place, clerk, number=" 5120 0200 0000 17").number == "51200200000017"
    assert issue(place, clerk).number == "51200200000018"
    assert issue(place, clerk, number="51200200000004").number == "51200200000004"
    assert issue(place, clerk).number == "51200200000019"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("51200200000001", "card-number-taken"), ("51202200000017", "card-number-unfit"),
        ("😀", "card-number-unfit"), ("5" * 10_000, "card-number-unfit"),
    ],
)  # fmt: skip
def test_a_number_that_does_not_do_leaves_nothing_behind(place, clerk, number, code):
    issue(place, clerk)
    with pytest.raises(Refused, match=code):
        issue(place, clerk, number=number)
    assert ReaderCard.objects.count() == 1


def test_issuing_leaves_an_audit_line_and_a_fact(place, clerk):
    card = issue(place, clerk)
    entry = AuditEntry.objects.get(action="card.issued")
    assert (entry.subject, entry.place) == (f"person:{card.person_id}", "zhonghe")
    fact = Fact.objects.get(kind="CardIssued")
    assert fact.body == {"card_id": card.pk, "category": "adult", "node": "zhonghe"}


def test_a_person_has_one_active_card(place, clerk):
    card = issue(place, clerk)
    with pytest.raises(Refused, match="card-active"):
        issue(place, clerk, card.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderCard.objects.create(
            number="51200299999999",
            person=card.person,
            category=place.adult,
            home_node=place.hub,
            status="active",
            issued_at=MONDAY,
        )


def test_an_account_signs_in_with_the_new_card(place, clerk):
    person = makers.person()
    account, password = reset_password(person, by=clerk, at=MONDAY)
    card = issue(place, clerk, person)
    assert sign_in(name=card.number, password=password, at=MONDAY) == account


def test_a_desk_gives_a_password_for_a_card(place, clerk):
    card = issue(place, clerk)
    password = give_password(card, node=place.zhonghe, by=clerk, at=MONDAY)
    assert sign_in(name=card.number, password=password, at=MONDAY).person == card.person
    assert account_named(card.number).username.startswith("reader-")


def test_an_account_opened_for_a_card_knows_both_names(place, clerk):
    card, password = issue(place, clerk), "稻花香里说丰年听取蛙声"
    account = open_account(card, "xiaohe", password, by=clerk, at=MONDAY)
    for name in ("xiaohe", card.number):
        assert sign_in(name=name, password=password, at=MONDAY) == account


def test_a_branch_issues_no_cards_for_another(place, clerk):
    with pytest.raises(Refused, match="not-your-branch"):
        issue_card(
            makers.person(), place.adult, place.danshan, district=DISTRICT, by=clerk, at=MONDAY
        )
    assert not ReaderCard.objects.exists()


def test_four_fields_make_a_reader(place, clerk):
    card = register(place, clerk, phone="13800000000")
    assert (card.person.name, card.person.phone) == ("张小禾", "13800000000")
    assert card.person.division is None, "where somebody registers is not where they live"
    assert (card.category.code, card.home_node) == ("adult", place.zhonghe)


@pytest.mark.parametrize(
    ("born_on", "code"), [((1990, 1, 1), "adult"), ((2010, 1, 1), "child"), ((1950, 1, 1), "elder")]
)
def test_the_age_chooses_the_category(place, clerk, born_on, code):
    assert register(place, clerk, born_on=dt.date(*born_on)).category.code == code


def test_the_desk_may_choose_another_category(place, clerk):
    disabled = ensure_categories()["disabled"]
    assert register(place, clerk, category=disabled).category == disabled


def test_a_child_comes_with_a_guardian(place, clerk):
    with pytest.raises(Refused, match="guardian-consent-missing"):
        register(place, clerk, born_on=dt.date(2018, 1, 1))
    assert not Person.objects.exists()
    guardian = GuardianDetails("李秀英", "13800000001")
    card = register(place, clerk, born_on=dt.date(2018, 1, 1), guardian=guardian)
    assert card.category == place.child


def test_a_refused_card_takes_back_the_registration(place, clerk):
    with pytest.raises(Refused, match="card-number-unfit"):
        register(place, clerk, number="17")
    assert not Person.objects.exists()
    assert not CardSerial.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_default_categories_are_made_once(db):
    ensure_categories()
    ReaderCategory.objects.filter(code="adult").update(name="成年读者")
    made = ensure_categories()
    assert set(made) == {code for code, _name, _english in DEFAULTS}
    assert made["adult"].name == "成年读者", "what a county has renamed stays renamed"


@pytest.mark.parametrize(
    ("age", "code"),
    [(None, "adult"), (0, "child"), (17, "child"), (18, "adult"), (59, "adult"), (60, "elder")],
)
def test_the_category_for_an_age(age, code):
    assert category_for_age(age) == code
