"""Statements written out by hand, sent to the driver without what the ORM's cursors add.

For the few questions and writes that happen with every loan: the text is turned into the
driver's own placeholders once, and the driver keeps it prepared. Everything else uses the ORM.
"""

import datetime as dt
import itertools
import json
import threading
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.functional import Promise

from yanzhen.groundwork.placeholders import placed

Rows = list[tuple[Any, ...]]
Ask = Callable[[str, Sequence[Any]], Rows]
Asked = tuple[str, Sequence[Any]]
Tell = Callable[[int, Rows], None]
_PLAIN = frozenset((int, str, bool, type(None)))  # most values; what every driver takes as it is
_json = json.JSONEncoder(ensure_ascii=False).encode


def rows(sql: str, params: Sequence[Any] = ()) -> Rows:
    """Every row a statement gives. `sql` holds %s for parameters; they are values both drivers
    take as they are (see `adapted`). Raises Django's database errors.

    All rows are fetched at once: a read half done would keep SQLite on an old state of things.
    """
    return asking()(sql, params)


def many(asked: Sequence[Asked], tell: Tell, *, whole: bool = False) -> None:
    """`tell` the number and the `rows` of each; with `whole` they stand or fall together. Raises
    what the first that failed raised.

    To PostgreSQL they travel in one round trip, and each is told while the next is being answered:
    what was told holds only once this returns. `tell` must not raise: they may be kept then.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    if len(asked) > 1 and wrapper.vendor == "postgresql" and _is_free(wrapper):
        _in_one_trip(asked, tell)
    elif whole and len(asked) > 1:
        with transaction.atomic():
            many(asked, tell)
    else:
        ask = asking()
        for number, (sql, params) in enumerate(asked):
            tell(number, ask(sql, params))


def _is_free(wrapper: Any) -> bool:
    """In no transaction, and nobody watches."""
    return not (wrapper.in_atomic_block or _watched(wrapper))


class _Aside(threading.local):
    """A second connection of this thread: who is told may use the first meanwhile."""

    wrapper: Any = None


_aside = _Aside()


def _in_one_trip(asked: Sequence[Asked], tell: Tell) -> None:
    if _aside.wrapper is None:
        _aside.wrapper = connections[DEFAULT_DB_ALIAS].copy()
    wrapper = _aside.wrapper
    numbers = itertools.count()
    try:
        wrapper.ask(asked, lambda rows: tell(next(numbers), rows))
    finally:
        if wrapper.connection is None or wrapper.connection.closed:
            close_aside()
            # The first has most likely lost its server too: it is tried before it is used again.
            connections[DEFAULT_DB_ALIAS].errors_occurred = True


def close_aside() -> None:
    """Hang up the second connection, if there is one; the next who needs it opens another."""
    if _aside.wrapper:
        _aside.wrapper.close()
        _aside.wrapper = None


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
            return send(wrapper, sql, params)
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


def _to_postgresql(wrapper: Any, sql: str, params: Sequence[Any]) -> Rows:
    if wrapper.get_autocommit():
        told: list[Rows] = []
        wrapper.ask([(sql, params)], told.append)
        return told[0]
    with wrapper.connection.cursor() as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()


def _to_sqlite(wrapper: Any, sql: str, params: Sequence[Any]) -> Rows:
    return wrapper.connection.execute(_with_marks(sql), params).fetchall()


def _through_django(sql: str, params: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@cache
def _with_marks(sql: str) -> str:
    """SQLite's own placeholders; only texts written in the code come here, so few are kept."""
    return placed(sql, lambda: "?")
