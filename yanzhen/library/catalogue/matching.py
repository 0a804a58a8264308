"""Is this title in the catalogue already? Asked for a whole batch at a time, by `match_key`."""

import json
from collections.abc import Iterable

from django.db import connection

from yanzhen.library.catalogue.models import BibRecord

_LOCK = 7_204_621  # our own number for PostgreSQL's advisory lock
_TABLE = BibRecord._meta.db_table


def hold() -> None:
    """Let nobody else add titles until the end of this transaction.

    Two imports of one file would otherwise not see each other's titles. On SQLite the write
    transaction itself is alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def found(keys: Iterable[str]) -> dict[str, int]:
    """The id of the oldest living title for each key that has one; "" never matches."""
    wanted = [key for key in keys if key]
    if not wanted:
        return {}
    asked = "match_key = ANY(%s)"
    parameter: list[str] | str = wanted
    if connection.vendor == "sqlite":  # one parameter, however many keys
        asked = "match_key IN (SELECT value FROM json_each(%s))"
        parameter = json.dumps(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT match_key, MIN(id) FROM {_TABLE} "  # noqa: S608
            f"WHERE {asked} AND deleted_at IS NULL GROUP BY match_key",
            [parameter],
        )
        return dict(cursor.fetchall())
