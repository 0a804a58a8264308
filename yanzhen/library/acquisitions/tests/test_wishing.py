"""Wishes of branches, suggestions of readers, and how they become lines (R39)."""

import pytest

from tests import county
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import described, duplicates, gathering, wishing
from yanzhen.library.acquisitions.described import Title
from yanzhen.library.acquisitions.models import Wish
from yanzhen.library.acquisitions.tests.makers import DREAM, MONDAY, NAMELESS, draft, line
from yanzhen.people.roles import Actor


def wished(place, node, title=DREAM, quantity=1):
    by = county.staff(node, "culture_officer")
    return wishing.wish(title, node=node, quantity=quantity, by=by, at=MONDAY)


def test_two_branches_ask_the_same_isbn_and_get_one_line_with_a_split(place, buyer):
    """R39's acceptance: one line, split 2+1."""
    wishes = [wished(place, place.zhonghe, quantity=2), wished(place, place.danshan)]
    order = draft(buyer)
    lines = gathering.gather(
        [w.pk for w in wishes], order_id=order.pk, fund=buyer.fund, by=buyer.by, at=MONDAY
    )
    assert [made.quantity for made in lines] == [3]
    split = {a.node.code: a.quantity for a in lines[0].allocations.all()}
    assert split == {"zhonghe": 2, "danshan": 1}
    assert Wish.objects.filter(line=lines[0], decided_at=MONDAY).count() == 2


def test_a_later_wish_joins_the_line_of_the_draft(place, buyer):
    order = draft(buyer)
    for node in (place.zhonghe, place.danshan):
        wish = wished(place, node)
        made = gathering.gather(
            [wish.pk], order_id=order.pk, fund=buyer.fund, by=buyer.by, at=MONDAY
        )
    assert order.lines.count() == 1
    assert made[0].quantity == 2


def test_a_branch_that_has_it_gets_no_more_whatever_the_other_has(place, buyer):
    county.copy(place, at=place.zhonghe, title=county.bib("红楼梦", isbn13=DREAM.isbn13))
    has, lacks = wished(place, place.zhonghe), wished(place, place.danshan)
    group = gathering.waiting()[0]
    assert set(group.against) == {has.pk}
    assert "中和已有 1 册" in group.against[has.pk].message
    order = draft(buyer)
    with pytest.raises(Refused, match="branch-has-it"):
        gathering.gather(
            [has.pk, lacks.pk], order_id=order.pk, fund=buyer.fund, by=buyer.by, at=MONDAY
        )
    assert order.lines.count() == 0
    gathering.gather([lacks.pk], order_id=order.pk, fund=buyer.fund, by=buyer.by, at=MONDAY)
    more = gathering.gather(
        [has.pk], order_id=order.pk, fund=buyer.fund, extra=[has.pk], by=buyer.by, at=MONDAY
    )
    assert more[0].quantity == 2


def test_what_is_on_order_counts_as_there(place, buyer):
    line(buyer, draft(buyer), {place.zhonghe.pk: 1})
    found = duplicates.check([DREAM])[DREAM.same_key]
    assert found.on_order == {place.zhonghe.pk: 1}
    with pytest.raises(Refused, match="branch-has-it"):
        line(buyer, draft(buyer), {place.zhonghe.pk: 1})


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"title": "紅樓夢", "author": "曹雪芹", "year": 2008}, True),
        ({"title": "红楼梦", "author": "曹雪芹；高鹗", "year": None}, True),
        ({"title": "红楼梦", "author": "高鹗", "year": 2008}, False),
        ({"title": "红楼梦", "author": "曹雪芹", "year": 1982}, False),
        ({"title": "红楼梦", "author": "曹雪芹", "year": 2008, "isbn13": "9787020008728"}, True),
    ],
)
def test_without_an_isbn_title_author_and_year_decide(place, fields, same):
    bib = county.bib("红楼梦", author="曹雪芹", year=2008)
    title = Title(**fields)
    assert (duplicates.check([title])[title.same_key].bib_id == bib.pk) is same


