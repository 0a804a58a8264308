"""Placing, cancelling, fetching, moving and expiring, against the real use-cases."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import county as makers
from yanzhen.config import invariants
from yanzhen.groundwork.models import Fact
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import losing
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.returning import take_back
from yanzhen.library.circulation.undoing import undo_lending, undo_return
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds import expiring, queries, targeting
from yanzhen.library.holds.cancelling import cancel_hold, change_pickup
from yanzhen.library.holds.models import Hold, HoldRule, QueueChange
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.holds.reordering import move_hold
from yanzhen.people.roles import Actor

AT = makers.MONDAY
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_is_broken(place):
    yield
    assert list(invariants.broken()) == []


def hold_for(place, card, copy, *, at=AT, **told) -> Hold:
    told = {"pickup": place.zhonghe, "by": makers.staff(place.hub)} | told
    return place_hold(person_id=card.person_id, bib_id=copy.bib_id, at=at, **told)


def scan(copy, node, at=AT + HOUR):
    return take_back(barcode=copy.barcode, node=node, by=makers.staff(node), at=at)


def borrow(place, copy, card, node, at=AT + HOUR, **told):
    return lend(
        barcode=copy.barcode, card_number=card.number, node=node, by=makers.staff(node), at=at,
        **told,
    )  # fmt: skip


def code_of(act, *args, **told) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **told)
    return caught.value.code


def test_a_book_travels_to_whoever_waits_and_is_lent_there(place):
    copy, card = makers.copy(place, at=place.danshan), makers.reader(place)
    hold = hold_for(place, card, copy)
    assert list(queries.pull_list(place.danshan)) == [hold]
    sent = scan(copy, place.danshan)
    assert (sent.outcome, sent.goes_to, sent.hold) == ("sent_to_pickup", place.zhonghe, hold)
    held = scan(copy, place.zhonghe)
    assert held.outcome == "held"
    assert queries.counts_for(card.person_id) == queries.Counts(1, 0, 0)
    assert list(queries.ready_for(card.person_id, place.zhonghe)) == [hold]
    assert queries.to_be_told(hold.pk, copy.pk) == card.person
    borrow(place, copy, card, place.zhonghe)
    hold.refresh_from_db()
    assert (hold.state, [step.state for step in hold.steps.order_by("pk")]) == (
        "fulfilled",
        ["waiting", "on_its_way", "ready", "fulfilled"],
    )
    assert Fact.objects.filter(kind="HoldReady").count() == 1


def test_a_reader_holds_for_a_child_but_not_for_a_stranger(place):
    copy, card = makers.copy(place), makers.reader(place)
    stranger = Actor(account_id=9, person_id=makers.person("别人").pk, name="别人")
    assert code_of(hold_for, place, card, copy, by=stranger) == "not-your-reader"
    own = Actor(account_id=8, person_id=card.person_id, name="本人")
    assert hold_for(place, card, copy, by=own).position == 1


def test_a_reader_has_one_live_hold_on_a_title(place):
    copy, card = makers.copy(place), makers.reader(place)
    hold = hold_for(place, card, copy)
    assert code_of(hold_for, place, card, copy) == "hold-exists"
    hold.pk, hold.place = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        hold.save(force_insert=True)


def test_holds_stay_within_the_limit(place):
    card = makers.reader(place)
    HoldRule.objects.filter(category=None).update(max_holds=1)
    hold_for(place, card, makers.copy(place))
    assert code_of(hold_for, place, card, makers.copy(place)) == "hold-limit-reached"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"pickup": None}, "pickup-unknown"),
        ({"wanted_until": dt.date(2020, 1, 1)}, "wanted-until-past"),
        ({"copy_id": 10**9}, "nothing-to-wait-for"),
    ],
)
def test_what_cannot_be_held_is_told(place, told, code):
    assert code_of(hold_for, place, makers.reader(place), makers.copy(place), **told) == code


def test_what_stands_on_the_shelf_is_not_held(place):
    HoldRule.objects.filter(category=None).update(on_shelf_at_pickup=False)
    copy = makers.copy(place, at=place.zhonghe)
    assert code_of(hold_for, place, makers.reader(place), copy) == "copy-on-the-shelf"


def three_waiting(place):
    copy = makers.copy(place, at=place.danshan)
    cards = [makers.reader(place, name=name) for name in ("甲", "乙", "丙")]
    return copy, cards, [hold_for(place, card, copy) for card in cards]


def positions(holds) -> list[int | None]:
    return [Hold.objects.get(pk=hold.pk).position for hold in holds]


def test_queue_positions_are_one_to_n(place):
    copy, _cards, holds = three_waiting(place)
    assert positions(holds) == [1, 2, 3]
    cancel_hold(hold_id=holds[1].pk, by=makers.staff(place.hub), at=AT)
    assert positions(holds) == [1, None, 2]
    taken = Hold.objects.get(pk=holds[0].pk).place
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=holds[2].pk).update(place=taken)


@pytest.mark.parametrize("leaving", range(6))
def test_a_gap_closes_from_the_shorter_side(place, leaving):
    """Whoever leaves, positions are 1..n and nobody overtakes; at the ends nobody's row moves."""
    copy = makers.copy(place, at=place.danshan)
    holds = [hold_for(place, makers.reader(place, name=f"读者{n}"), copy) for n in range(6)]
    before = {hold.pk: Hold.objects.get(pk=hold.pk).place for hold in holds}
    cancel_hold(hold_id=holds.pop(leaving).pk, by=makers.staff(place.hub), at=AT)
    assert positions(holds) == [1, 2, 3, 4, 5]
    moved = [hold for hold in holds if Hold.objects.get(pk=hold.pk).place != before[hold.pk]]
    assert len(moved) == min(leaving, 5 - leaving)
    assert list(queries.queue_of(copy.bib_id)) == holds
    assert [hold.position for hold in queries.queue_of(copy.bib_id)] == [1, 2, 3, 4, 5]


