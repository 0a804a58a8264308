"""Every row of the written table is played out against the real use-cases."""

import datetime as dt
from itertools import product

import pytest

from tests import county as makers
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.cases import CASES, Case, Event, Held, Where, case_for, where_is
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import EFFECTS, take_back
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold

AT = makers.MONDAY
LATER = AT + dt.timedelta(hours=1)


def copy_in(place, case: Case) -> Copy:
    """A copy at home in 丹山 that is in the state of the case."""
    home = place.danshan
    copy = makers.copy(place, at=home)
    if case.state == Copy.State.ON_LOAN:
        by = makers.staff(home)
        card = makers.reader(place)
        lend(barcode=copy.barcode, card_number=card.number, node=home, by=by, at=AT)
    elif case.state == Copy.State.IN_TRANSIT:
        reason = {Where.PICKUP: "hold", Where.WORKSHOP: "repair"}.get(case.where, "home")
        Transit.objects.create(
            copy=copy,
            reason=reason,
            from_node=place.hub,
            to_node=home if reason == "home" else place.linjiang,
            sent_at=AT,
            sent_by="x",
        )
        Copy.objects.filter(pk=copy.pk).update(
            state="in_transit", current_node=place.hub, damaged=case.where == Where.WORKSHOP
        )
    elif case.state == Copy.State.WITHDRAWN:
        makers.withdrawn(copy)
    else:
        Copy.objects.filter(pk=copy.pk).update(state=case.state)
    return copy


def node_of(place, where: Where):
    return {
        Where.HOME: place.danshan,
        Where.GOAL: place.danshan,
        Where.START: place.hub,
        Where.AWAY: place.linjiang,
        Where.FLOATING: place.linjiang,
        Where.PICKUP: place.linjiang,
        Where.WORKSHOP: place.linjiang,
        Where.SHORT: place.linjiang,
        Where.ANY: place.zhonghe,
    }[where]


def held(place, case: Case, copy: Copy, node, card) -> Hold | None:
    """The hold the case speaks of: set aside for the borrower or another, or first in the queue."""
    if case.held in (Held.ANY, Held.NOBODY):
        return None
    reader = card if case.held == Held.READER else makers.reader(place, name="等书人")
    elsewhere = place.hub if node == place.zhonghe else place.zhonghe
    pickup = {Held.HERE: node, Held.ELSEWHERE: elsewhere}.get(case.held, place.danshan)
    makers.copy(place, title=copy.bib)  # so that there is something to wait for
    hold = place_hold(
        person_id=reader.person_id, bib_id=copy.bib_id, pickup=pickup, by=makers.staff(node), at=AT
    )
    if case.event is Event.LEND:
        Hold.objects.filter(pk=hold.pk).update(
            state="on_its_way", copy=copy, place=None, target=None
        )
    return hold


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.state}-{case.event}-{case.where}-{case.held}"
)
def test_case(place, case):
    copy, node = copy_in(place, case), node_of(place, case.where)
    if case.where == Where.FLOATING:
        makers.floating_group(place.danshan, place.linjiang)
    act = {Event.LEND: _lend, Event.RETURN: _take_back}[case.event]
    card = makers.reader(place, name="李二")
    hold = held(place, case, copy, node, card)
    code = act(card, copy, node)
    copy.refresh_from_db()
    assert code == case.refusal
    assert copy.state == case.next
    if hold:
        hold.refresh_from_db()
        told = {Held.HERE: "ready", Held.READER: "fulfilled"}.get(case.held, "on_its_way")
        assert (hold.state, hold.copy) == (told, copy)
    if not case.refusal:
        assert copy.current_node == node
        assert Transit.objects.on_the_road().filter(copy=copy).exists() == (
            case.next == Copy.State.IN_TRANSIT
        )
        assert Loan.objects.open().filter(copy=copy).exists() == (case.next == Copy.State.ON_LOAN)


def _lend(card, copy, node) -> str:
    try:
        lend(
            barcode=copy.barcode,
            card_number=card.number,
            node=node,
            by=makers.staff(node),
            at=LATER,
        )
    except Refused as refusal:
        return refusal.code
    return ""


def _take_back(card, copy, node) -> str:
    take_back(barcode=copy.barcode, node=node, by=makers.staff(node), at=LATER)
    return ""


def test_the_table_is_total():
    """Whatever the state and wherever the scan, there is exactly one row, and a return never
    refuses."""
    for state, event, held in product(Copy.State.values, Event, Held):
        for at, start, goal in product((1, 2, 3), (2,), (3,)):
            for passing, broken in ((False, False), (True, False), (True, True)):
                where = where_is(
                    state, at_node=at, home_node=1, start_node=start, goal_node=goal,
                    passing=passing, broken=broken,
                )  # fmt: skip
                case = case_for(state, event, where, Held.NOBODY if broken else held)
                assert case.state == state
                assert not (event is Event.RETURN and case.refusal)


def test_every_effect_of_a_return_is_implemented():
    named = {effect for case in CASES if case.event is Event.RETURN for effect in case.effects}
    assert named == set(EFFECTS)
