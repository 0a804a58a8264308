"""One request of a machine, one answer: the table of messages."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from yanzhen.doors.sip2 import hold_answers, item_answers, loan_answers, offline, reader_answers
from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.replies import institution, now_stamp, screen
from yanzhen.groundwork.abreast import ALONE, Errand, alone
from yanzhen.groundwork.refusals import Refused

# BX: what is on, in the standard's order. 01, 19, 25 and 37 change nothing here.
SUPPORTED = "YYYNYYYYYNYNNYYY"


def sc_status(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """99 -> 98: always on line; offline work is taken in afterwards."""
    head = f"98YYYYNY100003{now_stamp(at)}2.00"
    house = (("AM", terminal.node.label), ("BX", SUPPORTED), ("AN", terminal.name))
    return Answer(head, (institution(terminal), *house))


def fee_paid(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """37 -> 38 N: nothing is ever owed here, so no money is taken."""
    said = screen(terminal, _("没有要付的费用，请不要付款。"))
    return Answer(f"38N{now_stamp(at)}", (institution(terminal), ("AA", asked.field("AA")), *said))


Reply = Callable[[Terminal, Message, dt.datetime], Answer]
# What happens all day, at many machines at once.
ERRANDS: dict[str, Callable[[Terminal, Message, dt.datetime], Errand[Answer]]] = {
    "09": item_answers.check_in, "11": loan_answers.check_out,
}  # fmt: skip
REPLIES: dict[str, Reply] = {
    "01": reader_answers.status, "15": hold_answers.hold, "17": item_answers.information,
    "19": item_answers.status_update, "23": reader_answers.status, "29": loan_answers.renewal,
    "35": reader_answers.end_session, "37": fee_paid, "63": reader_answers.information,
    "65": loan_answers.renew_all, "99": sc_status,
}  # fmt: skip
REFUSALS = {
    "11": loan_answers.refused, "15": hold_answers.refused, "29": loan_answers.refused,
    "65": loan_answers.refused,
}  # fmt: skip


def answering(terminal: Terminal, asked: Message, at: dt.datetime) -> Errand[Answer]:
    """Ask the use-case behind a message; a refusal becomes the answer of the same pair."""
    if offline.is_offline(asked):
        yield ALONE
        return offline.once(terminal, asked, at, _reply)
    said, _trouble = yield from _replying(terminal, asked, at)
    return said


def _reply(terminal: Terminal, asked: Message, at: dt.datetime) -> tuple[Answer, str]:
    return alone(_replying(terminal, asked, at))


def _replying(terminal: Terminal, asked: Message, at: dt.datetime) -> Errand[tuple[Answer, str]]:
    """The answer, and what stood against it in words ("" where nothing did)."""
    try:
        if asked.code in ERRANDS:
            return (yield from ERRANDS[asked.code](terminal, asked, at)), ""
        yield ALONE
        return REPLIES[asked.code](terminal, asked, at), ""
    except Refused as refused:
        if asked.code not in REFUSALS:
            raise
        return REFUSALS[asked.code](terminal, asked, at, refused), refused.message
