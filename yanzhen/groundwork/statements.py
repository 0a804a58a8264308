"""Statements written out by hand, sent to the driver without what the ORM's cursors add.

For the few questions and writes that happen with every loan: the text is turned into the
driver's own placeholders once, and the driver keeps it prepared. Everything else uses the ORM.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.functional import Promise

Rows = list[tuple[Any, ...]]
Ask = Callable[[str, Sequence[Any]], Rows]
_PLAIN = frozenset((int, str, bool, type(None)))  # most values; what every driver takes as it is
_json = json.JSONEncoder(ensure_ascii=False).encode


def rows(sql: str, params: Sequence[Any] = ()) -> Rows:
    """Every row a statement gives. `sql` holds %s for parameters; they are values both drivers
    take as they are (see `adapted`). Raises Django's database errors.

    All rows are fetched at once: a read half done would keep SQLite on an old state of things.
    """
    return asking()(sql, params)


def many(asked: Sequence[tuple[str, Sequence[Any]]], *, whole: bool = False) -> list[Rows]:
    """`rows` of each; to PostgreSQL they travel together, in one round trip. Raises what the first
    that failed raised. With `whole` they stand or fall together."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    several = len(asked) > 1
    in_one_trip = several and wrapper.vendor == "postgresql" and not _watched(wrapper)
    if whole and several and (wrapper.in_atomic_block or not in_one_trip):
        with transaction.atomic():
            return many(asked)
    if not in_one_trip:
        ask = asking()
        return [ask(sql, params) for sql, params in asked]
    wrapper.ensure_connection()
    with wrapper.wrap_database_errors:
        return _in_one_trip(wrapper.connection, [*asked, _LAST] if whole else asked)[: len(asked)]


# What is checked at the end is checked while there is still a statement to be blamed for it: an
# error of the sync itself leaves psycopg's connection unusable.
_LAST: tuple[str, Sequence[Any]] = ("SET CONSTRAINTS ALL IMMEDIATE", ())


def _in_one_trip(wire: Any, asked: Sequence[tuple[str, Sequence[Any]]]) -> list[Rows]:
    with wire.pipeline():  # one sync at its end: to PostgreSQL, a transaction
        cursors = [wire.cursor().execute(sql, params, prepare=True) for sql, params in asked]
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


def asking() -> Ask:
    """`rows` for several statements in a row: what they share is looked up once."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    if _watched(wrapper):
        return _through_django
    if wrapper.connection is None:
        wrapper.ensure_connection()
    send = _to_postgresql if wrapper.vendor == "postgresql" else _to_sqlite

    def ask(sql: str, params: Sequence[Any]) -> Rows:
        if wrapper.needs_rollback:
            wrapper.validate_no_broken_transaction()
        try:
            return send(wrapper.connection, sql, params)
        except Exception:
            with wrapper.wrap_database_errors:
                raise

    return ask


def _watched(wrapper: Any) -> bool:
    """Somebody counts or watches what is asked."""
    return bool(wrapper.queries_logged or wrapper.execute_wrappers)


def adapted(values: Sequence[Any]) -> list[Any]:
    """Values as both drivers take them: moments, days, JSON and translated words written out."""
    return [value if type(value) in _PLAIN else _adapt(value) for value in values]


def moment(value: dt.datetime) -> dt.datetime:
    """A moment as a row gives it; SQLite keeps it in UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _adapt(value: Any) -> Any:
    if isinstance(value, dt.date):
        return _adapt_date(value, connections[DEFAULT_DB_ALIAS].vendor)
    if isinstance(value, dict):
        return _json(value)
    if isinstance(value, (str, Promise)):  # a translation not made yet, a text marked as safe
        return str(value)
    return value


@lru_cache(maxsize=256)
def _adapt_date(value: dt.date, _vendor: str) -> Any:
    """A moment or a day; one act writes the same moment down several times."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


def _to_postgresql(wire: Any, sql: str, params: Sequence[Any]) -> Rows:
    with wire.cursor() as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()


def _to_sqlite(wire: Any, sql: str, params: Sequence[Any]) -> Rows:
    return wire.execute(_with_marks(sql), params).fetchall()


def _through_django(sql: str, params: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@cache
def _with_marks(sql: str) -> str:
    """SQLite's own placeholders; only texts written in the code come here, so few are kept."""
    return sql.replace("%s", "?").replace("%%", "%")
