"""The database itself refuses to delete a copy, and to change a stock event (R50, L31)."""

from collections.abc import Iterator

from django.db import connection

_REFUSED = (("holdings_stockevent", "update"), ("holdings_stockevent", "delete"),
            ("holdings_copy", "delete"))  # fmt: skip
_SENTENCE = "copies and stock events are never deleted"


def install() -> None:
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove() -> None:
    """Take the guards off: only a test database that must be emptied has a reason to."""
    with connection.cursor() as cursor:
        for table, event in _guarded(connection.vendor):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")


def _guarded(vendor: str) -> Iterator[tuple[str, str]]:
    yield from _REFUSED
    if vendor == "postgresql":
        yield from (("holdings_stockevent", "truncate"), ("holdings_copy", "truncate"))


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION stock_is_append_only() RETURNS trigger AS $$ BEGIN "
            f"RAISE EXCEPTION '{_SENTENCE}'; END $$ LANGUAGE plpgsql"
        )
    for table, event in _guarded(vendor):
        name, head = f"{table}_no_{event}", f"BEFORE {event.upper()} ON {table}"
        if vendor == "postgresql":
            yield f"CREATE TRIGGER {name} {head} EXECUTE FUNCTION stock_is_append_only()"
        else:
            yield f"CREATE TRIGGER {name} {head} BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
