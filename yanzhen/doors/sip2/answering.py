"""One request of a machine, one answer: the table of messages."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanzhen.doors.sip2 import holds_here, item_answers, loan_answers, reader_answers
from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import OfflineDeed, Terminal
from yanzhen.doors.sip2.replies import institution, moment, now_stamp, screen
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.queries import open_loan_of_copy
from yanzhen.library.holdings.queries import copy_scanned

# BX: what is on, in the standard's order. 01, 19, 25, 37 and 15 change nothing here.
SUPPORTED = "YYYNYYYYYNYNN" + ("Y" if holds_here.HOLDS_ARE_ON else "N") + "YY"


def sc_status(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """99 -> 98: always on line; offline work is taken in afterwards."""
    head = f"98YYYYNY100003{now_stamp(at)}2.00"
    house = (("AM", terminal.node.label), ("BX", SUPPORTED), ("AN", terminal.name))
    return Answer(head, (institution(terminal), *house))


def fee_paid(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """37 -> 38 N: nothing is ever owed here, so no money is taken."""
    said = screen(terminal, _("没有要付的费用，请不要付款。"))
    return Answer(f"38N{now_stamp(at)}", (institution(terminal), ("AA", asked.field("AA")), *said))


def hold(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """15 -> 16, not here yet."""
    said = screen(terminal, holds_here.not_here())
    return Answer(f"160N{now_stamp(at)}", (institution(terminal), ("AA", asked.field("AA")), *said))


Reply = Callable[[Terminal, Message, dt.datetime], Answer]
REPLIES: dict[str, Reply] = {
    "01": reader_answers.status, "09": item_answers.check_in, "11": loan_answers.check_out,
    "15": hold, "17": item_answers.information, "19": item_answers.status_update,
    "23": reader_answers.status, "29": loan_answers.renewal, "35": reader_answers.end_session,
    "37": fee_paid, "63": reader_answers.information, "65": loan_answers.renew_all,
    "99": sc_status,
}  # fmt: skip


def answer(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """Ask the use-case behind a message; a refusal becomes the answer of the same pair."""
    if asked.code in {"09", "11"} and asked.fixed["no_block"] == "Y":
        return _once(terminal, asked, at)
    return _reply(terminal, asked, at)[0]


def _reply(terminal: Terminal, asked: Message, at: dt.datetime) -> tuple[Answer, str]:
    try:
        return REPLIES[asked.code](terminal, asked, at), ""
    except Refused as refused:
        if asked.code not in {"11", "29", "65"}:
            raise
        return loan_answers.refused(terminal, asked, at, refused), refused.message


def _once(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """Take in what was done offline: once for a terminal, a moment and what was said. What cannot
    be done any more stops only itself, and is kept for somebody to look at."""
    done_at = moment(asked.fixed["return_date" if asked.code == "09" else "date"], at)
    key = hashlib.sha256(
        repr((asked.code, asked.fixed, asked.field("AA"), asked.field("AB"))).encode()
    ).hexdigest()
    try:
        with transaction.atomic():
            row = OfflineDeed.objects.create(
                terminal=terminal, key=key, code=asked.code, barcode=asked.field("AB")[:60],
                done_at=done_at, received_at=at,
            )  # fmt: skip
            said, row.trouble = _unless_overtaken(terminal, asked, at, done_at)
            row.trouble, row.answer = row.trouble[:200], [said.head, _without_reader(said.fields)]
            row.save(update_fields=["trouble", "answer"])
            return said
    except IntegrityError:
        earlier = OfflineDeed.objects.filter(terminal=terminal, key=key).first()
        if earlier is None or earlier.answer is None:
            raise
    head, fields = earlier.answer
    named = {"AA": asked.field("AA")}
    return Answer(head, tuple((tag, named.get(tag, value)) for tag, value in fields))


def _without_reader(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is kept of an answer names no card: the machine that asks again says it again (L07)."""
    return [(tag, "" if tag in ("AA", "AE") else value) for tag, value in fields]


def _unless_overtaken(
    terminal: Terminal, asked: Message, at: dt.datetime, done_at: dt.datetime
) -> tuple[Answer, str]:
    """A return older than the loan that is open now would close somebody else's loan."""
    copy = copy_scanned(asked.field("AB"), terminal.node) if asked.code == "09" else None
    loan = open_loan_of_copy(copy.pk) if copy else None
    if copy is None or loan is None or loan.lent_at <= done_at:
        return _reply(terminal, asked, at)
    trouble = _("还书之后这本书又借出了，没有改动现在的借阅。")
    fields = (institution(terminal), ("AB", copy.barcode), ("AQ", copy.home_node.code))
    head = f"101NUY{now_stamp(at)}"
    return Answer(head, (*fields, ("CV", "99"), *screen(terminal, trouble))), trouble