def test_who_waits_again_stands_before_all_others_and_moves_nobody(place):
    copy, cards, holds = three_waiting(place)
    scan(copy, place.danshan)
    assert positions(holds) == [None, 1, 2]
    other = makers.copy(place, title=copy.bib, at=place.danshan)
    hold_for(place, makers.reader(place, name="丁"), copy)
    desk = {"node": place.danshan, "by": makers.staff(place.danshan), "at": AT}
    lend(barcode=copy.barcode, card_number=makers.reader(place, name="戊").number,
         although_held="急用", **desk)  # fmt: skip
    assert positions(holds) == [1, 2, 3]
    assert (Hold.objects.get(pk=holds[0].pk).place, other.pk) == (1, other.pk)
    assert [code for code, _said in invariants.broken()] == []


def test_a_change_of_the_queue_has_a_reason(place):
    copy, _cards, holds = three_waiting(place)
    told = {"hold_id": holds[2].pk, "by": makers.staff(place.hub), "at": AT}
    assert code_of(move_hold, position=1, reason=" ", **told) == "reason-missing"
    assert code_of(move_hold, position=4, reason="急用", **told) == "position-unfit"
    branch = told | {"by": makers.staff(place.zhonghe, "culture_officer")}
    assert code_of(move_hold, position=1, reason="急用", **branch) == "no-permission"
    move_hold(position=1, reason="急用", **told)
    assert positions(holds) == [2, 3, 1]
    assert QueueChange.objects.get().reason == "急用"
    assert scan(copy, place.danshan).hold == holds[2]


def test_a_cancelled_hold_leaves_its_copy_on_the_road(place):
    """The transit ends by a scan only, and that scan decides where the copy goes (ils b.1)."""
    copy, card = makers.copy(place, at=place.danshan), makers.reader(place)
    hold = hold_for(place, card, copy)
    scan(copy, place.danshan)
    cancel_hold(hold_id=hold.pk, by=makers.staff(place.hub), at=AT + HOUR)
    copy.refresh_from_db()
    assert copy.state == Copy.State.IN_TRANSIT
    assert queries.to_be_told(hold.pk, copy.pk) is None
    arrived = scan(copy, place.zhonghe)
    assert (arrived.hold, arrived.outcome) == (None, "sent_on")
    assert (arrived.goes_to, Copy.objects.get().current_node) == (place.danshan, place.zhonghe)


def test_a_pickup_that_ran_out_goes_to_the_next_or_home(place):
    copy, cards, holds = three_waiting(place)
    scan(copy, place.danshan)
    scan(copy, place.zhonghe)
    late = AT + dt.timedelta(days=20)
    assert expiring.expire(AT + dt.timedelta(days=2)) == 0
    assert expiring.expire(late) == 1
    assert list(queries.to_take_off(place.zhonghe)) == [copy]
    assert Fact.objects.filter(kind="PickupExpired").count() == 1
    again = scan(copy, place.zhonghe, at=late)
    assert (again.outcome, again.hold) == ("held", holds[1])
    for hold in holds[1:]:
        cancel_hold(hold_id=hold.pk, by=makers.staff(place.hub), at=late)
    home = scan(copy, place.zhonghe, at=late)
    assert (home.outcome, home.goes_to) == ("reshelved", place.danshan)


