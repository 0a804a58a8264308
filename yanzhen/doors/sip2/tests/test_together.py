"""Machines side by side: nobody's trouble is another's, nothing is told too early."""

import asyncio
from types import SimpleNamespace

import pytest

from tests import county as makers
from yanzhen.doors.sip2.codec import Answer, build
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.server import Server
from yanzhen.doors.sip2.together import MOST, Together, served
from yanzhen.doors.sip2.wire import STRICT
from yanzhen.groundwork.abreast import ALONE, alone
from yanzhen.library.circulation.models import Loan
from yanzhen.library.holdings.models import Copy
from yanzhen.library.holds.placing import place_hold

DATE = "20261126    100000"


@pytest.fixture
def server():
    async def made() -> Server:
        return Server()

    return asyncio.run(made())


@pytest.fixture
def machines(place):
    return [
        Terminal.objects.create(account=f"m{n}", name="自助机", password="!", node=place.zhonghe)
        for n in range(3)
    ]


def frame(head: str, *fields: tuple[str, str]) -> bytes:
    return build(Answer(head, fields), STRICT).rstrip(b"\r")


def out(copy, card, **more: str) -> bytes:
    fields = (("AO", ""), ("AA", card.number), ("AB", copy.barcode), *more.items())
    return frame(f"11NN{DATE}{DATE}", *fields)


def back(copy) -> bytes:
    return frame(f"09N{DATE}{DATE}", ("AP", ""), ("AO", ""), ("AB", copy.barcode))


def all_begin(server, machines, frames):
    return [
        lambda each=each, raw=raw: server._serving(each, raw)
        for each, raw in zip(machines, frames, strict=True)
    ]


def said(server, machines, frames):
    """What each machine hears, abreast; those that cannot share go alone afterwards."""
    begins = all_begin(server, machines, frames)
    return [
        alone(begin()) if outcome is ALONE else outcome
        for begin, outcome in zip(begins, served(begins), strict=True)
    ]


@pytest.mark.django_db
def test_three_machines_lend_and_take_back_at_once(place, server, machines):
    copies = [makers.copy(place, at=place.zhonghe) for _machine in machines]
    cards = [makers.reader(place, name=f"读者{n}") for n in range(3)]
    lent = said(server, machines, map(out, copies, cards))
    assert [each[:3] for each in lent] == [b"121"] * 3
    assert sorted(Loan.objects.open().values_list("copy", "person")) == sorted(
        (copy.pk, card.person_id) for copy, card in zip(copies, cards, strict=True)
    )
    assert [each[:3] for each in said(server, machines, map(back, copies))] == [b"101"] * 3
    assert not Loan.objects.open().exists()


@pytest.mark.django_db
def test_one_copy_at_two_machines_is_lent_once(place, server, machines):
    copy, cards = makers.copy(place, at=place.zhonghe), [makers.reader(place) for _n in range(3)]
    lent = said(server, machines, [out(copy, card) for card in cards])
    assert [each[:3] for each in lent] == [b"121", b"120", b"120"]
    assert Loan.objects.open().count() == 1


@pytest.mark.django_db
def test_one_card_at_three_machines_reaches_its_limit_and_no_further(place, server, machines):
    place.rule.max_loans = 2
    place.rule.save()
    card, copies = makers.reader(place), [makers.copy(place, at=place.zhonghe) for _n in range(3)]
    lent = said(server, machines, [out(copy, card) for copy in copies])
    assert sorted(each[:3] for each in lent) == [b"120", b"121", b"121"]
    assert Loan.objects.open().filter(person=card.person).count() == 2


@pytest.mark.django_db
def test_what_is_not_plain_goes_alone_and_the_others_together(place, server, machines):
    """A return somebody waits for, a loan with a PIN, and a plain loan."""
    held, others = makers.copy(place, at=place.zhonghe), [makers.copy(place) for _n in range(2)]
    card, waits = makers.reader(place), makers.reader(place)
    alone(server._serving(machines[0], out(held, card)))
    place_hold(
        person_id=waits.person_id, bib_id=held.bib_id, copy_id=None, pickup=place.zhonghe,
        by=makers.staff(place.zhonghe), at=makers.MONDAY,
    )  # fmt: skip
    frames = [back(held), out(others[0], card, AD="1234"), out(others[1], waits)]
    begins = [
        lambda n=n, raw=raw: server._serving(machines[n], raw) for n, raw in enumerate(frames)
    ]
    outcomes = served(begins)
    assert outcomes[:2] == [ALONE, ALONE]
    assert outcomes[2][:3] == b"121"
    assert said(server, machines[:1], [back(held)])[0][:3] == b"101"
    held.refresh_from_db()
    assert held.state == Copy.State.ON_HOLD_SHELF


