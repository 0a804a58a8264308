"""Statements straight to PostgreSQL's client library, however many in one round trip.

A cursor costs 57 µs of processor time a statement and sends each by itself; this costs 15, sends
them all at once and hands on the first answers while PostgreSQL works on the next. Values are
written and read by psycopg's adapters, as cursors do. See docs/decisions/0039-abreast.md.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count, islice
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import psycopg
from psycopg import Connection, abc, errors, generators
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from yanzhen.groundwork.placeholders import placed

Rows = list[tuple[Any, ...]]
Types = tuple[int, ...]
Values = Sequence[abc.Buffer | None]
Prepared = dict[tuple[str, Types], bytes]
Tell = Callable[[Rows], None]
Hear = Callable[[PGresult], None]

# A number is always a long one: a plan for every mixture of lengths would be too many.
_LONG = {psycopg.adapters.types[name].oid: 20 for name in ("int2", "int4")}  # 20: int8
_prepared: WeakKeyDictionary[Connection[Any], Prepared] = WeakKeyDictionary()
_numbers = count()
HANDFUL = 4  # statements after which the server is asked to hand over what it has
_STALE = (errors.InvalidSqlStatementName, errors.FeatureNotSupported)  # a table has changed


class _Written(NamedTuple):
    """A statement as it travels."""

    sql: str
    values: Values
    types: Types


def ask(wire: Connection[Any], asked: Sequence[tuple[str, Sequence[Any]]], tell: Tell) -> None:
    """`tell` the rows of each statement, in turn, as soon as they are there; `%s` is a value.

    They stand or fall together, in a transaction of their own (`wire` must not be in one): what was
    told holds only once this returns. Raises psycopg's error for the first that failed, also for
    one that fails when all are kept. Whoever is told must not use `wire`.
    """
    adapters = Transformer(wire)
    written = [_Written(sql, *_values(adapters, params)) for sql, params in asked]
    told = count()

    def hear(result: PGresult) -> None:
        next(told)
        tell(_rows(adapters, result))

    try:
        _in_one_trip(wire, written, hear)
    except _STALE:  # psycopg lets all plans go after some rollbacks
        _prepared.pop(wire, None)
        if next(told):
            raise
        _in_one_trip(wire, written, hear)


def _values(adapters: abc.Transformer, params: Sequence[Any]) -> tuple[Values, Types]:
    """The values as text, and their types."""
    values = adapters.dump_sequence(params, [PyFormat.TEXT] * len(params))
    return values, tuple(_LONG.get(oid, oid) for oid in adapters.types or ())


def _in_one_trip(wire: Connection[Any], written: Sequence[_Written], hear: Hear) -> None:
    """What is not known yet is prepared on the way."""
    known = _prepared.setdefault(wire, {})
    wanted = {(each.sql, each.types) for each in written}
    new = {key: f"straight_{next(_numbers)}".encode() for key in wanted - known.keys()}
    names, pgconn = known | new, wire.pgconn
    pgconn.enter_pipeline_mode()
    try:
        for (sql, types), name in new.items():
            pgconn.send_prepare(name, _with_numbers(sql), types)
        for number, each in enumerate(written, 1):
            pgconn.send_query_prepared(names[each.sql, each.types], each.values)
            if number % HANDFUL == 0:
                pgconn.send_flush_request()
        pgconn.pipeline_sync()
        prepared, wrong = _hear(wire, len(new), hear)
        pgconn.exit_pipeline_mode()
    except BaseException:  # half heard: nobody could tell whose answer comes next
        wire.close()
        raise
    known.update(islice(new.items(), prepared))  # an error does not undo these
    if wrong:
        raise errors.error_from_result(wrong, encoding=wire.info.encoding)


def _hear(wire: Connection[Any], new: int, hear: Hear) -> tuple[int, PGresult | None]:
    """`hear` what came of each statement after the `new` preparations; return how many of these
    went well, and the first result that is an error."""
    prepared, wrong = 0, None
    wire.wait(generators.send(wire.pgconn))
    while True:
        result = wire.wait(generators.fetch(wire.pgconn))
        if result is None:  # between two statements
            continue
        if result.status == ExecStatus.PIPELINE_SYNC:
            return prepared, wrong
        if result.status == ExecStatus.FATAL_ERROR:
            wrong = wrong or result
        elif wrong:  # given up by the server after the error
            continue
        elif prepared < new:
            prepared += 1
        else:
            hear(result)


def _rows(adapters: abc.Transformer, result: PGresult) -> Rows:
    adapters.set_pgresult(result)
    return adapters.load_rows(0, result.ntuples, tuple)


@cache
def _with_numbers(sql: str) -> bytes:
    """PostgreSQL's own placeholders; only texts written in the code come here, so few are kept."""
    numbers = count(1)
    return placed(sql, lambda: f"${next(numbers)}").encode()