def test_a_copy_held_for_another_is_lent_with_a_reason(place):
    copy, cards, holds = three_waiting(place)
    scan(copy, place.danshan)
    assert code_of(borrow, place, copy, cards[2], place.danshan) == "copy-held-for-another"
    borrow(place, copy, cards[2], place.danshan, although_held="馆长同意")
    assert positions(holds) == [1, 2, None]
    assert Hold.objects.get(pk=holds[2].pk).state == "fulfilled"
    assert Hold.objects.get(pk=holds[0].pk).steps.last().note == "馆长同意"


def test_changing_the_pickup_branch_turns_the_copy_round_at_the_next_scan(place):
    copy, card = makers.copy(place, at=place.danshan), makers.reader(place)
    hold = hold_for(place, card, copy)
    scan(copy, place.danshan)
    scan(copy, place.zhonghe)
    own = Actor(account_id=8, person_id=card.person_id, name="本人")
    change_pickup(hold_id=hold.pk, pickup=place.linjiang, by=own, at=AT + HOUR)
    assert scan(copy, place.zhonghe).goes_to == place.linjiang
    assert scan(copy, place.linjiang).outcome == "held"


def test_an_undone_loan_gives_the_hold_back(place):
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    hold = hold_for(place, card, copy)
    scan(copy, place.zhonghe)
    done = borrow(place, copy, card, place.zhonghe)
    undo_lending(loan_id=done.loan_id, by=makers.staff(place.zhonghe), at=AT + HOUR)
    hold.refresh_from_db()
    copy.refresh_from_db()
    assert (hold.state, copy.state) == ("ready", "on_hold_shelf")


def test_an_undone_return_puts_the_hold_back_into_the_queue(place):
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    done = borrow(place, copy, card, place.zhonghe, at=AT)
    hold = hold_for(place, makers.reader(place, name="乙"), copy)
    scan(copy, place.zhonghe)
    undo_return(loan_id=done.loan_id, by=makers.staff(place.zhonghe), at=AT + HOUR)
    hold.refresh_from_db()
    assert (hold.state, hold.position) == ("waiting", 1)


def test_the_nearest_copy_is_fetched_and_a_missing_one_replaced(place):
    title = makers.bib()
    far = makers.copy(place, at=place.danshan, title=title)
    near = makers.copy(place, at=place.zhonghe, title=title)
    hold = hold_for(place, makers.reader(place), near)
    assert hold_target(hold) == near
    clerk = makers.staff(place.zhonghe)
    told = {"hold_id": hold.pk, "copy_id": near.pk, "node": place.zhonghe, "by": clerk, "at": AT}
    targeting.not_found(**told)
    near.refresh_from_db()
    assert (near.missing, hold_target(hold)) == (True, far)
    assert code_of(targeting.not_found, **told) == "not-on-the-pull-list"


def test_a_target_nobody_fetched_is_looked_for_elsewhere(place):
    title = makers.bib()
    near = makers.copy(place, at=place.zhonghe, title=title)
    hold = hold_for(place, makers.reader(place), near)
    far = makers.copy(place, at=place.danshan, title=title)
    targeting.refresh(AT + HOUR)
    assert hold_target(hold) == near
    targeting.refresh(AT + dt.timedelta(days=3))
    assert hold_target(hold) == far


def hold_target(hold: Hold) -> Copy | None:
    return Hold.objects.get(pk=hold.pk).target


def test_a_title_with_many_holds_is_lent_in_as_few_queries(place):
    copy, cards = makers.copy(place), [makers.reader(place, name=f"读者{n}") for n in range(40)]
    other = makers.copy(place)
    for card in cards:
        hold_for(place, card, copy)
    with CaptureQueriesContext(connection) as none_waits:
        borrow(place, other, makers.reader(place), place.hub)
    with CaptureQueriesContext(connection) as many_wait:
        borrow(place, copy, makers.reader(place), place.hub)
    # One step more: the pull list meant this copy for somebody.
    assert len(many_wait) <= len(none_waits) + 1


def test_a_lost_copy_gives_its_reader_back_to_the_queue(place):
    copy, card = makers.copy(place, at=place.zhonghe), makers.reader(place)
    hold = hold_for(place, card, copy)
    scan(copy, place.zhonghe)
    losing.declare_lost(copy_id=copy.pk, note="架上没有了", by=makers.staff(place.hub), at=AT)
    assert positions([hold]) == [1]


def test_a_copy_lost_on_the_road_gives_its_reader_back_to_the_queue(place):
    copy, card = makers.copy(place, at=place.danshan), makers.reader(place)
    hold = hold_for(place, card, copy)
    scan(copy, place.danshan)
    journey = copy.transits.get(ended_at=None)
    losing.give_up(journey, note="路上丢了", by=makers.staff(place.hub), at=AT)
    assert positions([hold]) == [1]
