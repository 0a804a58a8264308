"""Loans: 11/12 check-out, 29/30 renewal, 65/66 all renewals."""

import datetime as dt

from django.utils.translation import gettext as _

from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.reader_answers import pin_trouble
from yanzhen.doors.sip2.replies import day_stamp, institution, moment, now_stamp, refusal, screen
from yanzhen.doors.sip2.terminals import actor_of
from yanzhen.groundwork.abreast import ALONE, Errand
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.access import loan_unknown
from yanzhen.library.circulation.lending import lending
from yanzhen.library.circulation.models import Loan
from yanzhen.library.circulation.queries import open_loans_of
from yanzhen.library.circulation.renewing import renew
from yanzhen.library.circulation.undoing import undo_lending
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.library.patrons.queries import card_form, card_numbered


def check_out(terminal: Terminal, asked: Message, at: dt.datetime) -> Errand[Answer]:
    """11 -> 12: lend; with BI Y undo it; with the renewal policy Y renew what is theirs already."""
    if asked.field("AD"):
        yield ALONE  # checking a PIN takes a tenth of a second: nobody else waits for that
    _require_pin(terminal, asked, at)
    if asked.field("BI") == "Y":
        yield ALONE
        return _cancel(terminal, asked, at)
    when = moment(asked.fixed["date"], at) if asked.fixed["no_block"] == "Y" else at
    number = card_form(asked.field("AA"))
    try:
        lent = yield from lending(
            barcode=asked.field("AB"), card_number=number, node=terminal.node,
            by=actor_of(terminal), at=when,
        )  # fmt: skip
    except Refused as refused:
        if refused.code == "copy-on-loan-to-same-reader" and asked.fixed["renewal"] == "Y":
            yield ALONE
            return Answer("121Y" + _renewed(terminal, asked, at)[3:], _fields(terminal, asked, at))
        raise
    said = screen(terminal, _("借好了，%(day)s 前还。") % {"day": f"{lent.due_on:%m-%d}"})
    fields = (("AB", lent.barcode), ("AJ", lent.title), ("AH", day_stamp(lent.due_on)))
    return Answer(
        f"121NUY{now_stamp(at)}", (institution(terminal), ("AA", asked.field("AA")), *fields, *said)
    )


def _renewed(terminal: Terminal, asked: Message, at: dt.datetime) -> str:
    renew(loan_id=_their_loan(terminal, asked).pk, by=actor_of(terminal), at=at)
    return f"301YUN{now_stamp(at)}"


def _fields(terminal: Terminal, asked: Message, at: dt.datetime):
    loan = _their_loan(terminal, asked)
    return (
        institution(terminal), ("AA", asked.field("AA")), ("AB", loan.copy.barcode),
        ("AJ", loan.copy.bib.title), ("AH", day_stamp(loan.due_on)),
    )  # fmt: skip


def renewal(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """29 -> 30."""
    _require_pin(terminal, asked, at)
    head = _renewed(terminal, asked, at)
    return Answer(head, _fields(terminal, asked, at))


def renew_all(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """65 -> 66: every loan by itself; BM lists what was renewed, BN what was not."""
    _require_pin(terminal, asked, at)
    card = card_numbered(asked.field("AA"))
    done, left = [], []
    for loan in open_loans_of(card.person_id) if card else ():
        try:
            renew(loan_id=loan.pk, by=actor_of(terminal), at=at)
            done.append(("BM", loan.copy.barcode))
        except Refused:
            left.append(("BN", loan.copy.barcode))
    ok = "1" if card else "0"
    head = f"66{ok}{min(len(done), 9999):04d}{min(len(left), 9999):04d}{now_stamp(at)}"
    return Answer(head, (institution(terminal), *done, *left))


def refused(terminal: Terminal, asked: Message, at: dt.datetime, trouble: Refused) -> Answer:
    """A refusal in the form of the answer that was asked for."""
    heads = {"11": "120NUN", "29": "300NUN", "65": "66000000000"}
    fields = (institution(terminal), ("AA", asked.field("AA")), ("AB", asked.field("AB")))
    title = (("AJ", ""), ("AH", "")) if asked.code != "65" else ()
    head = f"{heads[asked.code]}{now_stamp(at)}"
    said = refusal(terminal, at_a_machine(trouble))
    return Answer(head, (*fields, *title, *said))


# Refusals whose way out needs a desk: at a machine the way is to the desk.
_FOR_A_DESK = {"copy-held-for-another", "copy-on-loan"}


def at_a_machine(trouble: Refused) -> Refused:
    """The same refusal, for somebody who stands at a machine."""
    if trouble.code not in _FOR_A_DESK:
        return trouble
    return Refused(trouble.code, trouble.message, _("请交给服务台。"))


def _cancel(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    loan = _their_loan(terminal, asked)
    fields = _fields(terminal, asked, at)
    undo_lending(loan_id=loan.pk, by=actor_of(terminal), at=at)
    return Answer(f"121NUN{now_stamp(at)}", (*fields, *screen(terminal, _("已取消这次借书。"))))


def _their_loan(terminal: Terminal, asked: Message) -> Loan:
    """The open loan of this copy to the holder of this card. Raises Refused."""
    card = card_numbered(asked.field("AA"))
    copy = copy_scanned(asked.field("AB"), terminal.node)
    if card is None or copy is None:
        raise loan_unknown()
    loan = open_loans_of(card.person_id).filter(copy=copy).first()
    if loan is None:
        raise loan_unknown()
    return loan


def _require_pin(terminal: Terminal, asked: Message, at: dt.datetime) -> None:
    if trouble := pin_trouble(terminal, asked.field("AA"), asked.field("AD"), at):
        raise trouble
