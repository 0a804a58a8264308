"""The item's life as a written table: state × event × where → next state, effects, or refusal.

The desk, the API and every machine go through these rows; the tests and
`docs/reference/item-life.md` are made from the same rows.
"""

from dataclasses import dataclass
from enum import StrEnum

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
    START = "start"
    SHORT = "short of goal"


@dataclass(frozen=True)
class Case:
    """One row. `refusal` is the code of a rule in rules.py; with it nothing changes."""

    state: str
    event: Event
    where: Where
    next: str
    effects: tuple[str, ...] = ()
    refusal: str = ""


CASES = (
    Case(State.AVAILABLE, Event.LEND, Where.ANY, State.ON_LOAN, ("open_loan",)),
    Case(State.IN_TRANSIT, Event.LEND, Where.ANY, State.ON_LOAN, ("end_transit", "open_loan")),
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
    Case(State.IN_TRANSIT, Event.RETURN, Where.START, State.IN_TRANSIT, ("still_leaving",)),
    Case(State.IN_TRANSIT, Event.RETURN, Where.SHORT, State.IN_TRANSIT, ("send_on",)),
    Case(State.LOST, Event.RETURN, Where.HOME, State.AVAILABLE, ("note_found",)),
    Case(State.LOST, Event.RETURN, Where.AWAY, State.IN_TRANSIT, ("note_found", "send_home")),
    Case(State.WITHDRAWN, Event.RETURN, Where.ANY, State.WITHDRAWN, ("note_withdrawn",)),
)

_TABLE = {(case.state, case.event, case.where): case for case in CASES}


def case_for(state: str, event: Event, where: Where) -> Case:
    """The row that applies; the table is total over what can happen (a test proves it)."""
    return _TABLE.get((state, event, where)) or _TABLE[state, event, Where.ANY]


def where_is(
    state: str,
    *,
    at_node: int,
    home_node: int,
    start_node: int | None,
    goal_node: int | None,
    stays: bool = False,
) -> Where:
    """Where a scan at `at_node` happens, seen from a copy (node ids; journeys have two).

    `stays`: a floating group would keep it here, which matters only for what comes off loan.
    """
    if state == State.IN_TRANSIT:
        return {goal_node: Where.GOAL, start_node: Where.START}.get(at_node, Where.SHORT)
    if at_node == home_node:
        return Where.HOME
    return Where.FLOATING if stays and state == State.ON_LOAN else Where.AWAY
