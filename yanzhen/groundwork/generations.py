"""Keep slow-changing things (rules, calendars) in memory without ever serving an old one.

Whoever changes such a thing calls `bump(name)` in the same transaction; whoever keeps a copy
asks `current(name)` (or joins the row into a query it makes anyway and says so with `note`) and
forgets the copy when the number has moved.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import F
from django.db.models.functions import Greatest

from yanzhen.groundwork import statements
from yanzhen.groundwork.models import Generation

V = TypeVar("V")
# Written out: nearly every page asks, and for the ORM to put it together takes ten times longer.
_CURRENT = f"SELECT number FROM {Generation._meta.db_table} WHERE name = %s"  # noqa: S608


_read: ContextVar[dict[str, int] | None] = ContextVar("generations_read", default=None)


def current(name: str) -> int:
    """The generation in force; 0 before anything was changed for the first time."""
    read = _read.get()
    if read and name in read:
        return read[name]
    found = statements.rows(_CURRENT, [name])
    return found[0][0] if found else 0


@contextmanager
def read_once() -> Iterator[None]:
    """For the length of one call: a generation that was read along with something else (`note`)
    is not asked for again."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def note(name: str, number: int) -> None:
    """This generation has just been read; kept only inside `read_once`."""
    read = _read.get()
    if read is not None:
        read[name] = number


def bump(name: str) -> None:
    """Start a new generation, in the transaction of the change.

    A number never comes twice, not even after a rollback: it is the microsecond, or one more.
    Two first changes at once: the second waits for the row of the first and moves it on.
    """
    number = time.time_ns() // 1000
    (_read.get() or {}).pop(name, None)
    row = Generation.objects.filter(name=name)
    moved = row.update(number=Greatest(F("number") + 1, number))
    if not moved:
        first = Generation(name=name, number=number)
        Generation.objects.bulk_create([first], ignore_conflicts=True)
        row.update(number=Greatest(F("number") + 1, number))


class Kept(Generic[V]):
    """A small memory of values made by `make(key)`, forgotten when the generation moves."""

    everywhere: ClassVar[list["Kept"]] = []

    def __init__(self, make: Callable[[Any], V]):
        self._make = make
        self.everywhere.append(self)
        self._held: tuple[int | None, dict[Hashable, V]] = (None, {})

    def forget(self) -> None:
        """Forget everything: when the database itself was exchanged."""
        self._held = (None, {})

    def get(self, key: Hashable, number: int) -> V:
        """The value for `key` in generation `number`.

        Number and values are read and exchanged as one, so that a slow `make` in another thread
        puts what it made among the values of its own generation.
        """
        held, values = self._held
        if number != held:
            values = {}
            self._held = (number, values)
        if key not in values:
            values[key] = self._make(key)
        return values[key]
