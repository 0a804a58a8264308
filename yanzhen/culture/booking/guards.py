"""What the database itself refuses, whoever writes: walk-in places are never sold online (R19).

Three triggers. An allotment keeps its session and channel, and walk-in places only become fewer
where a transfer to nobody says so: they are given up, not lent. A booking of another channel never
waits on walk-in places; only who is checked in stands on one. No transfer leads out of them to
another channel.

They look at tables of this package only, so that no other package's migration meets them. One that
rebuilds a table named here on SQLite calls `remove` before and `install` after.
"""

from collections.abc import Iterator

from django.db import connection

_SHRINKS = (
    "OLD.channel = 'walk_in' AND NEW.places < OLD.places AND NOT EXISTS "
    "(SELECT 1 FROM booking_allotmenttransfer WHERE source_id = OLD.id AND target_id IS NULL "
    "AND places = OLD.places - NEW.places AND source_left = NEW.places)"
)
_CHANGES_SIDES = "NEW.channel <> OLD.channel OR NEW.session_id <> OLD.session_id"
_SOLD = (
    "EXISTS (SELECT 1 FROM booking_allotment WHERE id = NEW.allotment_id "
    "AND (session_id <> NEW.session_id OR channel = 'walk_in' "
    "AND NEW.channel <> 'walk_in' AND NEW.state IN ('held', 'confirmed')))"
)
_LENT = (
    "NEW.target_id IS NOT NULL AND EXISTS (SELECT 1 FROM booking_allotment "
    "WHERE id = NEW.source_id AND channel = 'walk_in')"
)
SAID = "walk_in_places_are_never_sold_online"
# name, table, events, on which rows it looks, what it refuses
_TRIGGERS = (
    (
        "walk_in_places_stay", "booking_allotment", ("UPDATE",),
        f"NEW.places < OLD.places OR {_CHANGES_SIDES}",
        f"({_SHRINKS}) OR ({_CHANGES_SIDES})",
    ),
    (
        "walk_in_places_are_not_booked", "booking_booking",
        ("INSERT", "UPDATE OF allotment_id, channel, state, session_id"),
        "NEW.state IN ('held', 'confirmed', 'checked_in')", _SOLD,
    ),
    ("walk_in_places_are_not_lent", "booking_allotmenttransfer", ("INSERT",), "TRUE", _LENT),
)  # fmt: skip


def install() -> None:
    _run(_statements(connection.vendor))


def remove() -> None:
    drop = "DROP TRIGGER IF EXISTS {name}_{n}" + (
        " ON {table}" if connection.vendor == "postgresql" else ""
    )
    _run(
        drop.format(name=name, table=table, n=n)
        for name, table, events, _looks, _refused in _TRIGGERS
        for n in range(len(events))
    )


def _run(statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _statements(vendor: str) -> Iterator[str]:
    for name, table, events, looks, refused in _TRIGGERS:
        if vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = '23514'; END IF; "
                "RETURN NEW; END $$ LANGUAGE plpgsql"
            )
        for n, event in enumerate(events):
            head = f"CREATE TRIGGER {name}_{n} BEFORE {event} ON {table} FOR EACH ROW "
            if vendor == "postgresql":
                yield f"{head} WHEN ({looks}) EXECUTE FUNCTION {name}()"
            else:
                yield (
                    f"{head} WHEN ({looks}) AND ({refused}) "
                    f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
                )
