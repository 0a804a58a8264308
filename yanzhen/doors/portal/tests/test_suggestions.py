"""荐购: suggesting a book and reading what came of it."""

import pytest
from django.urls import reverse

from tests import county
from yanzhen.library.acquisitions import wishing
from yanzhen.library.acquisitions.models import Wish
from yanzhen.people.models import Account


@pytest.fixture
def reader(client, place):
    card = county.reader(place)
    client.force_login(Account.objects.create(username="reader", person=card.person))
    return client


PAGE = "/suggestions/"


def test_a_suggestion_is_made_answered_and_read(reader, place):
    answer = reader.post(PAGE, {"title": "雁江民歌集", "author": "演示"}, follow=True)
    assert "等总馆答复" in answer.content.decode()
    wish = Wish.objects.get()
    wishing.decline(wish.pk, answer="已有新版", by=county.staff(place.hub), at=county.MONDAY)
    page = reader.get(PAGE).content.decode()
    assert "这次不买" in page
    assert "已有新版" in page


def test_a_suggestion_twice_is_told_kindly_and_can_be_taken_back(reader):
    for _again in range(2):
        answer = reader.post(PAGE, {"title": "雁江民歌集"})
    assert answer.status_code == 422
    assert "已经在单子上" in answer.content.decode()
    reader.post(reverse("portal:withdraw-suggestion", args=[Wish.objects.get().pk]))
    assert not Wish.objects.exists()


def test_the_title_searched_for_is_filled_in(reader):
    assert 'value="没有的书"' in reader.get(PAGE, {"title": "没有的书"}).content.decode()


@pytest.mark.parametrize(
    "told", [{"title": ""}, {"title": "甲", "year": "甲子"}, {"title": "\x00"}]
)
def test_bad_input_is_answered_in_words(reader, told):
    answer = reader.post(PAGE, told)
    assert answer.status_code == 422
    assert not Wish.objects.exists()
