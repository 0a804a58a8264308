"""Several threads in one commit: each with its own answer, nobody's trouble is another's."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from yanzhen.groundwork.company import Company
from yanzhen.groundwork.models import Generation

pytestmark = pytest.mark.usefixtures("emptied_afterwards")


class Desks:
    """Threads that write names; `doers` tells which of them wrote what."""

    def __init__(self):
        self.doers: dict[str, int] = {}
        self.held, self.free = threading.Event(), threading.Event()
        self._line = threading.Lock()
        self.company = Company(self._do, self._alone)
        self._pool = ThreadPoolExecutor(5)

    def _do(self, name: str) -> str:
        if name == "first":
            self.held.set()
            self.free.wait(10)
        Generation.objects.create(name=name)
        self.doers[name] = threading.get_ident()
        return f"{name} is there"

    def _alone(self, name: str) -> str:
        with self._line, transaction.atomic():  # a database in memory has no line to stand in
            return self._do(name)

    def write(self, name: str) -> Future[str]:
        return self._pool.submit(self._in_thread, name)

    def _in_thread(self, name: str) -> str:
        try:
            return self.company.write(name)
        finally:
            connection.close()

    def behind_the_first(self, *names: str) -> list[Future[str]]:
        """All of them wait while the first one writes."""
        first = self.write("first")
        assert self.held.wait(10)
        others = [self.write(name) for name in names]
        while len(self.company._waiting) < len(names):
            threading.Event().wait(0.01)
        self.free.set()
        assert first.result(10) == "first is there"
        return others


@pytest.fixture
def desks():
    return Desks()


def names() -> set[str]:
    return set(Generation.objects.values_list("name", flat=True))


def test_what_is_ready_meanwhile_goes_into_the_next_commit(desks):
    others = desks.behind_the_first("a", "b", "c")
    assert [each.result(10) for each in others] == ["a is there", "b is there", "c is there"]
    assert {"first", "a", "b", "c"} <= names()
    assert len({desks.doers[name] for name in "abc"}) == 1
    assert desks.doers["first"] != desks.doers["a"]


def test_an_error_is_told_to_whom_it_belongs_and_keeps_nobody_back(desks):
    Generation.objects.create(name="b")
    first, second, third = desks.behind_the_first("a", "b", "c")
    assert (first.result(10), third.result(10)) == ("a is there", "c is there")
    with pytest.raises(IntegrityError):
        second.result(10)
    assert {"first", "a", "b", "c"} <= names()
    assert desks.write("d").result(10) == "d is there"


def test_who_waits_behind_one_that_gives_up_in_line_gives_up_with_them(desks, monkeypatch):
    """Else the second would wait twice as long as the first, and the third three times."""
    in_line, give_up, tries = threading.Event(), threading.Event(), []

    @contextmanager
    def in_vain():
        tries.append(threading.get_ident())
        in_line.set()
        give_up.wait(10)
        raise OperationalError("database is locked")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(transaction, "atomic", in_vain)
        waiting = [desks.write(name) for name in "abc"]
        assert in_line.wait(10)
        while len(desks.company._waiting) < 3:
            threading.Event().wait(0.01)
        give_up.set()
        assert [type(each.exception(10)) for each in waiting] == [OperationalError] * 3
    assert len(tries) == 1
    assert desks.write("d").result(10) == "d is there"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite's writers stand in line")
def test_who_never_comes_to_the_front_is_told_so_and_the_next_one_writes(desks, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    with transaction.atomic():
        Generation.objects.create(name="holds the line")
        in_vain = [desks.write(name) for name in "abc"]
        for each in in_vain:
            with pytest.raises(OperationalError):
                each.result(10)
    assert desks.write("d").result(10) == "d is there"
    assert not {"a", "b", "c"} & names()
