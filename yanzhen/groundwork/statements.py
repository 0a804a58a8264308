"""Statements written out by hand, sent to the driver without what the ORM's cursors add.

For the few questions and writes that happen with every loan: the text is turned into the
driver's own placeholders once, and the driver keeps it prepared. Everything else uses the ORM.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

Rows = list[tuple[Any, ...]]


def rows(sql: str, params: Sequence[Any] = ()) -> Rows:
    """Every row a statement gives. `sql` holds %s for parameters; they are values both drivers
    take as they are (see `adapted`). Raises Django's database errors.

    All rows are fetched at once: a read half done would keep SQLite on an old state of things.
    """
    if connection.queries_logged or connection.execute_wrappers:
        return _through_django(sql, params)  # somebody counts or watches what is asked
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with connection.connection.cursor() as cursor:
                return cursor.execute(sql, params, prepare=True).fetchall()
        return connection.connection.execute(_with_marks(sql), params).fetchall()


def _through_django(sql: str, params: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@cache
def _with_marks(sql: str) -> str:
    """SQLite's own placeholders; only texts written in the code come here, so few are kept."""
    return sql.replace("%s", "?").replace("%%", "%")
