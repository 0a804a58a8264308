"""The item's life as a written table: state × event × where → next state, effects, or refusal.

The desk, the API and every machine go through these rows; the tests and
`docs/reference/item-life.md` are made from the same rows.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from yanzhen.library.holdings.models import Copy

State = Copy.State


class Event(StrEnum):
    LEND = "lend"
    RETURN = "return"


class Where(StrEnum):
    """Where the scan happens, seen from the copy."""

    ANY = "any"
    HOME = "home"
    AWAY = "away"
    FLOATING = "away, in a floating group with room"
    GOAL = "goal"
    PICKUP = "pickup branch away from home"
    WORKSHOP = "workshop away from home"
    START = "start"
    SHORT = "short of goal"


class Held(StrEnum):
    """Who waits for the copy: seen from the branch of a scan, or from the reader who borrows."""

    ANY = "any"
    NOBODY = "nobody"
    HERE = "fetched here"
    ELSEWHERE = "fetched elsewhere"
    READER = "the reader"
    OTHER = "another reader"


@dataclass(frozen=True)
class Case:
    """One row. `refusal` is the code of a rule in rules.py; with it nothing changes."""

    state: str
    event: Event
    where: Where
    next: str
    effects: tuple[str, ...] = ()
    refusal: str = ""
    held: Held = Held.ANY


def _lent_while_held(state: str, effects: tuple[str, ...] = ()) -> tuple[Case, Case]:
    """To the one it was set aside for: the hold is fulfilled. To anybody else: refused, unless a
    reason is given."""
    return (
        Case(
            state,
            Event.LEND,
            Where.ANY,
            State.ON_LOAN,
            (*effects, "open_loan", "fulfil_hold"),
            held=Held.READER,
        ),
        Case(state, Event.LEND, Where.ANY, state, refusal="copy-held-for-another", held=Held.OTHER),
    )


_LENT_WHILE_HELD = (
    *_lent_while_held(State.AVAILABLE),
    *_lent_while_held(State.ON_HOLD_SHELF),
    *_lent_while_held(State.IN_TRANSIT, ("end_transit",)),
)


def _taken_for_a_hold(state: str, where: Where, *effects: str) -> tuple[Case, Case]:
    """What is wanted here goes onto the hold shelf, what is wanted elsewhere onto the road."""
    here, there = (*effects, "hold_here"), (*effects, "send_to_pickup")
    return (
        Case(state, Event.RETURN, where, State.ON_HOLD_SHELF, here, held=Held.HERE),
        Case(state, Event.RETURN, where, State.IN_TRANSIT, there, held=Held.ELSEWHERE),
    )


_TAKEN_FOR_A_HOLD = (
    *_taken_for_a_hold(State.ON_LOAN, Where.ANY, "close_loan"),
    *_taken_for_a_hold(State.AVAILABLE, Where.HOME),
    *_taken_for_a_hold(State.AVAILABLE, Where.AWAY, "note_not_on_loan"),
    *_taken_for_a_hold(State.ON_HOLD_SHELF, Where.ANY),
    *_taken_for_a_hold(State.IN_TRANSIT, Where.GOAL, "receive"),
    *_taken_for_a_hold(State.IN_TRANSIT, Where.PICKUP, "receive"),
    *_taken_for_a_hold(State.IN_TRANSIT, Where.START, "break_off"),
    *_taken_for_a_hold(State.IN_TRANSIT, Where.SHORT, "break_off"),
    *_taken_for_a_hold(State.LOST, Where.ANY, "note_found"),
)

CASES = (
    Case(State.AVAILABLE, Event.LEND, Where.ANY, State.ON_LOAN, ("open_loan",)),
    Case(State.IN_TRANSIT, Event.LEND, Where.ANY, State.ON_LOAN, ("end_transit", "open_loan")),
    Case(State.ON_HOLD_SHELF, Event.LEND, Where.ANY, State.ON_LOAN, ("open_loan",)),
    Case(State.ON_LOAN, Event.LEND, Where.ANY, State.ON_LOAN, refusal="copy-on-loan"),
    Case(State.LOST, Event.LEND, Where.ANY, State.LOST, refusal="copy-reported-lost"),
    Case(State.WITHDRAWN, Event.LEND, Where.ANY, State.WITHDRAWN, refusal="copy-withdrawn"),
    Case(State.ON_LOAN, Event.RETURN, Where.HOME, State.AVAILABLE, ("close_loan",)),
    Case(State.ON_LOAN, Event.RETURN, Where.AWAY, State.IN_TRANSIT, ("close_loan", "send_home")),
    Case(
        State.ON_LOAN,
        Event.RETURN,
        Where.FLOATING,
        State.AVAILABLE,
        ("close_loan", "stay_by_floating"),
    ),
    Case(State.AVAILABLE, Event.RETURN, Where.HOME, State.AVAILABLE, ("place_here",)),
    Case(
        State.AVAILABLE,
        Event.RETURN,
        Where.AWAY,
        State.IN_TRANSIT,
        ("note_not_on_loan", "send_home"),
    ),
    Case(State.IN_TRANSIT, Event.RETURN, Where.GOAL, State.AVAILABLE, ("receive",)),
    Case(
        State.IN_TRANSIT,
        Event.RETURN,
        Where.PICKUP,
        State.IN_TRANSIT,
        ("receive", "send_home", "nobody_waits"),
    ),
    Case(
        State.IN_TRANSIT,
        Event.RETURN,
        Where.WORKSHOP,
        State.IN_TRANSIT,
        ("receive", "keep_for_repair"),
    ),
    Case(State.IN_TRANSIT, Event.RETURN, Where.START, State.IN_TRANSIT, ("still_leaving",)),
    Case(State.IN_TRANSIT, Event.RETURN, Where.SHORT, State.IN_TRANSIT, ("send_on",)),
    Case(State.LOST, Event.RETURN, Where.HOME, State.AVAILABLE, ("note_found",)),
    Case(State.LOST, Event.RETURN, Where.AWAY, State.IN_TRANSIT, ("note_found", "send_home")),
    Case(State.WITHDRAWN, Event.RETURN, Where.ANY, State.WITHDRAWN, ("note_withdrawn",)),
    Case(State.ON_HOLD_SHELF, Event.RETURN, Where.HOME, State.AVAILABLE, ("reshelve",)),
    Case(State.ON_HOLD_SHELF, Event.RETURN, Where.AWAY, State.IN_TRANSIT, ("clear", "send_home")),
    *_LENT_WHILE_HELD,
    *_TAKEN_FOR_A_HOLD,
)

_TABLE = {(case.state, case.event, case.where, case.held): case for case in CASES}


def case_for(state: str, event: Event, where: Where, held: Held = Held.NOBODY) -> Case:
    """The row that applies; the table is total over what can happen (a test proves it). A row
    about a hold goes before one for any."""
    keys = product((held, Held.ANY), (where, Where.ANY))
    return next(_TABLE[key] for h, w in keys if (key := (state, event, w, h)) in _TABLE)


def held_for_scan(pickup_node: int | None, *, at_node: int, goal_node: int | None) -> Held:
    """Who waits, seen from a scan: the pickup branch of the hold the copy can serve, if there is
    one. What is on the road to that branch already just goes on."""
    if pickup_node is None or (pickup_node == goal_node and at_node != goal_node):
        return Held.NOBODY
    return Held.HERE if pickup_node == at_node else Held.ELSEWHERE


def held_for_reader(holder: int | None, reader: int | None) -> Held:
    """Who waits, seen from the reader: person ids."""
    if holder is None:
        return Held.NOBODY
    return Held.READER if holder == reader else Held.OTHER


def where_is(
    state: str,
    *,
    at_node: int,
    home_node: int,
    start_node: int | None,
    goal_node: int | None,
    stays: bool = False,
    passing: bool = False,
    broken: bool = False,
) -> Where:
    """Where a scan at `at_node` happens, seen from a copy (node ids; journeys have two).

    `stays`: a floating group would keep it here, which matters only for what comes off loan.
    `passing`: the goal of a journey for a hold or for repair may be no home; once nobody waits, or
    once it is no longer `broken`, the copy goes on from there.
    """
    if state == State.IN_TRANSIT:
        if passing and at_node == goal_node != home_node:
            return Where.WORKSHOP if broken else Where.PICKUP
        return {goal_node: Where.GOAL, start_node: Where.START}.get(at_node, Where.SHORT)
    if at_node == home_node:
        return Where.HOME
    return Where.FLOATING if stays and state == State.ON_LOAN else Where.AWAY
