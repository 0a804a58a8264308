"""Resumption tokens: signed, and holding everything, so that the server remembers no harvest."""

import datetime as dt
from dataclasses import dataclass

from django.core import signing

from yanzhen.doors.oai.asking import Wrong
from yanzhen.library.harvest.queries import Window

_SALT = "yanzhen.oai"


@dataclass(frozen=True)
class Place:
    """Where a list goes on: behind the position `after`, with `told` of `size` told already.

    `size` is what the list had when it was begun; it may have grown since.
    """

    verb: str
    prefix: str
    window: Window
    after: int = 0
    told: int = 0
    size: int = 0


def written(place: Place) -> str:
    window = place.window
    held = [
        place.verb, place.prefix, window.spec, _seconds(window.since), _seconds(window.until),
        place.after, place.told, place.size,
    ]  # fmt: skip
    return signing.dumps(held, salt=_SALT, compress=True)


def read(token: str, verb: str) -> Place:
    """Raises Wrong (badResumptionToken) for what we did not write, or wrote for another verb."""
    try:
        held = signing.loads(token, salt=_SALT)
        told_verb, prefix, spec, since, until, after, told, size = held
    except (signing.BadSignature, ValueError, TypeError):
        raise _wrong() from None
    if told_verb != verb:
        raise _wrong()
    window = Window(spec, _moment(since), _moment(until))
    return Place(verb, prefix, window, after, told, size)


def _wrong() -> Wrong:
    return Wrong("badResumptionToken", "This token is not one of ours for this verb; begin again.")


def _seconds(at: dt.datetime | None) -> int | None:
    return int(at.timestamp()) if at else None


def _moment(seconds: int | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds is not None else None
