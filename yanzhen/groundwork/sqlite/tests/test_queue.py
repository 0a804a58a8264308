"""Writers stand in line, and nobody waits for ever for one who has gone or will not go."""

import stat
import threading

import pytest
from django.db import OperationalError, transaction
from django.db.utils import ConnectionHandler


@pytest.fixture
def patience():
    """Seconds a writer stands in line."""
    return 20


@pytest.fixture
def two(tmp_path, django_db_blocker, patience):
    """Two connections to one file, as two web processes have them, with a table to write to."""
    handlers = [
        ConnectionHandler(
            {
                "default": {
                    "ENGINE": "yanzhen.groundwork.sqlite",
                    "NAME": tmp_path / "queue.sqlite3",
                    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": patience},
                }
            }
        )
        for _ in range(2)
    ]
    connections = [handler["default"] for handler in handlers]
    for connection in connections:
        connection.inc_thread_sharing()
    with django_db_blocker.unblock():
        with connections[0].cursor() as cursor:
            cursor.execute("CREATE TABLE line (word TEXT)")
        yield connections
        for connection in connections:
            connection.close()


class Block:
    """A transaction on one connection, entered and left by hand."""

    def __init__(self, connection):
        self.connection = connection

    def begin(self):
        self.connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    def end(self, *, keep: bool):
        self.connection.commit() if keep else self.connection.rollback()
        self.connection.set_autocommit(True)


def write(connection, word):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO line VALUES (%s)", [word])


def words(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM line ORDER BY rowid")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("keep", [True, False])
def test_the_second_writer_waits_and_is_not_refused(two, keep):
    first, second = Block(two[0]), Block(two[1])
    first.begin()
    write(two[0], "first")
    done = threading.Event()

    def follow():
        second.begin()
        write(two[1], "second")
        second.end(keep=True)
        done.set()

    follower = threading.Thread(target=follow)
    follower.start()
    assert not done.wait(0.2)
    first.end(keep=keep)
    follower.join(5)
    assert done.is_set()
    assert words(two[0]) == (["first", "second"] if keep else ["second"])


@pytest.mark.parametrize("patience", [0.05])
def test_a_writer_who_will_not_go_is_not_waited_for_for_ever(two):
    first, second = Block(two[0]), Block(two[1])
    first.begin()
    with pytest.raises(OperationalError, match="locked"):
        second.begin()
    first.end(keep=True)
    second.begin()
    write(two[1], "after all")
    second.end(keep=True)
    assert words(two[0]) == ["after all"]


@pytest.mark.parametrize("patience", [0.05])
def test_who_has_given_up_holds_up_nobody_behind(two):
    first, second = Block(two[0]), Block(two[1])
    first.begin()
    for _turn in range(2):
        with pytest.raises(OperationalError, match="locked"):
            second.begin()
    first.end(keep=True)


def test_the_files_of_the_line_are_for_the_owner_only(two, tmp_path):
    Block(two[0]).begin()
    for kind in ("line", "queue"):
        mode = (tmp_path / f"queue.sqlite3.{kind}").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


def test_a_connection_that_closes_leaves_the_queue(two):
    Block(two[0]).begin()
    two[0].close()
    second = Block(two[1])
    second.begin()
    second.end(keep=True)


def test_a_nested_block_stays_in_the_queue_until_the_outermost_ends(two, monkeypatch):
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: two[0])
    with transaction.atomic():
        with transaction.atomic():
            write(two[0], "inner")
        assert two[0]._queued
    assert not two[0]._queued
