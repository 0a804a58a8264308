import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county as makers
from tests.county import MONDAY
from yanzhen.groundwork import clock
from yanzhen.groundwork.models import AuditEntry
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.blocking import lift_block, place_block
from yanzhen.library.patrons.models import Block, ReaderCard


@pytest.fixture
def card(place):
    return makers.reader(place)


@pytest.fixture
def acts(place):
    return {"node": place.hub, "by": makers.staff(place.hub), "at": MONDAY}


def test_a_block_is_a_dated_row_with_who(card, acts):
    block = place_block(card.person, "staff", " 光盘没有\n赔付 ", **acts)
    assert (block.note, block.placed_by, block.placed_at) == ("光盘没有 赔付", "王馆员", MONDAY)
    lift_block(block, **acts)
    lift_block(block, **acts)
    block.refresh_from_db()
    assert (block.lifted_by, block.lifted_at) == ("王馆员", MONDAY)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["block.placed", "block.lifted"]


def test_a_reason_blocks_a_reader_once(card, acts):
    block = place_block(card.person, "address", **acts)
    with pytest.raises(Refused, match="block-standing"):
        place_block(card.person, "address", **acts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(
            person=card.person, reason="address", placed_at=MONDAY, placed_by="某人"
        )
    lift_block(block, **acts)
    assert place_block(card.person, "address", **acts).pk


def test_a_block_by_staff_says_why(card, acts):
    with pytest.raises(Refused, match="block-note-missing"):
        place_block(card.person, "staff", "  ", **acts)


def test_a_note_of_ten_thousand_characters_is_cut(card, acts):
    assert len(place_block(card.person, "staff", "赔" * 10_000, **acts).note) == 200


def test_blocking_is_the_business_of_librarians(place, card, acts):
    acts["by"] = makers.staff(place.hub, "culture_officer")
    with pytest.raises(Refused, match="no-permission"):
        place_block(card.person, "address", **acts)
    block = Block.objects.create(
        person=card.person, reason="address", placed_at=MONDAY, placed_by="某人"
    )
    with pytest.raises(Refused, match="no-permission"):
        lift_block(block, **acts)


def test_a_block_moves_the_revision_that_lending_watches(card, acts):
    block = place_block(card.person, "address", **acts)
    lift_block(block, **acts)
    assert ReaderCard.objects.get(pk=card.pk).revision == card.revision + 2


@pytest.mark.parametrize("days", [-1, 400])
def test_a_block_does_not_end_before_it_begins(place, days):
    until = clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused, match="block-until-unfit"):
        place_block(
            makers.reader(place).person, "staff", "光盘未赔", until, node=place.hub,
            by=makers.staff(place.hub), at=clock.now(),
        )  # fmt: skip
