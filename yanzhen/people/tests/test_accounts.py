import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.auth.hashers import check_password

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Node
from yanzhen.people import accounts
from yanzhen.people.models import Account, Role
from yanzhen.people.roles import Grant
from yanzhen.people.rules import MOST_ATTEMPTS
from yanzhen.people.signing_in import sign_in

GOOD = "稻花香里说丰年听取蛙声"


@pytest.fixture
def clerk(place):
    return makers.staff(place.zhonghe, "culture_officer")


@pytest.fixture
def account(place):
    return makers.account("zhonghe", place.zhonghe)


def test_an_account_is_made_for_a_person(clerk):
    made = accounts.make_account(makers.person(), "XiaoHe", GOOD, by=clerk, at=MONDAY)
    assert made.username == "xiaohe"
    assert sign_in(name="xiaohe", password=GOOD, at=MONDAY) == made
    assert GOOD not in str(AuditEntry.objects.get(action="account.made").detail)


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("ZHONGHE", GOOD, "sign-in-name-taken"),
        ("51200200000017", GOOD, "user-name-unfit"),
        ("xiaohe", "12345678", "password-weak"),
        ("xiaohe", "short", "password-weak"),
    ],
)
def test_an_account_that_cannot_be(account, clerk, username, password, code):
    with pytest.raises(Refused, match=code):
        accounts.make_account(makers.person(), username, password, by=clerk, at=MONDAY)
    assert Account.objects.count() == 1


def test_a_sign_in_name_has_one_account(account, place):
    accounts.add_sign_in_name(account, "51200200000017")
    accounts.add_sign_in_name(account, "51200200000017")
    other = makers.account("danshan", place.danshan)
    with pytest.raises(Refused, match="sign-in-name-taken"):
        accounts.add_sign_in_name(other, "51200200000017")
    accounts.drop_sign_in_name("51200200000017")
    assert accounts.add_sign_in_name(other, "51200200000017").account == other


def test_the_password_is_changed_by_who_knows_it(account, clerk):
    accounts.change_password(account, old="yanzhen-demo", new=GOOD, by=clerk, at=MONDAY)
    assert sign_in(name="zhonghe", password=GOOD, at=MONDAY) == account


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("wrong", GOOD, "wrong-password"), ("yanzhen-demo", "password", "password-weak")],
)
def test_the_old_password_stays_when_the_change_is_refused(account, clerk, old, new, code):
    with pytest.raises(Refused, match=code):
        accounts.change_password(account, old=old, new=new, by=clerk, at=MONDAY)
    assert check_password("yanzhen-demo", Account.objects.get().password)


def test_guessing_the_old_password_locks_too(account, clerk):
    for _time in range(MOST_ATTEMPTS):
        with pytest.raises(Refused, match="wrong-password"):
            accounts.change_password(account, old="wrong", new=GOOD, by=clerk, at=MONDAY)
    with pytest.raises(Refused, match="account-locked"):
        accounts.change_password(account, old="yanzhen-demo", new=GOOD, by=clerk, at=MONDAY)


def test_a_desk_resets_the_password_of_a_reader(clerk):
    person = makers.person()
    account, password = accounts.reset_password(person, by=clerk, at=MONDAY)
    assert sign_in(name=account.username, password=password, at=MONDAY) == account
    again, other = accounts.reset_password(person, by=clerk, at=MONDAY)
    assert (again, other != password) == (account, True)
    assert password not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_reset_opens_a_locked_account(clerk):
    account, _password = accounts.reset_password(makers.person(), by=clerk, at=MONDAY)
    for _time in range(MOST_ATTEMPTS):
        with pytest.raises(Refused):
            sign_in(name=account.username, password="wrong", at=MONDAY)
    _same, password = accounts.reset_password(account.person, by=clerk, at=MONDAY)
    assert sign_in(name=account.username, password=password, at=MONDAY) == account


def test_a_desk_cannot_take_over_the_account_of_staff(account, clerk, place):
    with pytest.raises(Refused, match="no-permission"):
        accounts.reset_password(account.person, by=clerk, at=MONDAY)
    director = makers.staff(place.hub, "director")
    assert accounts.reset_password(account.person, by=director, at=MONDAY)[0] == account


@pytest.fixture
def branch_director(place):
    """Manages people, but only in 中和."""
    return makers.staff(place.zhonghe, "director")


@pytest.mark.parametrize("where", ["hub", "danshan"])
def test_a_branch_does_not_take_over_an_account_that_works_elsewhere(
    place, account, branch_director, where
):
    Role.objects.create(
        account=account, kind="director", node=getattr(place, where), valid_from=makers.LONG_AGO
    )
    with pytest.raises(Refused, match="not-your-branch"):
        accounts.reset_password(account.person, by=branch_director, at=MONDAY)


def test_a_role_that_begins_tomorrow_protects_today(place, account, branch_director):
    Role.objects.create(
        account=account, kind="director", node=place.hub, valid_from=dt.date(2027, 1, 1)
    )
    with pytest.raises(Refused, match="not-your-branch"):
        accounts.reset_password(account.person, by=branch_director, at=MONDAY)


def test_a_branch_director_resets_the_password_of_the_branch(account, branch_director):
    assert accounts.reset_password(account.person, by=branch_director, at=MONDAY)[0] == account


def test_a_role_for_the_whole_county_is_below_every_hub_together(place, account, branch_director):
    Role.objects.create(account=account, kind="operator", node=None, valid_from=makers.LONG_AGO)
    with pytest.raises(Refused, match="no-permission"):
        accounts.reset_password(account.person, by=branch_director, at=MONDAY)
    library = makers.staff(place.hub, "director")
    assert accounts.reset_password(account.person, by=library, at=MONDAY)[0] == account
    Node.objects.create(
        code="culture-centre", name="文化馆", short_name="文化", site=place.hub.site,
        tree="culture", level="hub", path="culture-centre.", status="open",
    )  # fmt: skip
    with pytest.raises(Refused, match="no-permission"):
        accounts.reset_password(account.person, by=library, at=MONDAY)
    county = replace(library, grants=(Grant("director", "", ""),))
    assert accounts.reset_password(account.person, by=county, at=MONDAY)[0] == account
