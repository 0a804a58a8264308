"""What each machine sent today, and what has been changed about it meanwhile.

Counted in memory and written down every few seconds: a frame costs no write.
"""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from yanzhen.doors.sip2.models import Terminal, TerminalDay
from yanzhen.groundwork.clock import local_day


class Watch:
    """Counts from several threads."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._frames: Counter[int] = Counter()
        self._errors: Counter[int] = Counter()

    def note(self, terminal_id: int, *, error: bool = False) -> None:
        """A frame came; `error`: it could not be read or answered."""
        with self._counting:
            self._frames[terminal_id] += 1
            self._errors[terminal_id] += error

    def write_down(self, at: dt.datetime) -> None:
        """Add what was counted to the day; what cannot be written is kept for the next time."""
        with self._counting:
            frames, errors = self._frames, self._errors
            self._frames, self._errors = Counter(), Counter()
        try:
            with transaction.atomic():
                for terminal_id, count in sorted(frames.items()):
                    _add(terminal_id, count, errors[terminal_id], at)
        except Exception:
            with self._counting:
                self._frames += frames
                self._errors += errors
            raise


def _add(terminal_id: int, frames: int, errors: int, at: dt.datetime) -> None:
    Terminal.objects.filter(pk=terminal_id).update(last_seen_at=at)
    day, _made = TerminalDay.objects.get_or_create(terminal_id=terminal_id, day=local_day(at))
    TerminalDay.objects.filter(pk=day.pk).update(
        frames=F("frames") + frames, errors=F("errors") + errors
    )


def as_they_are(terminal_ids: Iterable[int]) -> dict[int, Terminal]:
    """Machines by their id as they stand now."""
    return Terminal.objects.select_related("node__site").in_bulk(terminal_ids)
