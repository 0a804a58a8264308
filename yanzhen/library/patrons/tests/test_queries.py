import pytest

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.models import AuditEntry
from yanzhen.library.patrons import queries
from yanzhen.library.patrons.models import Block, ReaderCard


@pytest.fixture
def card(place):
    made = makers.reader(place)
    ReaderCard.objects.filter(pk=made.pk).update(number="51200200000017")
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    "text",
    ["51200200000017", " 5120 0200 0000 17\n", "５１２００２００００００１７", "512002-00000017"],
)
def test_a_card_is_found_however_it_is_typed(card, text):
    assert queries.card_numbered(text) == card
    assert queries.looks_like_card(text)


@pytest.mark.parametrize("text", ["", "51200200000018", "😀", "5" * 10_000, "\x00", "'; DROP"])
def test_an_unknown_card_is_none(card, text):
    assert queries.card_numbered(text) is None


@pytest.mark.parametrize("text", ["9787020002207", "YJ00000001", "13800000000", "红楼梦", ""])
def test_other_codes_do_not_look_like_a_card(text):
    assert not queries.looks_like_card(text)


def test_a_card_of_another_county_looks_like_a_card():
    assert queries.looks_like_card("51202200000017")


def test_one_query_loads_a_card_with_its_person(card, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.card_numbered("51200200000017")
        loaded = (found.person.name, found.category.code, found.home_node.code)
    assert loaded == ("张小禾", "adult", "main-library")


def test_the_current_card_comes_first(place, card):
    ReaderCard.objects.create(
        number="51200200000099",
        person=card.person,
        category=place.adult,
        home_node=place.hub,
        status="cancelled",
        issued_at=MONDAY,
    )
    assert queries.current_card_of(card.person_id) == card
    assert [each.number[-2:] for each in queries.cards_of(card.person)] == ["17", "99"]
    assert queries.current_card_of(0) is None


@pytest.mark.parametrize("text", ["张小禾", "51200200000017"])
def test_readers_are_found_with_card_and_blocks(place, card, text):
    Block.objects.create(person=card.person, reason="address", placed_at=MONDAY, placed_by="某人")
    clerk = makers.staff(place.zhonghe, "culture_officer")
    (reader,) = queries.readers_found(text, by=clerk, at=MONDAY)
    assert (reader.person, reader.card) == (card.person, card)
    assert [block.reason for block in reader.blocks] == ["address"]
    assert AuditEntry.objects.get(action="person.searched").detail == {"text": text, "found": 1}


def test_many_found_readers_cost_as_many_queries_as_one(place, django_assert_max_num_queries):
    for _time in range(12):
        makers.reader(place)
    clerk = makers.staff(place.zhonghe, "culture_officer")
    with django_assert_max_num_queries(6):
        assert len(queries.readers_found("张", by=clerk, at=MONDAY)) == 12


def test_a_search_for_a_person_without_a_card_finds_them_too(place):
    makers.person("李秀英")
    clerk = makers.staff(place.zhonghe, "culture_officer")
    (reader,) = queries.readers_found("李秀英", by=clerk, at=MONDAY)
    assert reader.card is None
    assert AuditEntry.objects.get().action == "person.searched"


def test_the_cards_of_a_day_are_those_of_the_branch(place, card):
    today = local_day(MONDAY)
    assert list(queries.cards_issued(place.hub, today)) == [card]
    assert not queries.cards_issued(place.danshan, today)