@pytest.mark.django_db
def test_a_frame_sent_again_while_it_is_being_answered_hears_the_same(server, machines):
    joined, heard = [], []
    server._together.join = lambda begin, tell: joined.append(tell)
    for number in range(2):
        talk = SimpleNamespace(
            terminal=machines[0], logins=0,
            say=lambda said, farewell="", number=number: heard.append((number, said)),
        )  # fmt: skip
        server._hear(talk, b"11 the same")
    assert len(joined) == 1
    joined[0](b"121")
    assert heard == [(0, b"121"), (1, b"121")]


def test_where_no_thread_is_to_be_had_the_machine_is_told():
    async def begun() -> list:
        server, told = Server(), []
        server._pool.shutdown()
        server._begin(server._pool, lambda: b"", told.append)
        await asyncio.sleep(0)
        return told

    assert [type(each) for each in asyncio.run(begun())] == [RuntimeError]


class Day:
    """A Together whose turns are run by hand: `run` takes the place of a thread, `pass_time` of a
    clock."""

    def __init__(self):
        self.begun: list = []
        self.told: list = []
        self.due: list = []
        self.apart: list = []
        self.together = Together(
            lambda work, tell: self.begun.append((work, tell)),
            lambda work, tell: self.apart.append((work, tell)),
            lambda _seconds, act: self.due.append(act),
        )

    def pass_time(self) -> None:
        due, self.due = self.due, []
        for act in due:
            act()

    def join(self, number: int, begin=lambda: _errand()) -> None:
        self.together.join(begin, lambda outcome: self.told.append((number, outcome)))

    def run(self) -> None:
        """What was begun first, or begins in a moment, comes to its end."""
        if not self.begun:
            self.pass_time()
        work, tell = self.begun.pop(0)
        tell(work())


def _errand(said: bytes = b"well", *, shares: bool = True):
    if not shares:
        yield ALONE
    return said
    yield


def test_what_comes_meanwhile_goes_into_the_next_turn_and_waits_for_it():
    day = Day()
    for number in range(MOST + 5):
        day.join(number)
    assert (len(day.begun), day.told) == (1, [])
    day.run()
    assert day.told == [(0, b"well")]
    assert len(day.begun) == 1
    day.run()
    assert len(day.told) == MOST + 1
    day.run()
    assert [number for number, _said in day.told] == list(range(MOST + 5))
    assert not day.begun


def test_a_turn_waits_a_moment_for_those_who_were_there_a_moment_ago():
    day = Day()
    for number in range(4):
        day.join(number)
    for _turn in range(2):
        day.run()
    for number in range(2):
        day.join(number)
    assert not day.begun  # three were in the last turn
    day.join(2)
    assert len(day.begun) == 1
    day.run()
    assert len(day.told) == 7


def test_whoever_does_not_come_is_not_counted_on():
    day = Day()
    for number in range(4):
        day.join(number)
    for _turn in range(2):
        day.run()
    day.join(7)
    assert not day.begun
    day.run()
    assert day.told[-1] == (7, b"well")
    day.join(8)
    assert len(day.begun) == 1  # there was but one lately


def test_who_goes_alone_keeps_nobody_waiting():
    """The slow one is told last, although it came first."""
    day = Day()
    day.join(9)
    for number in range(3):
        day.join(number, lambda number=number: _errand(b"%d" % number, shares=number > 0))
    for _turn in range(2):
        day.run()
    assert day.told[1:] == [(1, b"1"), (2, b"2")]
    day.join(3)
    day.run()
    assert day.told[-1] == (3, b"well")  # the next turn does not wait for it either
    work, tell = day.apart.pop()
    tell(work())
    assert day.told[-1] == (0, b"0")


def test_trouble_is_told_to_every_machine_of_the_turn_and_the_next_turn_goes_on():
    day = Day()
    for number in range(3):
        day.join(number)
    day.run()
    day.pass_time()
    _work, tell = day.begun.pop()
    day.join(7)
    tell(OSError("gone"))
    assert [type(said) for _number, said in day.told] == [bytes, OSError, OSError]
    day.run()
    assert day.told[-1] == (7, b"well")
