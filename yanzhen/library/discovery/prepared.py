"""Querysets compiled once: for the few reads of a result page, where building the SQL through the
ORM costs several times what running it does."""

from collections.abc import Callable, Iterable
from functools import cached_property

from django.db.models import QuerySet

from yanzhen.groundwork import statements


class Prepared:
    """A `values_list` over some ids; `make(ids)` builds it with the ids in one IN list.

    The rows come as the database gives them: fit for text and numbers, not for dates or JSON.
    """

    def __init__(self, make: Callable[[Iterable[int]], QuerySet], length: int):
        self._make = make
        self._marks = range(-length, 0)  # stand for the ids; no row has a negative id

    @cached_property
    def _compiled(self) -> tuple[str, list, list[tuple[int, int]]]:
        """The text, its values, and where among them which of the ids stands."""
        sql, params = self._make(self._marks).query.sql_with_params()
        values = statements.adapted(params)
        numbers = {mark: number for number, mark in enumerate(self._marks)}
        places = [(at, numbers[value]) for at, value in enumerate(values) if value in numbers]
        return sql, values, places

    def rows(self, ids: Iterable[int]) -> list[tuple]:
        """The rows of the ids; more ids than the length take several queries."""
        ids, length = list(ids), len(self._marks)
        found: list[tuple] = []
        for start in range(0, len(ids), length):
            found += self._some(ids[start : start + length])
        return found

    def _some(self, ids: list[int]) -> list[tuple]:
        sql, values, places = self._compiled
        given = values.copy()
        for at, number in places:
            given[at] = ids[number] if number < len(ids) else ids[0]
        return statements.rows(sql, given)
