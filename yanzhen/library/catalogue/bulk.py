"""Writing titles by the thousand: COPY on PostgreSQL, executemany on SQLite. No model instances."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection

from yanzhen.library.catalogue.models import BibRecord
from yanzhen.library.catalogue.titles import Title

_TABLE = BibRecord._meta.db_table
_COLUMNS = ("id", *Title._fields, "source", "created_at", "changed_at")
_NAMES = ", ".join(_COLUMNS)


def next_ids(count: int) -> Sequence[int]:
    """Reserve ids for `count` new titles, in the current transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [_TABLE, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [_TABLE])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + count)


def insert(ids: Sequence[int], titles: Sequence[tuple], *, source: str, at: dt.datetime) -> None:
    """Insert `titles` (the columns of `Title`) under `ids`."""
    moment = connection.ops.adapt_datetimefield_value(at)
    if connection.vendor == "postgresql":
        moment = at.isoformat()  # written once, not converted for every row
    tail = (source, moment, moment)
    rows = ((bib_id, *title, *tail) for bib_id, title in zip(ids, titles, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, rows)
        else:
            marks = ", ".join(["?"] * len(_COLUMNS))
            statement = f"INSERT INTO {_TABLE} ({_NAMES}) VALUES ({marks})"  # noqa: S608
            cursor.cursor.connection.executemany(statement, rows)


def _copy(cursor, rows: Iterable[tuple]) -> None:
    with cursor.cursor.copy(f"COPY {_TABLE} ({_NAMES}) FROM STDIN") as copy:
        write = copy.write_row
        for row in rows:
            write(row)


def replace(ids: Sequence[int], titles: Sequence[tuple], *, at: dt.datetime) -> None:
    """Put `titles` in the place of the ones under `ids`, each a revision further."""
    moment = connection.ops.adapt_datetimefield_value(at)
    columns = ", ".join(f"{name} = %s" for name in Title._fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_TABLE} SET {columns}, changed_at = %s, "  # noqa: S608
            "revision = revision + 1 WHERE id = %s",
            [(*title, moment, bib_id) for bib_id, title in zip(ids, titles, strict=True)],
        )


def marc_of(ids: Iterable[int]) -> dict[int, str]:
    """The MARC of some titles, by id."""
    return dict(BibRecord.objects.filter(pk__in=ids).values_list("id", "marc"))