def test_two_isbns_are_two_books(place):
    county.bib("红楼梦", author="曹雪芹", year=2008, isbn13="9787020008728")
    assert not duplicates.check([DREAM])[DREAM.same_key].anything


@pytest.mark.parametrize(
    "isbn", ["978-7-02-000220-7", "７０２０００２２０Ｘ", "7-02-000220-X 精装"]
)
def test_an_isbn_is_read_in_every_dress(isbn):
    number = described.told(title="红楼梦", isbn=isbn, at=MONDAY).isbn13
    assert number == "9787020002207"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": "  \x00 "}, "title-missing"),
        ({"title": "甲", "isbn": "978702"}, "isbn-wrong"),
        ({"title": "甲", "isbn": "9787020002208"}, "isbn-wrong"),
        ({"title": "甲", "year": 20024}, "year-unlikely"),
    ],
)
def test_half_facts_are_refused_in_words(facts, code):
    with pytest.raises(Refused) as refused:
        described.told(**facts, at=MONDAY)
    assert refused.value.code == code


def test_a_very_long_title_is_cut_not_broken():
    assert len(described.told(title="长" * 5000, at=MONDAY).title) == 300


def test_a_branch_wishes_for_a_title_once(place, buyer):
    wished(place, place.zhonghe, NAMELESS)
    with pytest.raises(Refused, match="wish-exists"):
        wished(place, place.zhonghe, Title("雁江民歌集 ", "演示编写组", year=2025))


def test_nobody_wishes_for_anothers_branch(place, buyer):
    with pytest.raises(Refused, match="not-your-branch"):
        wishing.wish(DREAM, node=place.danshan, by=buyer.branch, at=MONDAY)


def test_a_branch_does_not_decide(place, buyer):
    wish = wished(place, place.zhonghe)
    with pytest.raises(Refused, match="not-your-branch|no-permission"):
        wishing.decline(wish.pk, answer="不买", by=buyer.branch, at=MONDAY)
    order = draft(buyer)
    with pytest.raises(Refused, match="not-your-branch|no-permission"):
        gathering.gather([wish.pk], order_id=order.pk, fund=buyer.fund, by=buyer.branch, at=MONDAY)


def test_a_refusal_is_explained_and_told_once(place, buyer):
    wish = wished(place, place.zhonghe)
    with pytest.raises(Refused, match="answer-missing"):
        wishing.decline(wish.pk, answer=" ", by=buyer.by, at=MONDAY)
    wishing.decline(wish.pk, answer="已有新版", by=buyer.by, at=MONDAY)
    with pytest.raises(Refused, match="wish-decided"):
        wishing.decline(wish.pk, answer="再说一次", by=buyer.by, at=MONDAY)


def reader(place):
    card = county.reader(place)
    return card.person, Actor(None, card.person_id, card.person.name)


def test_a_reader_suggests_and_takes_back(place):
    person, by = reader(place)
    wish = wishing.suggest(DREAM, person=person, node=place.zhonghe, by=by, at=MONDAY)
    assert wish.made_by == ""
    with pytest.raises(Refused, match="wish-exists"):
        wishing.suggest(DREAM, person=person, node=place.zhonghe, by=by, at=MONDAY)
    wishing.take_back(wish.pk, by=by, at=MONDAY)
    assert not Wish.objects.exists()


def test_a_reader_touches_no_other_readers_suggestion(place):
    person, by = reader(place)
    _other, stranger = reader(place)
    wish = wishing.suggest(DREAM, person=person, node=None, by=by, at=MONDAY)
    assert wish.node == place.hub
    with pytest.raises(Refused, match="no-permission"):
        wishing.take_back(wish.pk, by=stranger, at=MONDAY)
    with pytest.raises(Refused, match="not-yours"):
        wishing.suggest(NAMELESS, person=person, node=None, by=stranger, at=MONDAY)


def test_a_reader_suggests_a_few_at_a_time(place):
    person, by = reader(place)
    for number in range(10):
        wishing.suggest(Title(f"书{number}"), person=person, node=None, by=by, at=MONDAY)
    with pytest.raises(Refused, match="too-many-suggestions"):
        wishing.suggest(DREAM, person=person, node=None, by=by, at=MONDAY)
