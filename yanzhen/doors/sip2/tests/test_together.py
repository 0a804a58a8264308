"""Several machines share a commit: nobody's trouble is another's, nothing is told too early."""

import asyncio

import pytest
from django.db import connection, transaction

from yanzhen.doors.sip2.together import MOST, Together, fits_with_others, in_one_commit
from yanzhen.groundwork.models import Generation
from yanzhen.groundwork.refusals import Refused

DATE = "20261126    100000"


def act(name: str, trouble: Exception | None = None):
    """Writes a row in a transaction of its own, as a use-case does; then it may fail."""

    def acting() -> bytes:
        with transaction.atomic():
            Generation.objects.create(name=name)
            if trouble:
                raise trouble
        return name.encode()

    return acting


def written() -> set[str]:
    return set(Generation.objects.filter(name__startswith="act-").values_list("name", flat=True))


@pytest.mark.django_db
def test_what_is_refused_undoes_only_itself():
    refused = Refused("no", "不行。", "请再试。")
    said = in_one_commit([act("act-1"), act("act-2", refused), act("act-3")])
    assert said == [b"act-1", refused, b"act-3"]
    assert written() == {"act-1", "act-3"}


def test_what_fails_together_is_done_one_by_one(emptied_afterwards):
    """An act that leaves the shared transaction unusable costs the others nothing."""
    times = []

    def spoiling() -> bytes:
        times.append(connection.in_atomic_block)
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        return b"spoilt"

    assert in_one_commit([act("act-1"), spoiling, act("act-2")])[0] == b"act-1"
    assert times == [True, False]
    assert written() == {"act-1", "act-2"}


def test_what_comes_meanwhile_goes_into_the_next_commit_and_waits_for_it():
    rounds: list[int] = []
    committed: list[bytes] = []

    async def run(_work, acts):
        rounds.append(len(acts))
        await asyncio.sleep(0)
        said = [each() for each in acts]
        committed.extend(said)
        return said

    async def machine(together: Together, number: int) -> None:
        said = await together.done(lambda: b"%d" % number)
        assert said in committed

    async def day() -> None:
        together = Together(run)
        await asyncio.gather(*(machine(together, number) for number in range(MOST + 5)))

    asyncio.run(day())
    assert rounds == [MOST, 5]


@pytest.mark.parametrize(
    ("frame", "shares"),
    [
        (f"11NN{DATE}{DATE}AO|AAcard|ABcopy|AC|", True),
        (f"09N{DATE}{DATE}AP|AO|ABcopy|AC|", True),
        (f"11NN{DATE}{DATE}AO|AAcard|ABcopy|AC|AD|", True),
        (f"11NN{DATE}{DATE}AO|AAcard|ABcopy|AC|AD1234|", False),
        (f"63019{DATE}          AO|AAcard|AC|", False),
    ],
)
def test_only_loans_and_returns_without_a_pin_share_a_commit(frame, shares):
    assert fits_with_others(frame.encode()) == (shares and connection.vendor == "sqlite")
