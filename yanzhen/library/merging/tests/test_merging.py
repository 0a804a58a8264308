import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import county
from tests.county import MONDAY
from yanzhen.config import invariants
from yanzhen.groundwork.models import Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions.described import of_bib
from yanzhen.library.acquisitions.models import Wish
from yanzhen.library.acquisitions.tests.makers import buying, draft, line
from yanzhen.library.acquisitions.wishing import wish
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.holdings.accessioning import add_copy
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.cancelling import cancel_hold
from yanzhen.library.holds.models import Hold, QueueChange
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.holds.reordering import move_hold
from yanzhen.library.merging.candidates import candidates
from yanzhen.library.merging.merging import merge, tell_apart, undo
from yanzhen.library.merging.models import TitleMerge
from yanzhen.library.merging.queries import preview, went_to

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_is_broken(place):
    yield
    assert list(invariants.broken()) == []


@pytest.fixture
def librarian(place):
    return county.staff(place.hub)


@pytest.fixture
def kept(place):
    return county.bib("红楼梦", isbn13="9787020002207", year=2008)


@pytest.fixture
def gone(place):
    return county.bib("紅樓夢", isbn13="9787020002207", year=2008)


def lent_out(place, bib):
    """A copy somebody has at home, so that others may wait."""
    copy = county.copy(place, title=bib)
    card = county.reader(place, name="借书人")
    lend(barcode=copy.barcode, card_number=card.number, node=place.hub,
         by=county.staff(place.hub), at=MONDAY)  # fmt: skip
    return copy


def waits(place, bib, hours, card=None):
    return place_hold(
        person_id=(card or county.reader(place)).person_id, bib_id=bib.pk, pickup=place.zhonghe,
        by=county.staff(place.hub), at=MONDAY + hours * HOUR,
    )  # fmt: skip


def queue(bib):
    waiting = Hold.objects.waiting().filter(bib=bib).order_by("place")
    return [(hold.pk, hold.position) for hold in waiting]


def everything():
    """All that a merge may touch and an undo must give back."""
    return (
        list(Copy.objects.order_by("pk").values_list("pk", "bib", "state")),
        list(Hold.objects.order_by("pk").values_list(
            "pk", "bib", "state", "place", "copy", "target", "ended_at")),
        list(Wish.objects.order_by("pk").values_list("pk", "bib")),
        list(Loan.objects.order_by("pk").values_list("pk", "copy__bib", "returned_at")),
    )  # fmt: skip


def merged(kept, gone, by):
    return merge(kept.pk, gone.pk, by=by, at=MONDAY + 24 * HOUR)


def undone(done, by):
    return undo(done.pk, by=by, at=MONDAY + 25 * HOUR)


def test_copies_loans_wishes_and_lines_follow_and_come_back(place, librarian, kept, gone):
    lent_out(place, gone)
    county.copy(place, title=gone, at=place.zhonghe)
    wish(of_bib(gone), node=place.zhonghe, by=county.staff(place.zhonghe), at=MONDAY)
    Wish.objects.update(bib=gone)
    buyer = buying(place)
    ordered = line(buyer, draft(buyer), {place.danshan.pk: 1})
    type(ordered).objects.filter(pk=ordered.pk).update(bib=gone)
    before = everything()
    seen = preview(kept, gone)
    assert (len(seen.copies), seen.wishes, seen.lines) == (2, 1, 1)
    done = merged(kept, gone, librarian)
    gone.refresh_from_db()
    assert gone.deleted_at is not None
    assert set(Copy.objects.values_list("bib", flat=True)) == {kept.pk}
    assert Loan.objects.get().copy.bib_id == kept.pk
    assert Wish.objects.get().bib_id == kept.pk
    ordered.refresh_from_db()
    assert ordered.bib_id == kept.pk
    assert went_to(gone.pk) == kept.pk
    undone(done, librarian)
    gone.refresh_from_db()
    ordered.refresh_from_db()
    assert (gone.deleted_at, ordered.bib_id, went_to(gone.pk)) == (None, gone.pk, None)
    assert everything() == before


