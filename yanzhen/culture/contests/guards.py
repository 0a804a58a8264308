"""The database itself refuses a sheet of a judge for the own town, or for another round, and
points or criteria that change under a sheet.

A migration that rebuilds one of these tables on SQLite calls `remove` before and `install` after.
"""

from collections.abc import Iterator

from django.db import connection

_OWN_TOWN = (
    "EXISTS (SELECT 1 FROM contests_judge j, contests_entry e, contests_team t "
    "WHERE j.id = NEW.judge_id AND e.id = NEW.entry_id AND t.id = e.team_id "
    "AND (j.division_id = t.division_id OR j.round_id <> e.round_id))"
)
_FROZEN = (
    "EXISTS (SELECT 1 FROM contests_rubric r WHERE r.id = OLD.rubric_id "
    "AND r.frozen_at IS NOT NULL)"
)
_GUARDED = (
    ("judge_is_of_another_town", "contests_scoresheet", "BEFORE INSERT", _OWN_TOWN,
     "a judge gives no score to the own town"),
    ("frozen_rubric_stays", "contests_rubricline", "BEFORE UPDATE", _FROZEN,
     "a frozen rubric never changes"),
    ("score_line_stays", "contests_scoreline", "BEFORE UPDATE", "1 = 1",
     "points once given are never changed"),
)  # fmt: skip


def install() -> None:
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove() -> None:
    with connection.cursor() as cursor:
        for name, table, _head, _when, _sentence in _GUARDED:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _statements(vendor: str) -> Iterator[str]:
    for name, table, head, when, sentence in _GUARDED:
        if vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF {when} THEN RAISE EXCEPTION '{sentence}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                "RETURN NEW; END $$ LANGUAGE plpgsql"
            )
            yield (
                f"CREATE TRIGGER {name} {head} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            yield (
                f"CREATE TRIGGER {name} {head} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
