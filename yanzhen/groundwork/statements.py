"""Statements written out by hand, sent to the driver without what the ORM's cursors add.

For the few questions and writes that happen with every loan: the text is turned into the
driver's own placeholders once, and the driver keeps it prepared. Everything else uses the ORM.
"""

import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.functional import Promise

Rows = list[tuple[Any, ...]]
_PLAIN = frozenset((int, str, bool, type(None)))  # most values; what every driver takes as it is


def rows(sql: str, params: Sequence[Any] = ()) -> Rows:
    """Every row a statement gives. `sql` holds %s for parameters; they are values both drivers
    take as they are (see `adapted`). Raises Django's database errors.

    All rows are fetched at once: a read half done would keep SQLite on an old state of things.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    if wrapper.queries_logged or wrapper.execute_wrappers:
        return _through_django(sql, params)  # somebody counts or watches what is asked
    wrapper.ensure_connection()
    wrapper.validate_no_broken_transaction()
    with wrapper.wrap_database_errors:
        if wrapper.vendor == "postgresql":
            with wrapper.connection.cursor() as cursor:
                return cursor.execute(sql, params, prepare=True).fetchall()
        return wrapper.connection.execute(_with_marks(sql), params).fetchall()


def adapted(values: Sequence[Any]) -> list[Any]:
    """Values as both drivers take them: moments, days, JSON and translated words written out."""
    ops = connections[DEFAULT_DB_ALIAS].ops
    return [value if type(value) in _PLAIN else _adapt(value, ops) for value in values]


def moment(value: dt.datetime) -> dt.datetime:
    """A moment as a row gives it; SQLite keeps it in UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _adapt(value: Any, ops: BaseDatabaseOperations) -> Any:
    if isinstance(value, dt.datetime):
        return ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return ops.adapt_datefield_value(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (str, Promise)):  # a translation not made yet, a text marked as safe
        return str(value)
    return value


def _through_django(sql: str, params: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@cache
def _with_marks(sql: str) -> str:
    """SQLite's own placeholders; only texts written in the code come here, so few are kept."""
    return sql.replace("%s", "?").replace("%%", "%")
