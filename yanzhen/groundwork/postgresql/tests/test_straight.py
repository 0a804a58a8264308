"""Statements without a cursor: the same values, the same errors, a connection that stays sound."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import (
    IntegrityError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
    connection,
    transaction,
)

from yanzhen.groundwork import statements
from yanzhen.groundwork.models import Generation
from yanzhen.groundwork.postgresql import straight

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL is far away"),
    pytest.mark.usefixtures("emptied_afterwards"),
]

ADD = "INSERT INTO groundwork_generation (name, number) VALUES (%s, %s) RETURNING number"
NUMBER = "SELECT number FROM groundwork_generation WHERE name = %s"


def many(*asked: tuple) -> list:
    told = []
    statements.many([(sql, params) for sql, *params in asked], lambda *each: told.append(each))
    return told


@pytest.mark.parametrize(
    ("cast", "value"),
    [
        ("int", 7),
        ("int", 70_000),
        ("bigint", 7_000_000_000),
        ("text", "雁'江%s"),
        ("text", ""),
        ("text", None),
        ("boolean", False),
        ("date", dt.date(2026, 11, 28)),
        ("timestamptz", dt.datetime(2026, 11, 28, 6, 30, 0, 5, tzinfo=dt.UTC)),
    ],
)
def test_values_travel_as_they_do_with_a_cursor(cast, value):
    sql = f"SELECT %s::{cast}, 5 %% 3, 'a %%s'"
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        wanted = cursor.fetchall()
    assert wanted == [(value, 2, "a %s")]
    assert statements.rows(sql, [value]) == wanted
    assert many((sql, value), (sql, value)) == [(0, wanted), (1, wanted)]


def test_a_statement_without_rows_has_none():
    assert many((NUMBER, "nobody"), ("SET CONSTRAINTS ALL IMMEDIATE",)) == [(0, []), (1, [])]


def test_what_fails_is_raised_undoes_all_and_leaves_the_connection_sound():
    with pytest.raises(ProgrammingError, match="no_such_table"):
        many((ADD, "act-1", 1), ("SELECT 1 FROM no_such_table",), (ADD, "act-2", 1))
    assert not Generation.objects.filter(name__startswith="act-").exists()
    assert many((ADD, "act-1", 1), (ADD, "act-2", 2)) == [(0, [(1,)]), (1, [(2,)])]


def test_plans_the_server_has_let_go_are_made_again():
    """psycopg itself lets all of them go after some rollbacks."""
    Generation.objects.create(name="act-1", number=5)
    both = [(NUMBER, "act-1"), (NUMBER, "nobody")]
    wanted = many(*both)
    assert statements.rows(NUMBER, ["act-1"]) == wanted[0][1]
    for each in (connection, statements._aside.wrapper):
        each.connection.execute("DEALLOCATE ALL")
    assert many(*both) == wanted
    assert statements.rows(NUMBER, ["act-1"]) == wanted[0][1]


def test_a_plan_gone_after_something_was_told_tells_nothing_twice():
    other = f"{NUMBER} AND number > 0"
    many((other, "nobody"), (NUMBER, "nobody"))
    wire = statements._aside.wrapper.connection
    wire.execute(f"DEALLOCATE {name_of(wire, NUMBER)}")
    told = []
    asked = [*[(other, ("nobody",))] * 4, (NUMBER, ("nobody",))]
    with pytest.raises(ProgrammingError, match="does not exist"):
        statements.many(asked, lambda number, _rows: told.append(number))
    assert told == [0, 1, 2, 3]
    assert len(many((other, "nobody"), (NUMBER, "nobody"))) == 2


def test_what_was_prepared_before_an_error_is_not_prepared_again():
    wrong = [(ADD, ("act-1", 1)), (ADD, ("act-1", 1))]
    for _time in range(3):
        with pytest.raises(IntegrityError):
            statements.many(wrong, lambda *_told: None)
    with statements._aside.wrapper.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'straight%%'")
        assert cursor.fetchone() == (1,)


def name_of(wire, sql: str) -> str:
    return next(
        name.decode() for (text, _types), name in straight._prepared[wire].items() if text == sql
    )


def test_the_first_are_told_early_and_may_ask_meanwhile():
    seen = []

    def tell(number: int, _rows: list) -> None:
        seen.append((number, Generation.objects.filter(name__startswith="act-").count()))

    adding = [(ADD, (f"act-{number}", number)) for number in range(4)]
    statements.many([*adding, ("SELECT pg_sleep(1)::text", ())], tell)
    assert seen[0] == (0, 0)  # not kept yet, so nobody else sees them
    assert seen[4] == (4, 4)


def test_within_a_transaction_everything_stays_in_it():
    with transaction.atomic():
        many((ADD, "act-1", 1), (ADD, "act-2", 2))
        assert statements.rows(NUMBER, ["act-2"]) == [(2,)]
        transaction.set_rollback(True)
    assert not Generation.objects.filter(name__startswith="act-").exists()


def test_a_connection_given_up_on_is_looked_after():
    def stumbles(_rows: list) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        connection.ask([(NUMBER, ("act-1",))], stumbles)
    close_old_connections()
    assert statements.rows(NUMBER, ["act-1"]) == []


def test_trouble_with_whoever_is_told_leaves_nothing_half_heard():
    def stumbles(number: int, rows: list) -> None:
        raise KeyError(number)

    with pytest.raises(KeyError):
        statements.many([(NUMBER, ("act-1",)), (NUMBER, ("act-2",))], stumbles)
    assert [number for number, _rows in many((NUMBER, "nobody"), (NUMBER, "nobody"))] == [0, 1]


def test_a_server_that_hangs_up_is_called_again_on_both_connections():
    both = [(NUMBER, "act-1"), (NUMBER, "act-2")]
    many(*both)
    killer = connection.copy()
    with killer.cursor() as cursor:
        for each in (connection, statements._aside.wrapper):
            pid = each.connection.info.backend_pid
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    killer.close()
    with pytest.raises(OperationalError):
        many(*both)
    close_old_connections()  # as at the beginning of every piece of work
    assert statements.rows(NUMBER, ["act-1"]) == []
    assert many(*both) == [(0, []), (1, [])]


def test_more_than_the_wire_holds_arrives_whole():
    """Both sides write at once; neither waits for the other to read."""
    long = "雁" * 200_000
    told = many(*[("SELECT %s::text", long)] * 60)
    assert [rows == [(long,)] for _number, rows in told] == [True] * 60


def test_each_thread_has_a_connection_of_its_own():
    """One asks while the other is in the middle of its trip."""
    pids, inside, go_on = [], threading.Event(), threading.Event()

    def ask(at_first: Callable[[], object]) -> None:
        def tell(number: int, rows: list) -> None:
            pids.append(rows[0][0])
            if number == 0:
                at_first()

        try:
            statements.many([("SELECT pg_backend_pid()", ())] * 2, tell)
        finally:
            statements.close_aside()
            connection.close()

    def waits() -> None:
        inside.set()
        go_on.wait(20)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, waits)
        assert inside.wait(20)
        second = pool.submit(ask, lambda: None)
        try:
            second.result(20)
        finally:
            go_on.set()
        first.result(20)
    assert len(pids) == 4
    assert len(set(pids)) == 2
