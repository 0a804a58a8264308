"""Readers: 23/24 status, 63/64 information, 01 and 35/36."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from yanzhen.doors.sip2 import holds_told
from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.replies import Pairs, institution, now_stamp, refusal
from yanzhen.groundwork.clock import local_day
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.queries import loan_counts_of, open_loans_of
from yanzhen.library.circulation.rules import a_card_must_be_known
from yanzhen.library.holds.queries import counts_for
from yanzhen.library.patrons import rules as patron_rules
from yanzhen.library.patrons.models import ReaderCard
from yanzhen.library.patrons.queries import blocks_of, card_numbered
from yanzhen.people.signing_in import sign_in

SUMMARIES = ("AS", "AT", "AU", "AV", "BU", "CD")  # places 0 to 5 of the summary
CLEAR = " " * 14
COUNTED = re.compile("[0-9]{1,6}")


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
    counts = _counts(card.person_id, local_day(at)) if card else (0,) * len(SUMMARIES)
    wanted = asked.fixed["summary"].find("Y")
    listed = _listed(wanted, card.person_id, local_day(at), _span(asked)) if card else ()
    numbers = "".join(f"{min(n, 9999):04d}" for n in counts)
    language = asked.fixed["language"]
    return Answer(f"64{head}{language}{now_stamp(at)}{numbers}", (*fields, *listed))


def _counts(person_id: int, day: dt.date) -> tuple[int, ...]:
    """In the order of the summary; nothing is ever owed or recalled."""
    holds = counts_for(person_id)
    loans = loan_counts_of(person_id, day)
    return holds.ready, loans.overdue, loans.open, 0, 0, holds.waiting + holds.in_transit


def _listed(wanted: int, person_id: int, day: dt.date, span: slice) -> Pairs:
    loans = open_loans_of(person_id)
    lists: dict[int, Callable[[], Iterable[str]]] = {
        0: lambda: holds_told.barcodes(person_id, ready=True)[span],
        1: lambda: loans.filter(due_on__lt=day).values_list("copy__barcode", flat=True)[span],
        2: lambda: loans.values_list("copy__barcode", flat=True)[span],
        5: lambda: holds_told.barcodes(person_id, ready=False)[span],
    }
    return tuple((SUMMARIES[wanted], each) for each in lists[wanted]()) if wanted in lists else ()


def _span(asked: Message) -> slice:
    """BP to BQ, counted from 1; anything else: all."""
    first, last = (asked.field(tag) for tag in ("BP", "BQ"))
    start = max(int(first) - 1, 0) if COUNTED.fullmatch(first) else 0
    return slice(start, max(int(last), start) if COUNTED.fullmatch(last) else None)


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
    trouble = card_trouble(card, number, at)
    if card is None or trouble:
        return trouble
    block = blocks_of(card.person).first()
    return patron_rules.a_blocked_reader_does_not_borrow(
        block.reason if block else None,
        block.note if block else None,
        block.until if block else None,
    )


def card_trouble(card: ReaderCard | None, number: str, at: dt.datetime) -> Refused | None:
    """What is wrong with the card itself: nobody's, lost, replaced, run out."""
    if card is None:
        return a_card_must_be_known(False, number)
    successor = ReaderCard.objects.filter(replaces=card).values_list("number", flat=True).first()
    return patron_rules.a_card_must_be_active(
        card.status, card.expires_on, local_day(at), successor
    )


def pin_trouble(terminal: Terminal, number: str, pin: str, at: dt.datetime) -> Refused | None:
    """Why this PIN does not open; None for a right one, for none, and for a card nobody has (else
    a machine could try the passwords of staff). Guesses are locked as at the sign-in page."""
    if not pin or card_numbered(number) is None:
        return None
    try:
        sign_in(name=number, password=pin, at=at, address=f"sip2:{terminal.account}")
    except Refused as refused:
        return refused
    return None


def end_session(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """35 -> 36: always Y, there is nothing to forget."""
    return Answer(f"36Y{now_stamp(at)}", (institution(terminal), ("AA", asked.field("AA"))))
