"""Small parts that every answer is made of."""

import datetime as dt

from django.utils import timezone

from yanzhen.doors.sip2.codec import Answer, Message, stamp, stamped
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.wire import cut
from yanzhen.groundwork.refusals import Refused

Pairs = tuple[tuple[str, str], ...]


def now_stamp(at: dt.datetime) -> str:
    return stamp(timezone.localtime(at))


def day_stamp(day: dt.date | None) -> str:
    """A due date as machines want it: the last second of the day."""
    return f"{day:%Y%m%d}    235959" if day else ""


def moment(text: str, at: dt.datetime) -> dt.datetime:
    """When a machine says it happened; never in the future, and now if it does not say."""
    said = stamped(text, timezone.get_current_timezone())
    return min(said, at) if said else at


def institution(terminal: Terminal) -> tuple[str, str]:
    return "AO", terminal.institution or terminal.node.code


def screen(terminal: Terminal, text: str) -> Pairs:
    """A line for the person in front of the machine, no wider than its screen."""
    return (("AF", cut(text, terminal.screen_width)),) if text else ()


def refusal(terminal: Terminal, refused: Refused) -> Pairs:
    """What is the matter, and what to do where the screen has room for both."""
    whole = refused.in_full
    fits = cut(whole, terminal.screen_width) == whole
    return screen(terminal, whole if fits else refused.message)


def yes(value: object) -> str:
    return "Y" if value else "N"


__all__ = ["Answer", "Message"]
