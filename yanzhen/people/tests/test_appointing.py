import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.appointing import end_role, give_role
from yanzhen.people.models import Role
from yanzhen.people.roles import CIRCULATE, actor_of

TODAY = local_day(MONDAY)


@pytest.fixture
def director(place):
    return makers.staff(place.hub, "director")


@pytest.fixture
def account(place):
    return makers.account("zhonghe", place.zhonghe)


def test_a_role_reaches_its_node_and_what_is_below(account, director, place):
    give_role(account, "librarian", place.danshan, by=director, at=MONDAY)
    actor = actor_of(account, on=TODAY)
    assert actor.may(CIRCULATE, place.danshan.path)
    assert actor.may(CIRCULATE, place.danshan.path + "village.")
    assert not actor.may(CIRCULATE, place.linjiang.path)
    assert AuditEntry.objects.get(action="role.given").place == "danshan"


def test_an_ended_role_opens_nothing_the_same_day(account, director, place):
    role = give_role(account, "librarian", place.danshan, by=director, at=MONDAY)
    end_role(role, by=director, at=MONDAY)
    end_role(role, by=director, at=MONDAY)
    assert not actor_of(account, on=TODAY).may(CIRCULATE, place.danshan.path)
    assert AuditEntry.objects.filter(action="role.ended").count() == 1
    give_role(account, "librarian", place.danshan, by=director, at=MONDAY)


def test_the_same_role_is_not_given_twice(account, director, place):
    with pytest.raises(Refused, match="role-held"):
        give_role(account, "culture_officer", place.zhonghe, by=director, at=MONDAY)


def test_only_who_manages_people_gives_and_ends_roles(account, place):
    clerk = makers.staff(place.hub, "librarian")
    with pytest.raises(Refused, match="no-permission"):
        give_role(account, "director", place.hub, by=clerk, at=MONDAY)
    with pytest.raises(Refused, match="no-permission"):
        end_role(Role.objects.get(), by=clerk, at=MONDAY)
    local = makers.staff(place.danshan, "director")
    with pytest.raises(Refused, match="not-your-branch"):
        give_role(account, "director", place.hub, by=local, at=MONDAY)


def test_a_director_of_one_tree_gives_no_role_for_the_whole_county(account, director):
    with pytest.raises(Refused, match="no-permission"):
        give_role(account, "director", None, by=director, at=MONDAY)
