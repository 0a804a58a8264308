"""The database itself refuses to withdraw a copy that stands on no approved list (R50, L31), and
to delete a decided line.

A migration that rebuilds `holdings_copy` or `withdrawal_withdrawalline` on SQLite has to call
`remove` before and `install` after: the triggers go with the table, or would point nowhere.
"""

from collections.abc import Iterator

from django.db import connection

APPROVED = (
    "EXISTS (SELECT 1 FROM withdrawal_withdrawalline WHERE copy_id = NEW.id "
    "AND decision = 'approved' AND undone_at IS NULL)"
)
UNAPPROVED = "nothing is withdrawn without an approved list"
DECIDED = "a decided line of a withdrawal list is never deleted"
_TRIGGERS = (("holdings_copy", "withdrawal_is_approved"),
             ("withdrawal_withdrawalline", "withdrawal_line_stays"))  # fmt: skip


def install() -> None:
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove() -> None:
    with connection.cursor() as cursor:
        for table, name in _TRIGGERS:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _statements(vendor: str) -> Iterator[str]:
    guarded = (
        ("withdrawal_is_approved", "BEFORE UPDATE OF state ON holdings_copy",
         "NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'", f"NOT {APPROVED}", UNAPPROVED),
        ("withdrawal_line_stays", "BEFORE DELETE ON withdrawal_withdrawalline",
         "OLD.decision <> ''", "", DECIDED),
    )  # fmt: skip
    for name, head, when, unless, sentence in guarded:
        if vendor == "postgresql":
            said = f"RAISE EXCEPTION '{sentence}';"
            body = f"IF {unless} THEN {said} END IF; RETURN NEW;" if unless else said
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {body} END $$ "
                "LANGUAGE plpgsql"
            )
            yield (
                f"CREATE TRIGGER {name} {head} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"
            )
        else:
            both = f"{when} AND {unless}" if unless else when
            yield (
                f"CREATE TRIGGER {name} {head} WHEN {both} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
