"""Machines side by side: nobody's trouble is another's, nothing is told too early."""

import asyncio

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


def day(machine, *numbers: int, run):
    """Machines that all speak at once, to a Together with this `run`."""

    async def whole() -> None:
        together = Together(run)
        await asyncio.gather(*(machine(together, number) for number in numbers))

    asyncio.run(whole())


def test_what_comes_meanwhile_goes_into_the_next_turn_and_waits_for_it():
    turns: list[int] = []
    committed: list[bytes] = []

    async def run(_work, begins):
        turns.append(len(begins))
        await asyncio.sleep(0)
        outcomes = [begin() for begin in begins]
        committed.extend(outcomes)
        return outcomes

    async def machine(together: Together, number: int) -> None:
        assert await together.done(lambda: b"%d" % number) in committed

    day(machine, *range(MOST + 5), run=run)
    assert turns == [MOST, 5]


def test_who_goes_alone_keeps_nobody_waiting():
    """The slow one is told last, although it came first."""
    told: list[int] = []

    async def run(work, *given):
        if not given:  # alone
            await asyncio.sleep(0.05)
            return b"slow"
        return [ALONE if begin() is None else b"quick" for begin in given[0]]

    async def machine(together: Together, number: int) -> None:
        begin = (lambda: None) if number == 0 else (lambda: b"")
        assert await together.done(begin) == (b"quick" if number else b"slow")
        told.append(number)

    day(machine, 0, 1, 2, run=run)
    assert told == [1, 2, 0]


def test_trouble_is_told_to_every_machine_of_the_turn_and_the_next_turn_goes_on():
    answers = iter([OSError("gone"), None])

    async def run(_work, begins):
        if trouble := next(answers):
            raise trouble
        return [b"well" for _begin in begins]

    async def twice() -> list:
        together = Together(run)
        first = await asyncio.gather(
            *(together.done(lambda: b"") for _n in range(2)), return_exceptions=True
        )
        return [*first, await together.done(lambda: b"")]

    outcomes = asyncio.run(twice())
    assert [type(each) for each in outcomes] == [OSError, OSError, bytes]
