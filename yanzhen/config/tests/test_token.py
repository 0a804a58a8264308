from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import county as makers
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.people.models import ApiToken
from yanzhen.people.tokens import actor_for_token


def test_a_token_is_printed_once_and_works(place):
    account, out = makers.account("zhonghe", place.zhonghe), StringIO()
    call_command("token", "--user", "ZhongHe", "--label", "自助机", stdout=out, stderr=StringIO())
    text = out.getvalue().strip()
    assert actor_for_token(text, clock.today()).account_id == account.pk
    entry = AuditEntry.objects.get(action="token.made")
    assert (entry.by_id, entry.detail) == (None, {"label": "自助机"})
    assert entry.by_name


def test_an_unknown_user_is_a_sentence(place):
    with pytest.raises(CommandError, match="没有叫“nobody”的帐号"):
        call_command("token", "--user", "nobody", "--label", "x")
    assert not ApiToken.objects.exists()
