"""Several writes that stand or fall together, in as few round trips as the database allows.

PostgreSQL gets one statement (a WITH chain), so no BEGIN and no COMMIT travel separately;
SQLite, which lives in the process, gets them one by one inside the caller's transaction.
Why: docs/decisions/0007-lending-is-one-statement.md.
"""

import datetime as dt
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.functional import Promise


@dataclass(frozen=True)
class Step:
    """One write. `sql` holds `{given}` where its condition on the guards before it belongs.

    A guard is an UPDATE that must hit its row; when it does not, nothing after it happens.
    """

    name: str
    sql: str
    params: Sequence[Any]
    guard: bool = False


def writing() -> AbstractContextManager:
    """What a chain runs in: a transaction on SQLite, nothing on PostgreSQL (one statement)."""
    return nullcontext() if connection.vendor == "postgresql" else transaction.atomic()


def run(steps: Sequence[Step]) -> dict[str, Any] | None:
    """Run the chain; return the id each step touched, or None when a guard missed its row.

    After None on SQLite the caller's transaction may hold the writes before the guard: put
    guards first, or roll back.
    """
    return _one_statement(steps) if connection.vendor == "postgresql" else _one_by_one(steps)


def _one_statement(steps: Sequence[Step]) -> dict[str, Any] | None:
    parts, params, given = [], [], "TRUE"
    for step in steps:
        parts.append(f"{step.name} AS ({step.sql.format(given=given)} RETURNING id)")
        params.extend(_adapted(step.params))
        if step.guard:
            given = f"EXISTS (SELECT 1 FROM {step.name})"  # noqa: S608 - a name of our own
    wanted = ", ".join(f"(SELECT id FROM {step.name} LIMIT 1)" for step in steps)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {wanted}", params)
        row = cursor.fetchone()
    missed = any(step.guard and found is None for step, found in zip(steps, row, strict=True))
    return None if missed else {s.name: found for s, found in zip(steps, row, strict=True)}


def _one_by_one(steps: Sequence[Step]) -> dict[str, Any] | None:
    touched = {}
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(f"{step.sql.format(given='1=1')} RETURNING id", _adapted(step.params))
            rows = cursor.fetchall()
            if step.guard and not rows:
                return None
            touched[step.name] = rows[0][0] if rows else None
    return touched


_PLAIN = frozenset((int, str, bool, type(None)))  # most values; what every driver takes as it is


def _adapted(params: Sequence[Any]) -> list[Any]:
    return [value if type(value) in _PLAIN else _adapt(value) for value in params]


def _adapt(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (str, Promise)):  # a translation not made yet, a text marked as safe
        return str(value)
    return value
