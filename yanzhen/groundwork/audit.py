"""The audit trail: written with the act, chained afterwards, never changed (L18)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from yanzhen.groundwork import chain
from yanzhen.groundwork.chain import Step
from yanzhen.groundwork.models import AuditEntry, AuditLink

GENESIS = "0" * 64


class Actor(Protocol):
    """Whoever acts: a signed-in person, a terminal, or the system itself."""

    @property
    def account_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class System:
    """The software acting on its own, e.g. the worker or a command."""

    name: str = "系统"
    account_id: None = None


def write(
    *, by: Actor, at: dt.datetime, action: str, subject: str, place: str = "", **detail
) -> None:
    """Add a line in the current transaction; `detail` must be JSON values without secrets."""
    chain.run([step(by=by, at=at, action=action, subject=subject, place=place, **detail)])


def step(*, by: Actor, at: dt.datetime, action: str, subject: str, place: str, **detail) -> Step:
    """The same line as a step of a chain of writes."""
    return Step(
        "audited",
        f"INSERT INTO {AuditEntry._meta.db_table} "
        "(at, by_id, by_name, action, subject, place, detail) "
        "SELECT %s, %s, %s, %s, %s, %s, %s WHERE {given}",
        (at, by.account_id, by.name, action, subject, place, detail),
    )


_CHAIN = 7_204_612  # our own number for PostgreSQL's advisory lock
LATE = 10_000


def unsealed(*, thorough: bool = False) -> QuerySet[AuditEntry]:
    """Entries without a link, oldest first.

    A long transaction commits its entries after younger ones are sealed, so the last 10,000 ids
    are looked at again each time; only `thorough` looks at the whole trail.
    """
    waiting = AuditEntry.objects.filter(~Exists(AuditLink.objects.filter(entry=OuterRef("pk"))))
    if not thorough:
        newest = AuditLink.objects.aggregate(id=Max("entry_id"))["id"] or 0
        waiting = waiting.filter(pk__gt=newest - LATE)
    return waiting.order_by("pk")


def seal(limit: int = 500, *, thorough: bool = False) -> int:
    """Chain entries that have no link yet, oldest first; return how many were chained."""
    if not unsealed(thorough=thorough).exists():
        return 0
    with transaction.atomic():
        _hold_chain()
        last = AuditLink.objects.order_by("-id").first()
        digest = last.digest if last else GENESIS
        links = []
        for entry in unsealed(thorough=thorough)[:limit]:
            digest = _digest(digest, entry)
            links.append(AuditLink(entry=entry, digest=digest))
        AuditLink.objects.bulk_create(links)
    return len(links)


def _hold_chain() -> None:
    """One sealer at a time, until the end of this transaction; on SQLite there is only one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN])


def broken_links() -> Iterator[int]:
    """Yield the ids of entries whose link does not fit the chain: somebody changed history."""
    digest = GENESIS
    for link in AuditLink.objects.select_related("entry").order_by("id").iterator(2000):
        if link.digest != _digest(digest, link.entry):
            yield link.entry_id
        digest = link.digest


def _digest(previous: str, entry: AuditEntry) -> str:
    line = json.dumps(
        [
            entry.pk,
            entry.at.astimezone(dt.UTC).isoformat(),
            entry.by_id,
            entry.by_name,
            entry.action,
            entry.subject,
            entry.place,
            entry.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(f"{previous}{line}".encode()).hexdigest()


_GUARDED = (AuditEntry._meta.db_table, AuditLink._meta.db_table)


def install_guards() -> None:
    """Make the database itself refuse to change or delete what is in the trail."""
    with connection.cursor() as cursor:
        for statement in _guard_statements(connection.vendor):
            cursor.execute(statement)


def remove_guards() -> None:
    """Take the guards off again: only a test database that must be emptied has a reason to."""
    with connection.cursor() as cursor:
        for table in _GUARDED:
            for event in _guarded_events(connection.vendor):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")


def _guarded_events(vendor: str) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")


def _guard_statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql"
        )
    for table in _GUARDED:
        for event in _guarded_events(vendor):
            name, head = f"{table}_no_{event}", f"BEFORE {event.upper()} ON {table}"
            if vendor == "postgresql":
                yield f"CREATE TRIGGER {name} {head} EXECUTE FUNCTION audit_is_append_only()"
            else:
                yield (
                    f"CREATE TRIGGER {name} {head} BEGIN "
                    "SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
                )
