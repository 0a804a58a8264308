"""Holds: 15/16 placing, ending and fetching elsewhere; what 17, 63 and 09 tell about them."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from yanzhen.doors.sip2.codec import Answer, Message, stamped
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.reader_answers import card_trouble, pin_trouble
from yanzhen.doors.sip2.replies import (
    Pairs,
    day_stamp,
    institution,
    now_stamp,
    refusal,
    screen,
    yes,
)
from yanzhen.doors.sip2.terminals import actor_of
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.library.circulation.rules import a_copy_must_be_known
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holdings.queries import copies_of, copy_scanned, on_shelf
from yanzhen.library.holds.access import hold_unknown
from yanzhen.library.holds.cancelling import cancel_hold, change_pickup
from yanzhen.library.holds.models import Hold
from yanzhen.library.holds.placing import place_hold
from yanzhen.library.holds.queries import live_hold_on
from yanzhen.library.patrons.queries import card_numbered
from yanzhen.network.models import Node

THIS_COPY = "3"  # BY: a hold on one copy; every other type is a hold on the title


def hold(terminal: Terminal, asked: Message, at: dt.datetime) -> Answer:
    """15 -> 16: + places, - ends, * fetches elsewhere. AB is any copy of the title."""
    if trouble := pin_trouble(terminal, asked.field("AA"), asked.field("AD"), at):
        raise trouble
    person_id, copy = _whose_and_which(terminal, asked, at)
    ways = {"+": _place, "-": _end, "*": _elsewhere}
    if asked.fixed["mode"] not in ways:
        raise Refused("hold-mode", _("没有看懂这次预约。"), _("请到服务台办理。"))
    held = ways[asked.fixed["mode"]](terminal, asked, person_id, copy, at)
    free = copies_of([copy.bib_id]).filter(on_shelf()).exists()
    return Answer(
        f"161{yes(free)}{now_stamp(at)}",
        (
            *_wanted(held), institution(terminal), ("AA", asked.field("AA")),
            ("AB", asked.field("AB")),
            ("AJ", copy.bib.title), ("BS", held.pickup_node.code), *_queued(held),
            *screen(terminal, _told(held)),
        ),
    )  # fmt: skip


def refused(terminal: Terminal, asked: Message, at: dt.datetime, trouble: Refused) -> Answer:
    asked_for = (("AA", asked.field("AA")), ("AB", asked.field("AB")), ("AJ", ""))
    said = refusal(terminal, trouble)
    return Answer(f"160N{now_stamp(at)}", (institution(terminal), *asked_for, *said))


def _whose_and_which(terminal: Terminal, asked: Message, at: dt.datetime) -> tuple[int, Copy]:
    card = card_numbered(asked.field("AA"))
    copy = copy_scanned(asked.field("AB"), terminal.node)
    refuse_first(
        card_trouble(card, asked.field("AA"), at),
        a_copy_must_be_known(copy is not None, asked.field("AB")),
    )
    assert card is not None
    assert copy is not None
    return card.person_id, copy


def _place(terminal: Terminal, asked: Message, person_id: int, copy: Copy, at: dt.datetime) -> Hold:
    until = stamped(asked.field("BW"), timezone.get_current_timezone())
    return place_hold(
        person_id=person_id, bib_id=copy.bib_id, pickup=_pickup(terminal, asked),
        copy_id=copy.pk if asked.field("BY") == THIS_COPY else None,
        wanted_until=until.date() if until else None, by=actor_of(terminal), at=at,
    )  # fmt: skip


def _end(terminal: Terminal, asked: Message, person_id: int, copy: Copy, at: dt.datetime) -> Hold:
    return cancel_hold(hold_id=_theirs(person_id, copy).pk, by=actor_of(terminal), at=at)


def _elsewhere(
    terminal: Terminal, asked: Message, person_id: int, copy: Copy, at: dt.datetime
) -> Hold:
    hold = _theirs(person_id, copy)
    where = _pickup(terminal, asked)
    return change_pickup(hold_id=hold.pk, pickup=where, by=actor_of(terminal), at=at)


def _pickup(terminal: Terminal, asked: Message) -> Node | None:
    """BS by its code; the machine's own branch when it does not say."""
    code = asked.field("BS").strip()
    return Node.objects.libraries().filter(code=code).first() if code else terminal.node


def _theirs(person_id: int, copy: Copy) -> Hold:
    hold = live_hold_on(copy.bib_id, person_id)
    if hold is None:
        raise hold_unknown()
    return hold


def _wanted(hold: Hold) -> Pairs:
    """BW, the first of the fields: some clients take it for a fixed one."""
    return (("BW", day_stamp(hold.wanted_until)),) if hold.wanted_until else ()


def _queued(hold: Hold) -> Pairs:
    waits = hold.state == Hold.State.WAITING
    return (("BR", str(hold.position)),) if waits and hold.position else ()


def _told(hold: Hold) -> str:
    if hold.state == Hold.State.CANCELLED:
        return _("已取消预约。")
    where = {"place": hold.pickup_node.short_label, "n": hold.position}
    if hold.state == Hold.State.WAITING:
        return _("预约好了，排第 %(n)d 位，到%(place)s取。") % where
    return _("预约的书到%(place)s取。") % where
