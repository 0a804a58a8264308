"""What harvesters see moves when it looks different, and only then; positions only grow."""

import datetime as dt

import pytest
from django.db import transaction

from tests import county
from yanzhen.config.background import chores, round_of_chores
from yanzhen.groundwork import clock
from yanzhen.library.catalogue import record_editing
from yanzhen.library.catalogue.marc.record import Field
from yanzhen.library.catalogue.marc.tests.makers import chinese
from yanzhen.library.catalogue.queries import record
from yanzhen.library.circulation.lending import lend
from yanzhen.library.discovery.marking import mark_added, mark_bib
from yanzhen.library.discovery.tests.makers import shelved_titles
from yanzhen.library.harvest import invariants, offering, queries
from yanzhen.library.harvest.models import Membership, Offer, OfferFeed
from yanzhen.library.harvest.queries import Window
from yanzhen.library.holdings import moving, travelling
from yanzhen.library.holdings.models import Copy


@pytest.fixture
def titles(place):
    found = shelved_titles(place)
    offering.catch_up()
    return found


def moved() -> int:
    """How many offers move when the catalogue is followed to its end."""
    before = queries.latest()
    offering.catch_up()
    return Offer.objects.filter(position__gt=before).count()


def noted(bib_id: int, note: str, by) -> None:
    changed = record(bib_id).replacing("300", Field.of("300", "  ", ("a", note)))
    record_editing.replace_marc(bib_id, changed, by=by, at=clock.now())
    mark_bib({"bib_id": bib_id})


def test_every_title_is_offered_once_with_its_sets(titles):
    assert Offer.objects.count() == len(titles.all)
    seen = queries.one(titles.dream.pk)
    assert seen.specs == ("branch:linjiang", "branch:zhonghe", "material:book")
    assert queries.one(titles.all[3].pk).specs == ("material:book",)
    assert queries.count(Window("branch")) == 2
    assert queries.count(Window("material")) == len(titles.all)
    assert OfferFeed.objects.get().filled_to is None


def test_nothing_moves_when_nothing_looks_different(titles, place):
    before = queries.latest()
    mark_bib({"bib_ids": [each.pk for each in titles.all]})
    assert moved() == 0
    assert queries.latest() == before


def test_a_loan_moves_nothing(titles, place):
    card, copy = county.reader(place), Copy.objects.filter(bib=titles.citrus).get()
    at = county.MONDAY
    lend(barcode=copy.barcode, card_number=card.number, node=place.danshan,
         by=county.staff(place.hub), at=at)  # fmt: skip
    mark_bib({"bib_id": titles.citrus.pk})
    assert moved() == 0


def test_a_changed_record_moves_behind_all_others(titles, place):
    before = queries.latest()
    noted(titles.dream.pk, "新的附注", county.staff(place.hub))
    assert moved() == 1
    assert queries.one(titles.dream.pk).position > before


def test_a_first_copy_in_a_branch_moves_the_title_into_its_set(titles, place):
    copy = county.copy(place, at=place.danshan, title=titles.dream)
    mark_bib({"bib_id": titles.dream.pk})
    assert moved() == 1
    assert "branch:danshan" in queries.one(titles.dream.pk).specs
    county.withdrawn(copy)
    mark_bib({"bib_id": titles.dream.pk})
    assert moved() == 1
    assert "branch:danshan" not in queries.one(titles.dream.pk).specs


def test_a_second_copy_in_the_same_branch_moves_nothing(titles, place):
    county.copy(place, at=place.zhonghe, title=titles.dream)
    mark_bib({"bib_id": titles.dream.pk})
    assert moved() == 0


def test_a_deleted_title_stays_as_deleted_in_the_sets_it_was_in(titles, place):
    for copy in Copy.objects.filter(bib=titles.citrus):
        county.withdrawn(copy)
    record_editing.delete_record(
        titles.citrus.pk, copies=0, by=county.staff(place.hub), at=clock.now()
    )
    mark_bib({"bib_id": titles.citrus.pk})
    assert moved() == 1
    gone = queries.one(titles.citrus.pk)
    assert (gone.deleted, gone.marc) == (True, "")
    assert gone.specs == ("branch:danshan", "material:book")
    mark_bib({"bib_id": titles.citrus.pk})
    assert moved() == 0


def test_imported_titles_come_by_their_range(titles, place):
    fresh = [county.bib(f"新书{n}", marc=titles.dream.marc) for n in range(7)]
    mark_added({"first_id": fresh[0].pk, "last_id": fresh[-1].pk})
    assert moved() == 7


def test_a_worker_in_a_hurry_goes_on_where_it_stopped(titles, place):
    fresh = [county.bib(f"新书{n}", marc=titles.dream.marc) for n in range(3)]
    mark_added({"first_id": fresh[0].pk, "last_id": fresh[0].pk})
    mark_added({"first_id": fresh[1].pk, "last_id": fresh[2].pk})
    mark_bib({"bib_id": titles.dream.pk})
    assert offering.catch_up(seconds=0) == 0
    assert len(offering._next_changes(OfferFeed.objects.get())) == 1
    assert moved() == 3


def test_a_title_without_marc_is_not_offered(titles, place):
    bare = county.bib("没有 MARC")
    mark_bib({"bib_id": bare.pk})
    assert moved() == 0
    assert queries.one(bare.pk) is None


def test_positions_are_given_ahead_of_the_moment(titles):
    soonest = (clock.now() - dt.timedelta(seconds=1)).timestamp() * offering.SECOND
    assert Offer.objects.filter(position__lt=soonest).count() == 0


def test_a_portion_that_takes_too_long_is_taken_back_and_halved(titles, place, monkeypatch):
    """A clock that leaps with every look while more than two titles are written."""
    start, looks = clock.now(), iter(range(1000))
    written = []
    plain = offering._write

    def slow(some):
        written.append(len(some))
        leap = dt.timedelta(seconds=3 if len(some) > 2 else 0)
        monkeypatch.setattr(clock, "now", lambda: start + leap * next(looks))
        plain(some)

    monkeypatch.setattr(offering, "_write", slow)
    for each in titles.all[:4]:
        county.copy(place, at=place.hub, title=each)
    mark_bib({"bib_ids": [each.pk for each in titles.all[:4]]})
    assert moved() == 4
    assert written == [4, 2, 2]
    assert list(invariants.an_offer_moves_with_its_sets()) == []


def test_a_torn_membership_is_seen(titles):
    Membership.objects.filter(offer=titles.dream.pk, spec="branch").update(position=1)
    assert len(list(invariants.an_offer_moves_with_its_sets())) == 1


def test_the_worker_keeps_the_offers_in_step(place, settings):
    """From the use-case through the outbox to the harvesters, by the worker's own chores."""
    bib = record_editing.add_record(chinese("雁阵"), by=county.staff(place.hub), at=clock.now())
    for _ in range(3):
        round_of_chores(chores(), clock.now())
    assert queries.one(bib.pk) is not None


def test_a_copy_that_moves_home_moves_its_title_into_that_set(titles, place):
    copy = county.copy(place, at=place.hub, title=titles.dream)
    by, at = county.staff(place.hub), clock.now()
    with transaction.atomic():
        document = moving.open_document(reason="delivery", note="配送", by=by, at=at)
        moving.move_home(copy, place.danshan, document=document, by=by, at=at)
        travelling.save_place(copy)
    for _ in range(3):
        round_of_chores(chores(), clock.now())
    assert "branch:danshan" in queries.one(titles.dream.pk).specs
