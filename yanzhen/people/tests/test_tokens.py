from dataclasses import replace

import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Account, ApiToken, Role
from yanzhen.people.roles import CIRCULATE, actor_of
from yanzhen.people.tokens import actor_for_token, make_token, revoke_token

TODAY = local_day(MONDAY)


@pytest.fixture
def account(place):
    return makers.account("zhonghe", place.zhonghe)


@pytest.fixture
def owner(account):
    return actor_of(account, on=TODAY)


def test_a_token_speaks_for_its_account(account, owner, place):
    text = make_token(account, "自助机", by=owner, at=MONDAY)
    actor = actor_for_token(text, TODAY)
    assert actor == owner
    assert actor.may(CIRCULATE, place.zhonghe.path)


def test_only_the_digest_is_kept(account, owner):
    text = make_token(account, "自助机", by=owner, at=MONDAY)
    assert text not in str(ApiToken.objects.values().get())
    assert text not in str(AuditEntry.objects.values().get(action="token.made"))


@pytest.mark.parametrize("text", ["", "yz_", "😀", "x" * 10_000, "\ud800"])
def test_an_unknown_token_is_nobody(account, owner, text):
    make_token(account, "自助机", by=owner, at=MONDAY)
    assert actor_for_token(text, TODAY) is None


def test_a_revoked_token_opens_nothing(account, owner):
    text = make_token(account, "自助机", by=owner, at=MONDAY)
    for _time in range(2):
        revoke_token(ApiToken.objects.get(), by=owner, at=MONDAY)
    assert actor_for_token(text, TODAY) is None
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_the_token_of_a_closed_account_opens_nothing(account, owner):
    text = make_token(account, "自助机", by=owner, at=MONDAY)
    Account.objects.update(is_active=False)
    assert actor_for_token(text, TODAY) is None


def test_nobody_makes_a_token_for_somebody_else(account, place):
    librarian, director = (
        replace(makers.staff(place.hub, kind), account_id=account.pk + 1)
        for kind in ("librarian", "director")
    )
    with pytest.raises(Refused, match="no-permission"):
        make_token(account, "别人的", by=librarian, at=MONDAY)
    assert make_token(account, "总馆代办", by=director, at=MONDAY)


def test_a_branch_director_makes_no_token_of_the_county_director(account, place):
    Role.objects.create(
        account=account, kind="director", node=place.hub, valid_from=makers.LONG_AGO
    )
    branch = replace(makers.staff(place.zhonghe, "director"), account_id=account.pk + 1)
    with pytest.raises(Refused, match="not-your-branch"):
        make_token(account, "别人的", by=branch, at=MONDAY)
    make_token(account, "自己的", by=actor_of(account, on=TODAY), at=MONDAY)
    with pytest.raises(Refused, match="not-your-branch"):
        revoke_token(ApiToken.objects.get(), by=branch, at=MONDAY)
