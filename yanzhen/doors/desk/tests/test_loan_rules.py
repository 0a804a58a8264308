"""The pages of the loan rules: headquarters sets, branches see (R04)."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.groundwork import clock
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import LoanRule, RuleDraft


@pytest.fixture
def director(place, client):
    client.force_login(makers.account("hub", place.hub, "director"))
    return client


@pytest.fixture
def branch(place, client):
    client.force_login(makers.account("zhonghe", place.zhonghe))
    return client


def url(name, *args, code="main-library"):
    return reverse(f"desk:{name}", args=[code, *args])


FULL = {"loan_days": "20", "max_loans": "5", "max_renewals": "0", "lendable": "1"}


def dated(days=1, document="馆务会"):
    return {"valid_from": clock.today() + dt.timedelta(days=days), "document": document}


def test_a_branch_sees_and_cannot_change(place, branch):
    page = branch.get(url("loan-rules", code="zhonghe")).content.decode()
    assert "30 天" in page
    assert "只看不改" in page
    assert url("loan-rule-row", code="zhonghe") not in page
    for name, args in (("loan-rule-row", []), ("rule-drafts", []), ("end-loan-rule", [1])):
        assert branch.post(url(name, *args, code="zhonghe"), FULL | dated()).status_code == 403
    assert LoanRule.objects.count() == 1


def test_headquarters_sets_a_new_version(place, director):
    answer = director.post(url("loan-rule-row"), FULL | dated())
    assert answer.url == url("loan-rules")
    assert LoanRule.objects.get(valid_to=None).loan_days == 20
    assert "还没生效" in director.get(url("loan-rules")).content.decode()
    assert "馆务会" in director.get(url("loan-rule-history")).content.decode()
    director.post(url("withdraw-loan-rule", LoanRule.objects.get(valid_to=None).pk))
    assert LoanRule.objects.get(valid_to=None, withdrawn_at=None).loan_days == 30


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"loan_days": "很多"}, "请填整数"),
        ({"loan_days": "9999"}, "太大或太小"),
        ({"valid_from": "2026-02-30"}, "没有这一天"),
        ({"document": ""}, "依据"),
        ({"max_loans": ""}, "默认规则要把"),
        ({"category": "nobody"}, "category"),
    ],
)
def test_a_wrong_form_is_shown_again(place, director, told, said):
    page = director.post(url("loan-rule-row"), FULL | dated() | told)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert LoanRule.objects.count() == 1


def test_a_draft_is_made_tried_and_published(place, director):
    answer = director.post(url("rule-drafts"), {"name": "少借几本"})
    draft = RuleDraft.objects.get()
    assert answer.url == url("rule-draft", draft.pk)
    director.post(url("put-draft-row", draft.pk), FULL)
    assert "共借出" not in director.get(url("rule-draft", draft.pk)).content.decode()
    director.post(url("try-draft", draft.pk))
    assert "共借出 0 次" in director.get(url("rule-draft", draft.pk)).content.decode()
    assert (
        "没有这一天"
        in director.post(url("publish-draft", draft.pk), {"valid_from": "x"}).content.decode()
    )
    director.post(url("publish-draft", draft.pk), dated())
    assert LoanRule.objects.get(valid_to=None).loan_days == 20
    assert director.get(url("rule-draft", 99)).status_code == 404


def test_a_trial_is_kept_until_the_draft_or_the_rules_change(place, director):
    card, hub = makers.reader(place), makers.staff(place.hub)
    for _ in range(2):
        copy = makers.copy(place)
        lend(
            barcode=copy.barcode, card_number=card.number, node=place.hub, by=hub,
            at=clock.now() - dt.timedelta(days=3),
        )  # fmt: skip
    director.post(url("rule-drafts"), {"name": "只借一本"})
    draft = RuleDraft.objects.get()
    director.post(url("put-draft-row", draft.pk), FULL | {"max_loans": "1"})
    director.post(url("try-draft", draft.pk))
    page = director.get(url("rule-draft", draft.pk)).content.decode()
    assert "2 次会不一样" in page
    assert "借不成了" in page
    assert "现行规则后来改过" not in page
    director.post(url("loan-rule-row"), FULL | {"category": "adult"} | dated())
    assert "现行规则后来改过" in director.get(url("rule-draft", draft.pk)).content.decode()
    director.post(url("put-draft-row", draft.pk), {"category": "child", "loan_days": "9"})
    assert "2 次会不一样" not in director.get(url("rule-draft", draft.pk)).content.decode()


def test_a_branch_tries_out(place, branch):
    asked = {"category": "adult", "kind": "book"}
    page = branch.get(url("loan-trial", code="zhonghe"), asked).content.decode()
    assert "可以借" in page
    assert "默认规则" in page
    unknown = branch.get(url("loan-trial", code="zhonghe"), {"card": "0", "copy": "0"})
    assert "没有找到读者证" in unknown.content.decode()
    empty = branch.get(url("loan-trial", code="zhonghe"), {"card": ""}).content.decode()
    assert "请扫读者证，或选一个读者类型" in empty


def test_the_desk_says_why(place, branch):
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    told = {"code": copy.barcode, "reader": card.person_id}
    page = branch.post(url("scan", code="zhonghe"), told, headers={"HX-Request": "true"})
    assert "来自“默认规则”" in page.content.decode()


def test_a_refusal_at_the_desk_says_which_row_it_rests_on(place, branch):
    LoanRule.objects.update(max_loans=0)
    card, copy = makers.reader(place), makers.copy(place, at=place.zhonghe)
    told = {"code": copy.barcode, "reader": card.person_id}
    page = branch.post(url("scan", code="zhonghe"), told, headers={"HX-Request": "true"})
    assert "最多几本：0。来自“默认规则”" in page.content.decode()
