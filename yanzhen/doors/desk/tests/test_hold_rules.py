"""The page of the hold rules: versions like those of the loan rules (R43)."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import county as makers
from yanzhen.groundwork import clock
from yanzhen.library.holds.models import HoldRule
from yanzhen.library.holds.ruling import choose

PAGE = "/desk/main-library/rules/holds/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def director(place, client):
    client.force_login(makers.account("hub", place.hub, "director"))
    return client


def told(**more):
    values = {"max_holds": "3", "pickup_days": "5", "document": "馆务会"}
    return values | {"valid_from": clock.today() + DAY} | more


def test_a_change_is_a_new_version_from_a_day_on(director):
    director.post(PAGE, told())
    assert choose("adult", clock.today()).max_holds == 5
    assert choose("adult", clock.today() + DAY).max_holds == 3
    assert "还没生效" in director.get(PAGE).content.decode()
    new = HoldRule.objects.get(valid_to=None, withdrawn_at=None)
    director.post(reverse("desk:withdraw-hold-rule", args=["main-library", new.pk]))
    assert choose("adult", clock.today() + DAY).max_holds == 5


def test_a_category_has_its_own_until_it_is_ended(director):
    director.post(PAGE, told(category="child", valid_from=clock.today()))
    assert choose("child", clock.today()).pickup_days == 5
    rule = HoldRule.objects.get(category__code="child")
    director.post(reverse("desk:end-hold-rule", args=["main-library", rule.pk]))
    assert choose("child", clock.today()).pickup_days == 5
    assert choose("child", clock.today() + DAY).pickup_days == 7


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"max_holds": "500"}, "太大或太小"),
        ({"max_holds": "许多"}, "请填整数"),
        ({"document": ""}, "请写上依据"),
        ({"valid_from": "2020-01-01"}, "不能从过去的日子起执行"),
    ],
)
def test_a_refused_version_keeps_what_was_typed(director, more, said):
    page = director.post(PAGE, told(pickup_days="9", **more)).content.decode()
    assert said in page
    assert 'value="9"' in page
    assert HoldRule.objects.count() == 1


def test_the_default_stays_and_a_branch_only_looks(place, director, client):
    rule = HoldRule.objects.get()
    director.post(reverse("desk:end-hold-rule", args=["main-library", rule.pk]))
    assert HoldRule.objects.get().valid_to is None
    client.force_login(makers.account("zhonghe", place.zhonghe))
    page = client.get("/desk/zhonghe/rules/holds/").content.decode()
    assert "只看不改" in page
    assert client.post("/desk/zhonghe/rules/holds/", told()).status_code == 403