def test_search_and_harvesters_hear_of_both(place, librarian, kept, gone):
    done = merged(kept, gone, librarian)
    undone(done, librarian)
    told = {fact.kind: fact.body for fact in Fact.objects.all()}
    assert told["TitlesMerged"] == {"bib_ids": [kept.pk, gone.pk]}
    assert told["MergeUndone"] == {"bib_ids": [kept.pk, gone.pk]}


def test_the_joined_queue_is_one_to_n_by_who_came_first(place, librarian, kept, gone):
    lent_out(place, kept)
    lent_out(place, gone)
    first, second = waits(place, gone, 1), waits(place, kept, 2)
    third, fourth = waits(place, gone, 3), waits(place, kept, 4)
    before = everything()
    done = merged(kept, gone, librarian)
    assert queue(kept) == [(first.pk, 1), (second.pk, 2), (third.pk, 3), (fourth.pk, 4)]
    assert queue(gone) == []
    assert QueueChange.objects.get(hold=second).after == 2
    undone(done, librarian)
    assert queue(kept) == [(second.pk, 1), (fourth.pk, 2)]
    assert queue(gone) == [(first.pk, 1), (third.pk, 2)]
    assert everything() == before


def test_nobody_overtakes_within_a_queue_that_was_changed_by_hand(place, librarian, kept, gone):
    lent_out(place, kept)
    lent_out(place, gone)
    first, urgent, other = waits(place, kept, 1), waits(place, kept, 3), waits(place, gone, 2)
    move_hold(hold_id=urgent.pk, position=1, reason="高考用书", by=librarian, at=MONDAY + 4 * HOUR)
    merged(kept, gone, librarian)
    order = [pk for pk, _place in queue(kept)]
    assert order.index(urgent.pk) < order.index(first.pk)
    assert sorted(order) == sorted([first.pk, urgent.pk, other.pk])


def test_who_waits_for_both_keeps_the_earlier_hold_and_gets_the_other_back(
    place, librarian, kept, gone
):
    lent_out(place, kept)
    lent_out(place, gone)
    card = county.reader(place, name="两边都等")
    alone, early = waits(place, kept, 1), waits(place, gone, 2, card)
    late, last = waits(place, kept, 3, card), waits(place, kept, 4)
    before = everything()
    assert preview(kept, gone).doubled == 1
    done = merged(kept, gone, librarian)
    assert queue(kept) == [(alone.pk, 1), (early.pk, 2), (last.pk, 3)]
    assert Hold.objects.get(pk=late.pk).state == Hold.State.CANCELLED
    undone(done, librarian)
    assert everything() == before


def test_a_double_stays_ended_when_the_reader_gave_up_the_other(place, librarian, kept, gone):
    lent_out(place, kept)
    lent_out(place, gone)
    card = county.reader(place, name="两边都等")
    early, late = waits(place, gone, 1, card), waits(place, kept, 2, card)
    done = merged(kept, gone, librarian)
    cancel_hold(hold_id=early.pk, by=librarian, at=MONDAY + 24 * HOUR)
    undone(done, librarian)
    assert Hold.objects.get(pk=late.pk).state == Hold.State.CANCELLED


def test_a_set_aside_copy_goes_with_its_hold(place, librarian, kept, gone):
    copy = lent_out(place, gone)
    hold = waits(place, gone, 1)
    take_back(barcode=copy.barcode, node=place.zhonghe, by=county.staff(place.zhonghe),
              at=MONDAY + 2 * HOUR)  # fmt: skip
    before = everything()
    done = merged(kept, gone, librarian)
    hold.refresh_from_db()
    assert (hold.state, hold.bib_id, hold.copy_id) == (Hold.State.READY, kept.pk, copy.pk)
    undone(done, librarian)
    assert everything() == before


def test_two_copies_set_aside_for_one_reader_must_be_settled_first(place, librarian, kept, gone):
    card = county.reader(place, name="两边都等")
    for bib in (kept, gone):
        copy = lent_out(place, bib)
        waits(place, bib, 1, card)
        take_back(barcode=copy.barcode, node=place.zhonghe, by=county.staff(place.zhonghe),
                  at=MONDAY + 2 * HOUR)  # fmt: skip
    before = everything()
    with pytest.raises(Refused, match="merge-two-set-aside"):
        merged(kept, gone, librarian)
    assert everything() == before


