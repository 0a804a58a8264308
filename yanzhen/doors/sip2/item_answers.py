"""Copies: 17/18 information, 19/20, 09/10 check-in with the way it goes on."""

import datetime as dt

from yanzhen.doors.sip2 import holds_told
from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.replies import Pairs, day_stamp, institution, moment, now_stamp, screen, yes
from yanzhen.doors.sip2.terminals import actor_of
from yanzhen.groundwork.abreast import Errand
from yanzhen.library.circulation.queries import open_loan_of_copy
from yanzhen.library.circulation.returning import taking_back
from yanzhen.library.circulation.rules import a_copy_must_be_known
from yanzhen.library.circulation.taken import Taken
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copy_scanned, journey_of

State = Copy.State
CIRCULATION = {
    State.AVAILABLE: "03", State.ON_LOAN: "04", State.ON_HOLD_SHELF: "08", State.IN_TRANSIT: "10",
    State.LOST: "12", State.WITHDRAWN: "01",
}  # fmt: skip


def information(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """17 -> 18."""
    barcode = asked.field("AB")
    copy = copy_scanned(barcode, terminal.node)
    if copy is None:
        unknown = a_copy_must_be_known(False, barcode)
        said = screen(terminal, unknown.in_full) if unknown else ()
        return Answer(f"18010001{now_stamp(at)}", (("AB", barcode), ("AJ", ""), *said))
    status = "13" if copy.missing else CIRCULATION[State(copy.state)]
    loan = open_loan_of_copy(copy.pk) if copy.state == State.ON_LOAN else None
    due = (("AH", day_stamp(loan.due_on)),) if loan else ()
    holds = holds_told.about_copy(terminal, copy, journey_of(copy))
    return Answer(f"18{status}0001{now_stamp(at)}", (*due, *_whole(copy), *holds))


def _whole(copy: Copy) -> Pairs:
    return (
        ("AB", copy.barcode), ("AJ", copy.bib.title), ("BG", copy.owning_node.code),
        ("CK", "001"), ("AQ", copy.home_node.code), ("AP", copy.current_node.code),
        ("CS", copy.call_number),
    )  # fmt: skip


def status_update(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """19 -> 20: taken note of, nothing is changed by it."""
    copy = copy_scanned(asked.field("AB"), terminal.node)
    title = (("AJ", copy.bib.title),) if copy else ()
    return Answer(f"200{now_stamp(at)}", (("AB", asked.field("AB")), *title))


def check_in(terminal: Terminal, asked: Message, at: dt.datetime) -> Errand[Answer]:
    """09 -> 10. A return is never refused; CT and CV say where the copy goes, hold or not."""
    when = moment(asked.fixed["return_date"], at) if asked.fixed["no_block"] == "Y" else at
    barcode = asked.field("AB")
    taken = yield from taking_back(
        barcode=barcode, node=terminal.node, by=actor_of(terminal), at=when
    )
    way = holds_told.way_on(taken, terminal.node)
    head = f"101{yes(taken.copy)}U{yes(any(tag == 'CV' for tag, _value in way))}{now_stamp(at)}"
    said = screen(terminal, holds_told.said_of(taken))
    whose = holds_told.whose(terminal, taken.hold)
    return Answer(head, (institution(terminal), *_described(taken), *way, *whose, *said))


def _described(taken: Taken) -> Pairs:
    copy = taken.copy
    if copy is None:
        return ("AB", taken.barcode), ("AQ", "")
    return (
        ("AB", copy.barcode), ("AQ", copy.home_node.code), ("AJ", copy.bib.title), ("CK", "001"),
        ("AP", copy.current_node.code), ("CS", copy.call_number),
    )  # fmt: skip
