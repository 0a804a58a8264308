"""Readers: 23/24 status, 63/64 information, 01 and 35/36."""

import datetime as dt

from yanzhen.doors.sip2 import holds_here
from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.replies import Pairs, institution, now_stamp, refusal
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.queries import open_loans_of
from yanzhen.library.circulation.rules import a_card_must_be_known
from yanzhen.library.patrons import rules as patron_rules
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.queries import blocks_of, card_numbered
from yanzhen.people.signing_in import sign_in

SUMMARIES = ("AS", "AT", "AU", "AV", "BU", "CD")  # places 0 to 5 of the summary
CLEAR = " " * 14


def status(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """23 -> 24, and 01 -> 24: an unknown card is BL N, not an error."""
    card = card_numbered(asked.field("AA"))
    head, fields = _about(terminal, asked, card, at)
    language = asked.fixed.get("language", "000")
    return Answer(f"24{head}{language}{now_stamp(at)}", fields)


def information(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """63 -> 64: counts, and one list of what the summary asks for, by pages."""
    card = card_numbered(asked.field("AA"))
    head, fields = _about(terminal, asked, card, at)
    loans = list(open_loans_of(card.person_id)) if card else []
    late = [loan for loan in loans if loan.due_on < local_day(at)]
    ready, waiting = holds_here.counts_of(card.person_id) if card else (0, 0)
    counts = "".join(f"{min(n, 9999):04d}" for n in (ready, len(late), len(loans), 0, 0, waiting))
    wanted = asked.fixed["summary"].find("Y")
    listed = {1: late, 2: loans}.get(wanted, [])
    tag = SUMMARIES[wanted] if 0 <= wanted < len(SUMMARIES) else ""
    items = tuple((tag, loan.copy.barcode) for loan in _page(listed, asked))
    language = asked.fixed["language"]
    return Answer(f"64{head}{language}{now_stamp(at)}{counts}", (*fields, *items))


def _page(loans: list[Loan], asked: Message) -> list[Loan]:
    """BP to BQ, counted from 1; anything else: all."""
    first, last = asked.field("BP"), asked.field("BQ")
    start = int(first) if first.isdecimal() else 1
    end = int(last) if last.isdecimal() else len(loans)
    return loans[max(start - 1, 0) : end]


def _about(
    terminal: Terminal, asked: Message, card: ReaderCard | None, at: dt.datetime
) -> tuple[str, Pairs]:
    number = asked.field("AA")
    trouble = trouble_of(card, number, at)
    pin = pin_trouble(terminal, number, asked.field("AD"), at) if card else None
    name = card.person.name if card and terminal.sees_names else ""
    known = "Y" if card else "N"
    right = "Y" if card and asked.field("AD") and pin is None else "N"
    fields = (institution(terminal), ("AA", number), ("AE", name), ("BL", known), ("CQ", right))
    said = pin or trouble
    return _flags(card, trouble), (*fields, *(refusal(terminal, said) if said else ()))


def _flags(card: ReaderCard | None, trouble: Refused | None) -> str:
    """Fourteen places: lending, renewing, recalls and holds denied, card lost, nine more."""
    if trouble is None:
        return CLEAR
    lost = "Y" if card and card.status == ReaderCard.Status.LOST else " "
    return f"YYYY{lost}".ljust(14)


def trouble_of(card: ReaderCard | None, number: str, at: dt.datetime) -> Refused | None:
    """What stands between this card and the next loan."""
    if card is None:
        return a_card_must_be_known(False, number)
    block = blocks_of(card.person).first()
    successor = ReaderCard.objects.filter(replaces=card).values_list("number", flat=True).first()
    return patron_rules.a_card_must_be_active(
        card.status, card.expires_on, local_day(at), successor
    ) or patron_rules.a_blocked_reader_does_not_borrow(
        block.reason if block else None,
        block.note if block else None,
        block.until if block else None,
    )


def pin_trouble(terminal: Terminal, number: str, pin: str, at: dt.datetime) -> Refused | None:
    """Why this PIN does not open; None for a right one, and for none. Guesses are counted and
    locked as at the sign-in page."""
    if not pin:
        return None
    try:
        sign_in(name=number, password=pin, at=at, address=f"sip2:{terminal.account}")
    except Refused as refused:
        return refused
    return None


def end_session(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """35 -> 36: always Y, there is nothing to forget."""
    return Answer(f"36Y{now_stamp(at)}", (institution(terminal), ("AA", asked.field("AA"))))
