"""Several writes that stand or fall together, in as few round trips as the database allows.

PostgreSQL gets one statement (a WITH chain), so no BEGIN and no COMMIT travel separately;
SQLite, which lives in the process, gets them one by one inside a transaction.
Why: docs/decisions/0007-lending-is-one-statement.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models, transaction

from yanzhen.groundwork import statements
from yanzhen.groundwork.company import Company


@dataclass(frozen=True)
class Step:
    """One write. `sql`, a text that stands in the code, holds `{given}` where its condition on the
    guards before it belongs.

    A guard is an UPDATE that must hit its row; when it does not, nothing after it happens.
    """

    name: str
    sql: str
    params: Sequence[Any]
    guard: bool = False


def insertion(name: str, row: models.Model) -> Step:
    """The INSERT of a row that has no id yet, whole, as a step."""
    sql, columns = _inserting(type(row))
    return Step(name, sql, [getattr(row, column) for column in columns])


@cache
def _inserting(model: type[models.Model]) -> tuple[str, tuple[str, ...]]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {places} WHERE {{given}}"
    return sql, tuple(field.attname for field in fields)


Done = dict[str, Any] | None


def run(steps: Sequence[Step]) -> Done:
    """Run the chain; return the id each step touched, or None when a guard missed its row.

    After None nothing has happened but the guards before the one that missed: a guard may only do
    what does no harm by itself.
    """
    if connection.vendor == "postgresql":
        return _named(steps, statements.rows(*_as_one(steps))[0])
    return _named(steps, _to_sqlite([[_ready(step) for step in steps]])[0])


def run_all(chains: Sequence[Sequence[Step]], tell: Callable[[int, Done], None]) -> None:
    """Run each as `run` does, all in one transaction, and `tell` its number and what came of it.

    A chain whose guard missed keeps none of the others back, but an error undoes them all and is
    raised: what was told holds only once this returns.
    """
    if connection.vendor == "postgresql":
        texts = [_as_one(steps) for steps in chains]
        statements.many(
            texts, lambda number, rows: tell(number, _named(chains[number], rows[0])), whole=True
        )
        return
    touched = _to_sqlite([[_ready(step) for step in steps] for steps in chains])
    for number, (steps, found) in enumerate(zip(chains, touched, strict=True)):
        tell(number, _named(steps, found))


def _named(steps: Sequence[Step], touched: Sequence[Any]) -> Done:
    if any(step.guard and found is None for step, found in zip(steps, touched, strict=False)):
        return None
    return {step.name: found for step, found in zip(steps, touched, strict=True)}


def _as_one(steps: Sequence[Step]) -> tuple[str, list[Any]]:
    """A chain as PostgreSQL takes it."""
    text = _with_chain(tuple((step.name, step.sql, step.guard) for step in steps))
    return text, [value for step in steps for value in statements.adapted(step.params)]


@cache
def _with_chain(texts: tuple[tuple[str, str, bool], ...]) -> str:
    """The whole chain as one statement; the same steps give the same text, which stays prepared."""
    parts, given = [], "TRUE"
    for name, sql, guard in texts:
        parts.append(f"{name} AS ({sql.format(given=given)} RETURNING id)")
        if guard:
            given = f"EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - a name of our own
    wanted = ", ".join(f"(SELECT id FROM {name} LIMIT 1)" for name, *_ in texts)  # noqa: S608
    return f"WITH {', '.join(parts)} SELECT {wanted}"


class _Ready(NamedTuple):
    """A step as SQLite takes it, put together before anybody has to wait for us."""

    sql: str
    params: list[Any]
    guard: bool


def _ready(step: Step) -> _Ready:
    return _Ready(_returning(step.sql), statements.adapted(step.params), step.guard)


def _to_sqlite(chains: Sequence[Sequence[_Ready]]) -> list[list[Any]]:
    """The ids each touched, in one commit; a single chain shares it with other threads'."""
    if len(chains) > 1:
        with transaction.atomic():
            return [_in_turn(steps) for steps in chains]
    return [_in_turn(steps) if _whole_already(steps) else _company.write(steps) for steps in chains]


def _whole_already(steps: Sequence[_Ready]) -> bool:
    return len(steps) == 1 or connection.in_atomic_block


def _in_a_transaction(steps: Sequence[_Ready]) -> list[Any]:
    with transaction.atomic():
        return _in_turn(steps)


def _in_turn(steps: Sequence[_Ready]) -> list[Any]:
    """The ids up to the last step, or to the first guard that missed."""
    ask, touched = statements.asking(), []
    for step in steps:
        rows = ask(step.sql, step.params)
        touched.append(rows[0][0] if rows else None)
        if step.guard and not rows:
            break
    return touched


_company: Company[Sequence[_Ready], list[Any]] = Company(_in_turn, _in_a_transaction)


@cache
def _returning(sql: str) -> str:
    return f"{sql.format(given='1=1')} RETURNING id"
