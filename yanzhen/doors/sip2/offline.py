"""What a machine did while it was cut off (no-block): taken in once; what cannot be done any more
stops only itself, and stands on the exceptions list of the desk."""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yanzhen.doors.sip2.codec import Answer, Message
from yanzhen.doors.sip2.models import OfflineDeed, Terminal
from yanzhen.doors.sip2.replies import institution, moment, now_stamp, screen
from yanzhen.doors.sip2.terminals import actor_of
from yanzhen.library.circulation.overtaking import note_overtaken
from yanzhen.library.circulation.queries import open_loan_of_copy
from yanzhen.library.holdings.queries import copy_scanned
from yanzhen.library.patrons.queries import card_form

# An answer, and what stood against it in words ("" where nothing did).
Reply = Callable[[Terminal, Message, dt.datetime], tuple[Answer, str]]


def is_offline(asked: Message) -> bool:
    return asked.code in {"09", "11"} and asked.fixed["no_block"] == "Y"


def once(terminal: Terminal, asked: Message, at: dt.datetime, reply: Reply) -> Answer:
    """The answer to offline work; what was sent before gets the answer it got then."""
    done_at = moment(asked.fixed["return_date" if asked.code == "09" else "date"], at)
    said_before = (asked.code, asked.fixed, asked.field("AA"), asked.field("AB"))
    key = hashlib.sha256(repr(said_before).encode()).hexdigest()
    try:
        with transaction.atomic():
            row = OfflineDeed.objects.create(
                terminal=terminal, key=key, code=asked.code, barcode=asked.field("AB")[:60],
                done_at=done_at, received_at=at,
            )  # fmt: skip
            said, trouble = _unless_overtaken(terminal, asked, at, done_at, reply)
            if trouble:
                _list(terminal, asked, done_at, trouble, at)
            # Whose card it was is in the frame that is sent again; it is not kept here (L07).
            kept = [(tag, "" if tag in {"AA", "AE"} else value) for tag, value in said.fields]
            row.trouble, row.answer = trouble[:200], [said.head, kept]
            row.save(update_fields=["trouble", "answer"])
            return said
    except IntegrityError:
        earlier = OfflineDeed.objects.filter(terminal=terminal, key=key).first()
        if earlier is None or earlier.answer is None:
            raise
    head, fields = earlier.answer
    card = asked.field("AA")
    return Answer(head, tuple((tag, card if tag == "AA" else value) for tag, value in fields))


def _unless_overtaken(
    terminal: Terminal, asked: Message, at: dt.datetime, done_at: dt.datetime, reply: Reply
) -> tuple[Answer, str]:
    """A return older than the loan that is open now would close somebody else's loan."""
    copy = copy_scanned(asked.field("AB"), terminal.node) if asked.code == "09" else None
    loan = open_loan_of_copy(copy.pk) if copy else None
    if copy is None or loan is None or loan.lent_at <= done_at:
        return reply(terminal, asked, at)
    trouble = _("还书之后这本书又借出了，没有改动现在的借阅。")
    fields = (institution(terminal), ("AB", copy.barcode), ("AQ", copy.home_node.code))
    head = f"101NUY{now_stamp(at)}"
    return Answer(head, (*fields, ("CV", "99"), *screen(terminal, trouble))), trouble


def _list(
    terminal: Terminal, asked: Message, done_at: dt.datetime, trouble: str, at: dt.datetime
) -> None:
    lending = asked.code == "11"
    when = date_format(timezone.localtime(done_at), "m-d H:i")
    said = {"when": when, "trouble": trouble}
    note_overtaken(
        barcode=asked.field("AB"), copy=copy_scanned(asked.field("AB"), terminal.node),
        card_number=card_form(asked.field("AA")) if lending else "",
        note=(
            _("%(when)s 借出：%(trouble)s书在读者手里，请联系读者，补借或请他还回。")
            if lending
            else _("%(when)s 还回：%(trouble)s书如果在馆里，请在借还页扫一次。")
        ) % said,
        node=terminal.node, by=actor_of(terminal), at=at,
    )  # fmt: skip
