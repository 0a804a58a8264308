"""Every row of the written table is played out against the real use-cases."""

import datetime as dt
from itertools import product

import pytest

from tests import county as makers
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.cases import CASES, Case, Event, Where, case_for, where_is
from yanzhen.library.circulation.lending import lend
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.returning import EFFECTS, take_back
from yanzhen.library.holdings.models import Copy, Transit

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
        Transit.objects.create(
            copy=copy, reason="home", from_node=place.hub, to_node=home, sent_at=AT, sent_by="x"
        )
        Copy.objects.filter(pk=copy.pk).update(state="in_transit", current_node=place.hub)
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
        Where.SHORT: place.linjiang,
        Where.ANY: place.zhonghe,
    }[where]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.state}-{case.event}-{case.where}")
def test_case(place, case):
    copy, node = copy_in(place, case), node_of(place, case.where)
    if case.where == Where.FLOATING:
        makers.floating_group(place.danshan, place.linjiang)
    act = {Event.LEND: _lend, Event.RETURN: _take_back}[case.event]
    code = act(place, copy, node)
    copy.refresh_from_db()
    assert code == case.refusal
    assert copy.state == case.next
    if not case.refusal:
        assert copy.current_node == node
        assert Transit.objects.on_the_road().filter(copy=copy).exists() == (
            case.next == Copy.State.IN_TRANSIT
        )
        assert Loan.objects.open().filter(copy=copy).exists() == (case.next == Copy.State.ON_LOAN)


def _lend(place, copy, node) -> str:
    card = makers.reader(place, name="李二")
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


def _take_back(place, copy, node) -> str:
    take_back(barcode=copy.barcode, node=node, by=makers.staff(node), at=LATER)
    return ""


def test_the_table_is_total():
    """Whatever the state and wherever the scan, there is exactly one row, and a return never
    refuses."""
    for state, event in product(Copy.State.values, Event):
        for at, start, goal in product((1, 2, 3), (2,), (3,)):
            where = where_is(state, at_node=at, home_node=1, start_node=start, goal_node=goal)
            case = case_for(state, event, where)
            assert case.state == state
            assert not (event is Event.RETURN and case.refusal)


def test_every_effect_of_a_return_is_implemented():
    named = {effect for case in CASES if case.event is Event.RETURN for effect in case.effects}
    assert named == set(EFFECTS)