def test_what_came_meanwhile_stays_and_a_captor_follows_its_copy(place, librarian, kept, gone):
    moved = lent_out(place, gone)
    mine = lent_out(place, kept)
    waiting = waits(place, kept, 1)
    done = merged(kept, gone, librarian)
    later = waits(place, kept, 24.5)
    take_back(barcode=moved.barcode, node=place.zhonghe, by=county.staff(place.zhonghe),
              at=MONDAY + 24.6 * HOUR)  # fmt: skip
    new = county.copy(place, title=kept)
    undone(done, librarian)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.bib_id) == (Hold.State.READY, gone.pk)
    assert Copy.objects.get(pk=moved.pk).bib_id == gone.pk
    assert Copy.objects.filter(pk__in=(mine.pk, new.pk), bib=kept).count() == 2
    assert queue(kept) == [(later.pk, 1)]


def test_the_pull_list_never_names_a_copy_of_the_other_title(place, librarian, kept, gone):
    lent_out(place, kept)
    hold = waits(place, kept, 1)
    county.copy(place, title=gone)
    done = merged(kept, gone, librarian)
    hold.refresh_from_db()
    assert hold.target is not None
    undone(done, librarian)
    hold.refresh_from_db()
    assert hold.target is None


def test_a_merge_is_undone_once_and_in_order(place, librarian, kept, gone):
    last = county.bib("红楼梦（三）")
    done = merged(kept, gone, librarian)
    further = merged(last, kept, librarian)
    assert went_to(gone.pk) == last.pk
    with pytest.raises(Refused, match="merge-went-on"):
        undone(done, librarian)
    undone(further, librarian)
    undone(done, librarian)
    with pytest.raises(Refused, match="merge-undone"):
        undone(done, librarian)


def test_only_two_living_titles_are_merged_and_only_by_the_main_house(place, librarian, kept, gone):
    with pytest.raises(Refused, match="merge-itself"):
        merged(kept, kept, librarian)
    with pytest.raises(Refused):
        merged(kept, gone, county.staff(place.zhonghe))
    done = merged(kept, gone, librarian)
    with pytest.raises(Refused, match="merge-deleted"):
        merged(kept, gone, librarian)
    with pytest.raises(Refused):
        undone(done, county.staff(place.zhonghe))
    with pytest.raises(IntegrityError), transaction.atomic():
        TitleMerge.objects.create(kept=kept, gone=gone, moved={}, at=MONDAY, by_name="x")


def test_pairs_are_found_by_number_title_and_year(place, librarian, kept, gone):
    other_number = county.bib("红楼梦", isbn13="9787506391016", year=2008)
    without = county.bib("雁江县志", author="雁江区", year=1990)
    county.bib("雁江县志", author="雁江区", year=1990)
    county.bib("雁江县志", author="雁江区", year=2000)
    county.bib("别的书", isbn13="9787020002207", year=1999)
    pairs = [(pair.kept.pk, pair.gone.pk, pair.sure) for pair in candidates()]
    assert pairs[0] == (kept.pk, gone.pk, True)
    assert pairs[1][0] == without.pk
    assert len(pairs) == 2
    assert not any(other_number.pk in pair for pair in pairs)
    tell_apart(gone.pk, kept.pk, by=librarian, at=MONDAY)
    tell_apart(kept.pk, gone.pk, by=librarian, at=MONDAY)
    assert len(candidates()) == 1


def test_no_copy_is_added_to_a_title_that_went(place, librarian, kept, gone):
    merged(kept, gone, librarian)
    with pytest.raises(Refused, match="title-gone"):
        add_copy(bib=gone, barcode="YJX1", kind=place.book, node=place.hub, by=librarian, at=MONDAY)


def test_the_invariant_sees_what_was_left_behind(place, librarian, kept, gone):
    merged(kept, gone, librarian)
    copy = county.copy(place, title=gone)
    assert [name for name, _sentence in invariants.broken()] == [
        "nothing_hangs_on_a_title_that_was_merged_away"
    ]
    Copy.objects.filter(pk=copy.pk).update(bib=kept)
