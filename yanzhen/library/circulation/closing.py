"""The plain return, in one read and one guarded write, as lending (docs/decisions/0034).

Nearly every return is one: a copy on loan comes back, nobody waits for it, nothing else is to be
settled. It stays at home or sets out for home. Whatever has more to it is left to `returning.py`.
"""

import datetime as dt
from dataclasses import dataclass, replace

from yanzhen.groundwork import audit, chain, outbox
from yanzhen.groundwork.abreast import Ask, Errand, Write
from yanzhen.groundwork.clock import local_day
from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.circulation.cases import Case, Event, case_for, where_is
from yanzhen.library.circulation.facts import LoanReturned
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings.facts import TransitBegan
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.network.models import Node
from yanzhen.network.opening import CALENDARS
from yanzhen.network.queries import library_nodes
from yanzhen.people.roles import Actor

# On loan, in no dispute, to somebody who does not want it forgotten at once (forgetting.py), wanted
# by nobody (holds/capturing.py), and with no floating group to ask (holdings/floating.py).
_SQL = f"""
SELECT c.id, c.revision, c.bib_id, c.home_node_id, c.call_number, b.title, l.id, l.due_on, f.code,
       h.code, COALESCE((SELECT number FROM groundwork_generation WHERE name = '{CALENDARS}'), 0)
FROM holdings_copy c
JOIN catalogue_bibrecord b ON b.id = c.bib_id
JOIN circulation_loan l ON l.copy_id = c.id AND l.returned_at IS NULL AND l.undone_at IS NULL
JOIN network_node f ON f.id = l.lent_node_id
JOIN network_node h ON h.id = c.home_node_id
LEFT JOIN circulation_historychoice y ON y.person_id = l.person_id
WHERE c.barcode = %s AND c.state = 'on_loan' AND NOT c.in_dispute
  AND (y.days IS NULL OR y.days > 0)
  AND NOT EXISTS (SELECT 1 FROM holds_hold w WHERE w.bib_id = c.bib_id AND w.state = 'waiting')
  AND NOT EXISTS (SELECT 1 FROM holds_hold w WHERE w.copy_id = c.id
                  AND w.state IN ('on_its_way', 'ready'))
  AND (c.home_node_id = %s
       OR NOT EXISTS (SELECT 1 FROM holdings_floatingmember m WHERE m.node_id = %s))
"""  # noqa: S608 - names of our own


@dataclass(frozen=True)
class _OnLoan:
    """A copy that comes back plainly, and its loan."""

    copy_id: int
    revision: int
    bib_id: int
    home_node_id: int
    call_number: str
    title: str
    loan_id: int
    due_on: dt.date
    lent_node: str
    home_node: str
    calendars_generation: int


def plain_return(*, barcode: str, node: Node, by: Actor, at: dt.datetime) -> Errand[Taken | None]:
    """Close the loan of this copy; None, and nothing is changed, where there is more to do or
    somebody was faster."""
    seen = yield from _read(barcode, node)
    home = _home(seen, node) if seen else None
    if seen is None or home is None:
        return None
    where = where_is(
        Copy.State.ON_LOAN, at_node=node.pk, home_node=home.pk, start_node=None, goal_node=None
    )
    case = case_for(Copy.State.ON_LOAN, Event.RETURN, where)
    done = yield Write(_steps(seen, case, node, home, by, at))
    if done is None:
        return None
    late = (local_day(at) - seen.due_on).days
    return Taken(
        barcode,
        "returned",
        _copy(seen, barcode, case, node, home),
        _loan(seen),
        goes_to=home if case.next == Copy.State.IN_TRANSIT else None,
        overdue_days=max(late, 0),
    )


def _read(barcode: str, node: Node) -> Errand[_OnLoan | None]:
    found = yield Ask(_SQL, [barcode, node.pk, node.pk])
    if not found:
        return None
    seen = _OnLoan(*found[0])
    if isinstance(seen.due_on, str):  # SQLite hands dates over as text
        seen = replace(seen, due_on=dt.date.fromisoformat(seen.due_on))
    return seen


def _home(seen: _OnLoan, node: Node) -> Node | None:
    if seen.home_node_id == node.pk:
        return node
    return library_nodes(seen.calendars_generation).get(seen.home_node)


def _steps(
    seen: _OnLoan, case: Case, node: Node, home: Node, by: Actor, at: dt.datetime
) -> list[chain.Step]:
    steps = [
        chain.Step(
            "copy",
            "UPDATE holdings_copy SET state = %s, current_node_id = %s, missing = FALSE, "
            "revision = revision + 1 WHERE id = %s AND revision = %s AND {given}",
            (str(case.next), node.pk, seen.copy_id, seen.revision),
            guard=True,
        ),
        chain.Step(
            "loan",
            "UPDATE circulation_loan SET returned_at = %s, returned_node_id = %s, "
            "returned_by = %s WHERE id = %s AND {given}",
            (at, node.pk, by.name, seen.loan_id),
        ),
        audit.step(
            by=by, at=at, action="copy.taken_back", subject=f"copy:{seen.copy_id}",
            place=node.code, outcome="returned",
        ),
        outbox.step(
            LoanReturned(seen.copy_id, seen.bib_id, node.code, seen.lent_node), at=at
        ),
    ]  # fmt: skip
    return [*steps, *_sent_home(seen, node, home, by, at)] if "send_home" in case.effects else steps


def _sent_home(
    seen: _OnLoan, node: Node, home: Node, by: Actor, at: dt.datetime
) -> tuple[chain.Step, chain.Step]:
    reason = Transit.Reason.HOME.value
    began = TransitBegan(seen.copy_id, seen.bib_id, node.code, home.code, reason)
    return (
        chain.Step(
            "journey",
            "INSERT INTO holdings_transit (copy_id, reason, from_node_id, to_node_id, sent_at, "
            "sent_by, ended_by, ending, note) SELECT %s, %s, %s, %s, %s, %s, '', '', '' "
            "WHERE {given}",
            (seen.copy_id, reason, node.pk, home.pk, at, by.name),
        ),
        replace(outbox.step(began, at=at), name="journey_recorded"),
    )


def _copy(seen: _OnLoan, barcode: str, case: Case, node: Node, home: Node) -> Copy:
    """What the door tells about it; what was not read here is read when asked for."""
    names = ("id", "barcode", "bib_id", "home_node_id", "current_node_id", "state", "call_number")
    values = (seen.copy_id, barcode, seen.bib_id, home.pk, node.pk, case.next, seen.call_number)
    copy: Copy = Copy.from_db("default", names, values)
    copy.bib = BibRecord.from_db("default", ("id", "title"), (seen.bib_id, seen.title))
    copy.home_node, copy.current_node = home, node
    return copy


def _loan(seen: _OnLoan) -> Loan:
    names = ("id", "copy_id", "due_on")
    loan: Loan = Loan.from_db("default", names, (seen.loan_id, seen.copy_id, seen.due_on))
    return loan
