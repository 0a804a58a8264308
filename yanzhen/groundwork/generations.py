"""Keep slow-changing things (rules, calendars) in memory without ever serving an old one.

Whoever changes such a thing calls `bump(name)` in the same transaction; whoever keeps a copy
asks `current(name)` (or joins the row into a query it makes anyway) and forgets the copy when
the number has moved.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import F
from django.db.models.functions import Greatest

from yanzhen.groundwork import statements
from yanzhen.groundwork.models import Generation

V = TypeVar("V")
# Written out: nearly every page asks, and for the ORM to put it together takes ten times longer.
_CURRENT = f"SELECT number FROM {Generation._meta.db_table} WHERE name = %s"  # noqa: S608


def current(name: str) -> int:
    """The generation in force; 0 before anything was changed for the first time."""
    found = statements.rows(_CURRENT, [name])
    return found[0][0] if found else 0


def bump(name: str) -> None:
    """Start a new generation, in the transaction of the change.

    A number never comes twice, not even after a rollback: it is the microsecond, or one more.
    Two first changes at once: the second waits for the row of the first and moves it on.
    """
    number = time.time_ns() // 1000
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
