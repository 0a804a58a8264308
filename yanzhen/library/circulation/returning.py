"""Taking in whatever is handed in. A return is never refused.

One scan does the obvious thing: closes a loan, receives a journey, sends a stray copy home, or
puts what nobody can explain on the exceptions list.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from yanzhen.groundwork import abreast, audit, outbox
from yanzhen.groundwork.clock import local_day
from yanzhen.library.circulation import closing, forgetting
from yanzhen.library.circulation.cases import Event, case_for, held_for_scan, where_is
from yanzhen.library.circulation.facts import LoanReturned
from yanzhen.library.circulation.models import Loan, ReturnException
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings import access, disputing, floating, stock, travelling
from yanzhen.library.holdings.barcodes import scanned
from yanzhen.library.holdings.models import Copy, Transit
from yanzhen.library.holdings.queries import copy_id_scanned, journey_of, locked_copy
from yanzhen.library.holds import capturing
from yanzhen.library.holds.facts import HeldCopyReshelved
from yanzhen.library.holds.models import Hold
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor


@dataclass
class _Scan:
    """One return scan on its way through its effects."""

    copy: Copy
    journey: Transit | None
    room: floating.Room | None
    node: Node
    by: Actor
    at: dt.datetime
    claim: Hold | None
    taken: Taken = field(init=False)

    def __post_init__(self) -> None:
        self.taken = Taken(self.copy.barcode, "already_here", self.copy)

    @property
    def claimed(self) -> Hold:
        """The hold, in the cases in which the table says there is one."""
        assert self.claim is not None
        return self.claim

    @property
    def journey_under_way(self) -> Transit:
        """The journey, in the cases in which the table says there is one."""
        assert self.journey is not None
        return self.journey


def taking_back(*, barcode: str, node: Node, by: Actor, at: dt.datetime) -> abreast.Errand[Taken]:
    """Take in the item with this barcode at `node`; only a plain return goes abreast of others.
    Raises Refused only for a foreign desk."""
    access.require_handling(by, node)
    plain = yield from closing.plain_return(barcode=scanned(barcode), node=node, by=by, at=at)
    if plain is None:
        yield abreast.ALONE
        return _followed_the_table(barcode, node, by, at)
    return plain


take_back = abreast.as_function(taking_back)


def _followed_the_table(barcode: str, node: Node, by: Actor, at: dt.datetime) -> Taken:
    with transaction.atomic():
        found = copy_id_scanned(barcode, node)
        if found is None:
            return _unknown(barcode, node, by, at)
        copy = locked_copy(found)
        journey = journey_of(copy) if copy.state == Copy.State.IN_TRANSIT else None
        claim = None if _is_for_repair(journey, copy) else capturing.claimant(copy, at)
        room = floating.room_for(copy, node, on=local_day(at), waited_for=claim is not None)
        scan = _Scan(copy, journey, room, node, by, at, claim)
        _follow_the_table(scan)
        travelling.save_place(scan.copy)
        audit.write(
            by=by,
            at=at,
            action="copy.taken_back",
            subject=f"copy:{copy.pk}",
            place=node.code,
            outcome=scan.taken.outcome,
        )
    return scan.taken


def _is_for_repair(journey: Transit | None, copy: Copy) -> bool:
    """On its way to be mended, or being mended: nobody gets it before."""
    return journey is not None and journey.reason == Transit.Reason.REPAIR and copy.damaged


def _follow_the_table(scan: _Scan) -> None:
    where = where_is(
        scan.copy.state,
        at_node=scan.node.pk,
        home_node=scan.copy.home_node_id,
        start_node=scan.journey.from_node_id if scan.journey else None,
        goal_node=scan.journey.to_node_id if scan.journey else None,
        stays=scan.room is not None and scan.room.has_room,
        passing=scan.journey is not None
        and scan.journey.reason in {Transit.Reason.HOLD, Transit.Reason.REPAIR},
        broken=_is_for_repair(scan.journey, scan.copy),
    )
    held = held_for_scan(
        scan.claim.pickup_node_id if scan.claim else None,
        at_node=scan.node.pk,
        goal_node=scan.journey.to_node_id if scan.journey else None,
    )
    case = case_for(scan.copy.state, Event.RETURN, where, held)
    scan.copy.state, scan.copy.current_node, scan.copy.missing = case.next, scan.node, False
    disputing.end(scan.copy, ending=Transit.Ending.SCAN, node=scan.node, by=scan.by, at=scan.at)
    if scan.room:
        scan.taken.floats = scan.room.verdict
    for effect in case.effects:
        EFFECTS[effect](scan)


def _close_loan(scan: _Scan) -> None:
    loans = Loan.objects.open().select_related("person__history_choice", "lent_node")
    loan = loans.get(copy=scan.copy)
    loan.returned_at, loan.returned_node, loan.returned_by = scan.at, scan.node, scan.by.name
    loan.save(update_fields=["returned_at", "returned_node", "returned_by"])
    forgetting.forget_returned(loan, scan.at)
    late = (local_day(scan.at) - loan.due_on).days
    scan.taken.loan, scan.taken.outcome = loan, "returned"
    scan.taken.overdue_days = max(late, 0)
    outbox.record(
        LoanReturned(scan.copy.pk, scan.copy.bib_id, scan.node.code, loan.lent_node.code),
        at=scan.at,
    )


def _send_home(scan: _Scan) -> None:
    travelling.begin(
        scan.copy,
        from_node=scan.node,
        to_node=scan.copy.home_node,
        reason=Transit.Reason.HOME,
        by=scan.by,
        at=scan.at,
    )
    scan.taken.goes_to = scan.copy.home_node


def _stay_by_floating(scan: _Scan) -> None:
    assert scan.room is not None
    floating.settle(scan.copy, scan.room.group, node=scan.node, by=scan.by, at=scan.at)


def _receive(scan: _Scan) -> None:
    travelling.arrive(scan.journey_under_way, at_node=scan.node, by=scan.by, at=scan.at)
    scan.taken.outcome = "received"


def _send_on(scan: _Scan) -> None:
    onward = travelling.arrive(scan.journey_under_way, at_node=scan.node, by=scan.by, at=scan.at)
    scan.taken.outcome, scan.taken.goes_to = "sent_on", onward.to_node if onward else None


def _keep_for_repair(scan: _Scan) -> None:
    """It waits here, on its way back, until somebody says that it is mended."""
    travelling.begin(
        scan.copy,
        from_node=scan.node,
        to_node=scan.copy.home_node,
        reason=Transit.Reason.REPAIR,
        by=scan.by,
        at=scan.at,
    )
    scan.taken.outcome = "in_repair"


def _still_leaving(scan: _Scan) -> None:
    if travelling.in_the_workshop(scan.journey):
        scan.taken.outcome = "in_repair"
    else:
        scan.taken.outcome, scan.taken.goes_to = "still_leaving", scan.journey_under_way.to_node


def _break_off(scan: _Scan) -> None:
    travelling.break_off(scan.journey_under_way, at_node=scan.node, by=scan.by, at=scan.at)


def _hold_here(scan: _Scan) -> None:
    hold = scan.taken.hold = scan.claimed
    if hold.state != Hold.State.READY:
        capturing.make_ready(hold, scan.copy, by=scan.by, at=scan.at)
    if scan.taken.outcome != "returned":
        scan.taken.outcome = "held"


def _send_to_pickup(scan: _Scan) -> None:
    hold = scan.taken.hold = scan.claimed
    capturing.send(hold, scan.copy, by=scan.by, at=scan.at)
    travelling.begin(
        scan.copy,
        from_node=scan.node,
        to_node=hold.pickup_node,
        reason=Transit.Reason.HOLD,
        by=scan.by,
        at=scan.at,
    )
    scan.taken.goes_to = hold.pickup_node
    if scan.taken.outcome != "returned":
        scan.taken.outcome = "sent_to_pickup"


def _reshelve(scan: _Scan) -> None:
    """Nobody fetches it from the hold shelf any more, nobody else waits: to its own shelf."""
    scan.taken.outcome = "reshelved"
    outbox.record(HeldCopyReshelved(scan.copy.pk, scan.copy.bib_id, scan.node.code), at=scan.at)


def _nobody_waits(scan: _Scan) -> None:
    """Sent for a hold that has ended meanwhile."""
    scan.taken.outcome = "sent_on"


def _clear(scan: _Scan) -> None:
    scan.taken.outcome = "reshelved"


def _place_here(scan: _Scan) -> None:
    scan.taken.outcome = "already_here"


def _exception(kind: str, outcome: str):
    def note(scan: _Scan) -> None:
        scan.taken.outcome = outcome
        _note(kind, scan.copy.barcode, scan.copy, scan.node, scan.by, scan.at)

    return note


_list_found = _exception(ReturnException.Kind.LOST_FOUND, "found")


def _note_found(scan: _Scan) -> None:
    stock.record(scan.copy, stock.Kind.FOUND, by=scan.by, at=scan.at)
    _list_found(scan)


EFFECTS = {
    "close_loan": _close_loan,
    "send_home": _send_home,
    "stay_by_floating": _stay_by_floating,
    "receive": _receive,
    "send_on": _send_on,
    "keep_for_repair": _keep_for_repair,
    "still_leaving": _still_leaving,
    "place_here": _place_here,
    "break_off": _break_off,
    "hold_here": _hold_here,
    "send_to_pickup": _send_to_pickup,
    "reshelve": _reshelve,
    "clear": _clear,
    "nobody_waits": _nobody_waits,
    "note_not_on_loan": _exception(ReturnException.Kind.NOT_ON_LOAN, "not_on_loan"),
    "note_found": _note_found,
    "note_withdrawn": _exception(ReturnException.Kind.WITHDRAWN, "withdrawn"),
}


def _unknown(barcode: str, node: Node, by: Actor, at: dt.datetime) -> Taken:
    _note(ReturnException.Kind.UNKNOWN, barcode, None, node, by, at)
    return Taken(barcode, "unknown")


def _note(
    kind: str, barcode: str, copy: Copy | None, node: Node, by: Actor, at: dt.datetime
) -> None:
    """Put it on the exceptions list, once while it is unsettled: a second scan adds nothing."""
    row = ReturnException(
        barcode=scanned(barcode)[:60], kind=kind, node=node, copy=copy, at=at, by_name=by.name
    )
    ReturnException.objects.bulk_create([row], ignore_conflicts=True)
